import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runGit } from '../../src/adapters/git/run.ts'
import { feedFiles } from '../../src/core/feed/feed-files.ts'
import type { ReportFacts } from '../../src/core/report.ts'
import { report } from '../../src/journeys/report.ts'
import { withPictures } from '../../src/journeys/report-pictures.ts'
import { renderReports } from '../../src/reports/index.ts'
import { exampleMonth } from '../reports/example.ts'
import { shippedSources, shippedTemplates } from '../reports/shipped-templates.ts'
import { facts } from '../reports/web-shop.ts'
import { worldOf } from '../support/approval-world.ts'
import { besideBrowser, browserProgram, startBrowser } from '../support/browser/browser.ts'
import { gitHubPage } from '../support/browser/github-page.ts'
import { factsText, filesOf } from '../support/browser/other-engine.ts'
import { deadEnds, gitHubPages, inFolder, lookAtPages } from '../support/browser/page-folder.ts'
import { demoRepository } from '../support/demo-facts.ts'
import { temporaryFolder } from '../support/repo.ts'

const program = browserProgram()
if (program === undefined) {
  process.stderr.write('No Chromium or Chrome is on the PATH: what reports look like is not tested.\n')
}

/** Where pictures of the pages go where they are asked for; see `look`. */
const screens = fileURLToPath(new URL('screens', import.meta.url))

let browser: Browser
beforeAll(async () => {
  if (program !== undefined) browser = await startBrowser(program)
})
afterAll(() => browser?.close())

/** Writes the pages of facts to a folder of their own, with their pictures. */
async function written(given: ReportFacts): Promise<string> {
  const root = temporaryFolder()
  for (const { path, text } of await withPictures(renderReports(given, shippedTemplates()))) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

/** Files that the facts tell of. */
function told({ tree, incidents, lives, improving: { commentary } }: ReportFacts): ReadonlySet<string> {
  const all = [tree.all, incidents, lives, commentary].flat()
  const feeds = Object.values(feedFiles).map(({ file }) => `reports/${file}`)
  return new Set([...all.map(({ file }) => file), ...feeds])
}

describe.skipIf(program === undefined)('in a browser, in light and dark,', () => {
  test.each([
    ['example', exampleMonth()],
    ['hostile', exampleMonth('<img src=x onerror=alert(1)> @ada [x](javascript:alert(1)) | "] --> ```', [10, 11], 8)],
    ['endless', exampleMonth('Donaudampfschifffahrtsgesellschaftskapitän'.repeat(8), [10, 11], 8)],
    ['empty', facts({ period: '2026-03', incidents: [], slas: [], services: [], teams: [] })],
  ])('pages of facts that are %s show no fault', async (name, given) => {
    const root = await written(given)
    const pages = gitHubPages(root, 'reports')
    const files = told(given)
    expect(deadEnds(pages, (path) => files.has(path) || inFolder(root)(path))).toEqual([])
    // Texts without a space where a line could end make a table as wide as they are.
    const tablesMayScroll = name === 'hostile' || name === 'endless'
    expect(await lookAtPages(browser, root, pages, join(screens, name), tablesMayScroll)).toEqual([])
  })

  // Chromium brings a JavaScript engine of another version than Node's, with other tables of Unicode and locales.
  test('the same facts give the same bytes in its JavaScript engine as in that of Node', async () => {
    const [told, sources] = [factsText(exampleMonth()), [...shippedSources()]]
    const bundle = await build({
      ...{ entryPoints: [besideBrowser('other-engine.ts')], bundle: true, write: false, logLevel: 'silent' },
      ...{ platform: 'browser', format: 'iife', globalName: 'other', target: 'es2023' },
    })
    const page = await browser.newPage({ locale: 'tr-TR', timezoneId: 'Pacific/Chatham' })
    // As in Node nothing measures letters.
    await page.evaluate('HTMLCanvasElement.prototype.getContext = () => null')
    await page.addScriptTag({ content: bundle.outputFiles[0]?.text ?? '' })
    const files = await page.evaluate(`other.filesOf(${JSON.stringify(told)}, ${JSON.stringify(sources)})`)
    expect(await page.evaluate('new Intl.NumberFormat().format(1.5)')).toBe('1,5')
    expect(await page.evaluate('new Date(0).getTimezoneOffset()')).toBe(-765)
    expect(files).toEqual(filesOf(told, sources))
    await page.close()
  })

  test('what is wrong with a page is seen', async () => {
    const root = temporaryFolder()
    const row = `|${' x |'.repeat(400)}`
    const chain = Array.from({ length: 40 }, (_, index) => `  n${index} --> n${index + 1}`).join('\n')
    const drawn = (source: string): string => `\`\`\`mermaid\nflowchart LR\n${source}\n\`\`\``
    const table = [row, row.replaceAll('x', '-'), row].join('\n')
    const parts = ['![](none.svg)', '<hr width="2000">', table, drawn(chain), drawn('  a["x"] -->')]
    const pages = new Map([
      ['amiss.md', gitHubPage(parts.join('\n\n'))],
      ['well.md', gitHubPage('# All is well\n\n| a | b |\n| - | - |\n| 1 | 2 |')],
    ])
    const wrong = (await lookAtPages(browser, root, pages, join(root, 'screens'))).join('\n')
    for (const said of [
      ...['light: Error: Parse error on line', 'dark: Error: Parse error on line', 'cannot be loaded: file:'],
      ...['dark: the picture file:.* cannot be shown', 'says nothing to those who do not see it'],
      ...['the page is 20\\d\\d px wide', 'at 400 px: leaves the column', 'needs \\d+ px and has 836: the table x'],
      'a diagram is drawn at \\d+ % of its size',
    ]) {
      expect(wrong).toMatch(new RegExp(`^amiss\\.md, ${said.startsWith('says') ? '.*' : ''}${said}`, 'm'))
    }
    expect(wrong).not.toContain('well.md')
  })

  test('pages of the year of the demo show no fault', async () => {
    const git = await demoRepository(temporaryFolder())
    await runGit(git, ['reset', '--hard', '--quiet', 'main'])
    await report(worldOf(git.dir), { periods: ['2026-10', '2026-Q3', '2026'], allDue: false, check: false })
    const pages = gitHubPages(git.dir, 'reports')
    expect(deadEnds(pages, inFolder(git.dir))).toEqual([])
    expect(await lookAtPages(browser, git.dir, pages, join(screens, 'demo'))).toEqual([])
  }, 180_000)
})
