import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** A browser of this machine, found by its name on the PATH; `undefined` where there is none. */
export function browserProgram(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return programs.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Starts the browser without a window. It asks no network: what a page needs lies beside it. */
export function startBrowser(program: string): Promise<Browser> {
  const quiet = ['background-networking', 'component-update', 'sync', 'gpu', 'dev-shm-usage']
  return chromium.launch({
    executablePath: program,
    args: [...quiet.map((what) => `--disable-${what}`), '--no-sandbox', '--no-first-run', '--hide-scrollbars'],
  })
}

type Theme = 'light' | 'dark'

/** The path of a file beside this one. */
export function besideBrowser(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}

const mermaid = fileURLToPath(new URL('../../../node_modules/mermaid/dist/mermaid.min.js', import.meta.url))

/** The widths at which pages are looked at, in pixels: GitHub's column on a desk, and a telephone. */
const widths = { desk: 900, telephone: 400 }

const takesPictures = process.env['GITSM_TEST_SCREENS'] === '1'

/** A whole HTML file around what GitHub makes of a Markdown file. */
export function htmlFile(html: string): string {
  const policy =
    "default-src 'none'; img-src file: data:; style-src 'unsafe-inline' file:; script-src file: 'unsafe-eval'"
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<link rel="stylesheet" href="file://${besideBrowser('github.css')}"></head>`,
    `<body><article>${html}</article></body></html>`,
    '',
  ].join('\n')
}

/**
 * Opens an HTML file, draws its diagrams, and tells what is wrong with it in light and dark and on a telephone. Where
 * `GITSM_TEST_SCREENS` is set, pictures of all of it go to `<screen>-light.png` and `<screen>-dark.png`, for the eye.
 */
export async function look(
  page: Page,
  file: string,
  screen: string,
  tablesMayScroll = false,
): Promise<readonly string[]> {
  const wrong: string[] = []
  const hear = (said: string): void => void wrong.push(said)
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') hear(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => hear(`error: ${error.message}`))
  page.on('requestfailed', (request) => hear(`cannot be loaded: ${request.url()}`))
  page.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) hear(`asks the network: ${request.url()}`)
  })
  const ask = (question: string): Promise<readonly string[]> => page.evaluate<readonly string[]>(question)
  try {
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize({ width: widths.desk, height: 1000 })
    await page.goto(`file://${file}`, { waitUntil: 'load' })
    if ((await page.locator('.mermaid-source').count()) > 0) await page.addScriptTag({ url: `file://${mermaid}` })
    await page.addScriptTag({ url: `file://${besideBrowser('look.js')}` })
    for (const theme of ['light', 'dark'] satisfies Theme[]) {
      await page.emulateMedia({ colorScheme: theme })
      const refused = await ask(`drawDiagrams(${theme === 'dark'})`)
      await page.evaluate('picturesCame()')
      if (takesPictures) await page.screenshot({ path: `${screen}-${theme}.png`, fullPage: true })
      wrong.push(...[...refused, ...(await ask('picturesAmiss()'))].map((said) => `${theme}: ${said}`))
    }
    await page.evaluate('document.querySelectorAll("details").forEach((part) => { part.open = true })')
    wrong.push(...(await ask(`tooWide(${tablesMayScroll})`)))
    await page.setViewportSize({ width: widths.telephone, height: 800 })
    wrong.push(...(await ask('tooWide(true)')).map((said) => `at ${widths.telephone} px: ${said}`))
  } finally {
    page.removeAllListeners()
    // Pictures that this page still asks for must not be taken for faults of the next one.
    await page.goto('about:blank')
  }
  return wrong
}
