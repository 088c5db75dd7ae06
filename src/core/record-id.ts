import { formatInstant, type Instant } from './instant.ts'

/** Crockford's base 32: no I, L, O or U, so that ids can be said and copied without doubt. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * A new id of a process record: prefix, UTC date and four characters (`INC-20261121-K7QX`). Sayable, sortable, and made
 * without a counter that two branches could both advance. `bytes` are four random bytes.
 */
export function processId(prefix: string, at: Instant, bytes: Uint8Array): string {
  const date = formatInstant(at).slice(0, 10).replaceAll('-', '')
  const chance = Array.from(bytes.slice(0, 4), (byte) => alphabet[byte % alphabet.length]).join('')
  return `${prefix}-${date}-${chance}`
}

/** A slug made of a title (`Berlin office` → `berlin-office`); empty when the title has no letter or digit of ASCII. */
export function slugOf(title: string): string {
  return title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 64)
    .replace(/-+$/, '')
}

/** Where a new record is filed: process records by month (or day), configuration records beside one another. */
export function fileOf(type: string, id: string, at: Instant, isProcess: boolean, shard: 'month' | 'day'): string {
  if (!isProcess) return `records/${type}/${id}.yaml`
  const [year, month, day] = formatInstant(at).slice(0, 10).split('-')
  return `records/${type}/${year}/${month}/${shard === 'day' ? `${day}/` : ''}${id}.yaml`
}

/**
 * The id of the process record that an issue becomes: its number takes the place of chance, so that the same issue
 * always becomes the same record.
 */
export function issueRecordId(prefix: string, at: Instant, number: number): string {
  return `${prefix}-${issueRecordStem(at, number)}`
}

/** What the ids have in common that an issue could give its record, whatever its type: all but the prefix. */
export function issueRecordStem(at: Instant, number: number): string {
  const date = formatInstant(at).slice(0, 10).replaceAll('-', '')
  let digits = ''
  for (let rest = number; rest > 0; rest = Math.floor(rest / alphabet.length)) {
    digits = `${alphabet[rest % alphabet.length]}${digits}`
  }
  return `${date}-${digits.padStart(4, '0')}`
}
