import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { diagramBlock } from '../../src/core/mermaid/diagram.ts'
import { flowcharts } from '../../src/core/mermaid/flowchart.ts'
import { gantts } from '../../src/core/mermaid/gantt.ts'
import { naughtyTexts } from '../reports/naughty.ts'
import { browserProgram, startBrowser } from '../support/browser/browser.ts'
import { gitHubPage } from '../support/browser/github-page.ts'
import { lookAtPages } from '../support/browser/page-folder.ts'
import { temporaryFolder } from '../support/repo.ts'

const program = browserProgram()
if (program === undefined) {
  process.stderr.write('No Chromium or Chrome is on the PATH: what diagrams look like is not tested.\n')
}

const screens = fileURLToPath(new URL('screens/diagrams', import.meta.url))

/** Words that mean something to Mermaid, beside what is naughty everywhere. */
const words = [
  'end',
  'section a',
  'click a href "b"',
  'title',
  'graph',
  '2026-10-03',
  'a:b, c',
  '%% x',
  '%%{init: {}}%%',
]
const texts = [...words, ...naughtyTexts]

let browser: Browser
beforeAll(async () => {
  if (program !== undefined) browser = await startBrowser(program)
})
afterAll(() => browser?.close())

describe.skipIf(program === undefined)('diagrams that say hostile texts', () => {
  const nodes = texts.map((text, at) => ({ key: text, label: [`${at}`, text], shape: 'box', look: 'usual' }) as const)
  const edges = texts
    .slice(1)
    .map((text, at) => ({ from: texts[at] ?? '', to: text, look: 'solid', label: text }) as const)
  const tasks = texts.map((name, at) => ({ name, from: at * 3600, until: (at + 40) * 3600, look: 'usual' }) as const)
  const maps = flowcharts({ title: 'Map', direction: 'TB', nodes, edges }, 12)
  const plans = gantts({ title: 'Plan', zone: 'UTC', sections: texts.slice(0, 9).map((name) => ({ name, tasks })) })

  test.each([
    ['flowcharts', maps],
    ['schedules', plans.slice(0, 12)],
  ])('are drawn all the same: %s', async (name, diagrams) => {
    expect(diagrams.length).toBeGreaterThan(5)
    const page = gitHubPage(diagrams.map(diagramBlock).join('\n\n'))
    const wrong = await lookAtPages(browser, temporaryFolder(), new Map([[`${name}.md`, page]]), join(screens, name))
    // How small they become is a matter of what is said in them.
    expect(wrong.filter((each) => !each.includes('of its size'))).toEqual([])
  })
})
