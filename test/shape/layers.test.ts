import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const source = fileURLToPath(new URL('../../src', import.meta.url))

/** What each layer may import of the others (style.md §3.2); each may import itself. */
const layers: Readonly<Record<string, readonly string[]>> = {
  core: [],
  rules: ['core'],
  reports: ['core'],
  render: ['core'],
  adapters: ['core'],
  journeys: ['core', 'rules', 'reports', 'render', 'adapters'],
  cli: ['core', 'render', 'journeys'],
}

/** Packages that the pure layers may use: they, too, are pure. */
const purePackages: readonly string[] = ['rrule-temporal', 'temporal-polyfill']
const pure: readonly string[] = ['core', 'rules', 'reports']

function sources(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? sources(path) : path.endsWith('.ts') ? [path] : []
  })
}

interface Import {
  readonly from: string
  readonly to: string
}

function imports(file: string): readonly Import[] {
  const text = readFileSync(file, 'utf8')
  const targets = text.matchAll(
    /^(?:import|export)\b[^'"`]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm,
  )
  return Array.from(targets, ([, from, bare, lazy]) => ({
    from: relative(source, file),
    to: from ?? bare ?? lazy ?? '',
  }))
}

function layerOf(path: string): string {
  return path.split('/')[0] ?? ''
}

const files = sources(source)
const all = files.flatMap(imports)

describe('layers', () => {
  test('every folder of src is a layer', () => {
    const folders = files.map((file) => relative(source, file)).filter((path) => path.includes('/'))
    expect([...new Set(folders.map(layerOf))].toSorted()).toEqual(Object.keys(layers).toSorted())
  })

  test('a layer imports only what lies below it', () => {
    const wrong = all
      .filter(({ from, to }) => from.includes('/') && to.startsWith('.'))
      .map(({ from, to }) => ({ from, to: relative(source, resolve(source, dirname(from), to)) }))
      .filter(({ from, to }) => layerOf(from) !== layerOf(to) && !layers[layerOf(from)]?.includes(layerOf(to)))
    expect(wrong).toEqual([])
  })

  test('the pure layers use pure packages only', () => {
    const wrong = all.filter(
      ({ from, to }) => pure.includes(layerOf(from)) && !to.startsWith('.') && !purePackages.includes(to),
    )
    expect(wrong).toEqual([])
  })

  test('rules and reports import no sibling but through the core, apart from their list', () => {
    const wrong = all.filter(
      ({ from, to }) =>
        ['rules', 'reports'].includes(layerOf(from)) && to.startsWith('./') && !from.endsWith('/index.ts'),
    )
    expect(wrong).toEqual([])
  })
})

describe('purity', () => {
  const impure: readonly (readonly [string, RegExp])[] = [
    ['the clock', /\bDate\.now\b|\bnew Date\(\s*\)|\bTemporal\.Now\b|\bperformance\b/],
    ['chance', /\bMath\.random\b|\bcrypto\b/],
    ['the process', /\bprocess\./],
    ['waiting', /\basync\b|\bawait\b|\bPromise\b|\bsetTimeout\b/],
    ['the locale', /\blocaleCompare\b|\btoLocale\w+\(/],
  ]
  const pureFiles = files.filter((file) => pure.includes(layerOf(relative(source, file))))

  test.each(impure)('core, rules and reports know nothing of %s', (_, pattern) => {
    const code = (file: string) =>
      readFileSync(file, 'utf8')
        .replaceAll(/\/\*[\s\S]*?\*\//g, '')
        .replaceAll(/\/\/.*$/gm, '')
    expect(pureFiles.filter((file) => pattern.test(code(file))).map((file) => relative(source, file))).toEqual([])
  })

  // Also what is drawn and printed must be the same with every version of Node, in every zone and language.
  test('nothing is printed or sorted as the locale of the machine has it', () => {
    const printing = files.filter((file) => !['cli', 'cli.ts'].includes(layerOf(relative(source, file))))
    const local = /\blocaleCompare\b|\btoLocale\w+\(|\bIntl\.(?!supportedValuesOf\b)/
    const found = printing.filter((file) => local.test(readFileSync(file, 'utf8')))
    // Whether a zone exists is asked of the machine: nothing is printed of the answer.
    expect(found.map((file) => relative(source, file))).toEqual(['core/time-zone.ts'])
  })

  test('the process ends, writes and reads its clock in cli.ts alone', () => {
    const wrong = files.filter(
      (file) =>
        relative(source, file) !== 'cli.ts' &&
        /\bprocess\.(exit|stdout|stderr|exitCode|argv|env)\b|\bDate\.now\b|\bnew Date\(\s*\)/.test(
          readFileSync(file, 'utf8'),
        ),
    )
    expect(wrong.map((file) => relative(source, file))).toEqual([])
  })
})

describe('names', () => {
  test('no file or folder is named after what it is not', () => {
    const vague = /(^|\/)(utils?|helpers?|managers?|misc|common|types|service|handler)(\.ts|\/|$)/
    expect(files.map((file) => relative(source, file)).filter((path) => vague.test(path))).toEqual([])
  })
})
