import { type Data, textAt, textsAt } from './record.ts'
import type { Repeat } from './repeat-incidents.ts'

const levels = ['high', 'medium', 'low'] as const

/** The fields that a problem about repeated incidents would begin with. */
export function problemProposal({ by, shared, incidents }: Repeat): Data {
  const impacts = incidents.map(({ data }) => textAt(data, 'impact'))
  const categories = new Set(incidents.map(({ data }) => textAt(data, 'category')))
  const [category] = categories.size === 1 ? categories : []
  const cis = by === 'ci' ? shared : inCommon(incidents.map(({ data }) => textsAt(data, 'cis')))
  return {
    title: `Repeated incidents of ${shared.join(', ')}`,
    service: mostFrequent(incidents.map(({ data }) => textAt(data, 'service') ?? '')),
    ...(cis.length > 0 && { cis }),
    ...(category !== undefined && { category }),
    incidents: incidents.map(({ id }) => id),
    impact: levels.find((level) => impacts.includes(level)) ?? 'medium',
    urgency: 'medium',
  }
}

function inCommon([first = [], ...rest]: readonly (readonly string[])[]): readonly string[] {
  return first.filter((item) => rest.every((items) => items.includes(item)))
}

/** The text that stands most often in a list, the first of them where several do. */
function mostFrequent(texts: readonly string[]): string {
  const count = (text: string) => texts.filter((other) => other === text).length
  return texts.reduce((best, text) => (count(text) > count(best) ? text : best), texts[0] ?? '')
}

/** The command that writes a record with these fields, ready for a POSIX shell. */
export function newCommand(type: string, fields: Data): string {
  const sets = Object.entries(fields).map(
    ([field, value]) => `--set ${quoted(`${field}=${Array.isArray(value) ? `[${value.join(', ')}]` : String(value)}`)}`,
  )
  return ['gitsm new', type, ...sets].join(' ')
}

/** A word of a command, quoted for a POSIX shell where it has to be. */
export function quoted(text: string): string {
  return /^[A-Za-z0-9_=.:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
