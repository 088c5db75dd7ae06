import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unreadable } from '../../../src/adapters/yaml/encoding.ts'
import { everyday } from '../../../src/adapters/yaml/everyday.ts'
import { formatYaml } from '../../../src/adapters/yaml/format.ts'
import { readAnyForm, readYaml } from '../../../src/adapters/yaml/read.ts'
import { isData } from '../../../src/core/record.ts'
import { brackets, changed, nested, positions, soup } from '../../support/awkward-texts.ts'
import { awkwardValues } from '../../support/awkward-yaml.ts'
import { shippedFiles } from '../../support/shipped.ts'

// A longer run, of some minutes, with other cases each time:
// GITSM_FUZZ_RUNS=1000000 npx vitest run --project source --testTimeout 3600000 test/adapters/yaml/everyday
const runs = Number(process.env['GITSM_FUZZ_RUNS'] ?? 15_000)

const shipped = shippedFiles
  .filter(({ path }) => path.endsWith('.yaml'))
  .map(({ bytes }) => new TextDecoder().decode(bytes ?? undefined))

/** Whether the fast reader reads a text; it must then say exactly what the full reader says. */
function isReadAlike(text: string): boolean {
  if (unreadable(text)) return false
  const data = everyday(text)
  if (data === undefined) return false
  const full = readAnyForm('x.yaml', text)
  const isAlike = isDeepStrictEqual(full, { data, diagnostics: [] })
  if (!isAlike || JSON.stringify(data) !== JSON.stringify(full.data)) {
    expect({ text, data, diagnostics: [] }).toStrictEqual({ text, ...full })
  }
  return true
}

/** Of many texts; at least a share of them must be read by the fast reader, or the comparison would prove little. */
function areReadAlike(texts: fc.Arbitrary<string>, share: number, numRuns = runs): void {
  let quick = 0
  fc.assert(
    fc.property(texts, (text) => {
      if (isReadAlike(text)) quick += 1
    }),
    { numRuns },
  )
  expect(quick / numRuns).toBeGreaterThan(share)
}

describe('the fast reader says what the full reader says, or nothing', () => {
  test('of the files of the example organisation, nearly all of which it reads', () => {
    expect(shipped.filter(isReadAlike).length / shipped.length).toBeGreaterThan(0.95)
  })

  test('of every awkward value in every position', () => {
    const texts = awkwardValues.flatMap((value) => positions.map((position) => position.replaceAll('@', () => value)))
    expect(texts.filter(isReadAlike).length / texts.length).toBeGreaterThan(0.2)
  })

  test('of soups of lines', () => {
    areReadAlike(soup, 0.1)
  })

  test('of brackets over several lines', () => {
    areReadAlike(brackets, 0.1)
  })

  test('of nested texts', () => {
    areReadAlike(nested, 0.1)
  })

  test('of excerpts of real files with changes', () => {
    areReadAlike(changed(shipped), 0.15)
  })

  test('of data as GitSM writes them', () => {
    const data = fc.object({
      key: fc.stringMatching(/^[a-z_]{1,4}$/),
      maxDepth: 3,
      values: [fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constantFrom(...awkwardValues)],
    })
    areReadAlike(data.filter(isData).map(formatYaml), 0.3, runs / 10)
  })
})

test('bytes of ASCII are decoded as other bytes are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii', maxLength: 30 }), fc.constantFrom('', '\n', '\r\n'), (start, end) => {
      const text = `a: ${start}${end}`
      const read = readYaml('x.yaml', new TextEncoder().encode(text))
      const offence = unreadable(text)
      if (offence) expect(read.diagnostics).toMatchObject([{ rule: offence.rule, message: offence.message }])
      else expect(read).toEqual(readAnyForm('x.yaml', text))
    }),
    { numRuns: 2_000 },
  )
})
