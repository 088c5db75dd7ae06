import { describe, expect, test } from 'vitest'
import { type CheckOptions, check } from '../../src/journeys/check.ts'
import { validate } from '../../src/journeys/validate.ts'
import { judgementMarkdown } from '../../src/render/judgement-markdown.ts'
import { naughtyTexts } from '../reports/naughty.ts'
import { shapeOf, visibleText } from '../reports/page-shape.ts'
import { proposed, pullFile, worldOf } from '../support/approval-world.ts'
import { clusterUpgradeFile } from '../support/normal-change.ts'
import type { TestRepo } from '../support/repo.ts'
import { shippedText } from '../support/shipped.ts'
import { incident, incidentFile } from '../support/webshop.ts'

const item = 'records/ci/web-1.yaml'
const lowered = { [item]: shippedText(item).replace(/criticality: .*/, 'criticality: low') }

async function comment(repo: TestRepo, options: CheckOptions): Promise<string> {
  return (await check({ ...worldOf(repo.dir), format: 'markdown' }, options)).out
}

const topic = { base: 'main', head: 'topic' }

describe('check as the body of a comment', () => {
  test('says the verdict, what is wrong on which line of which file, and its cure', async () => {
    const file = incidentFile('INC-1')
    const { repo } = proposed({ [file]: incident('INC-1', 'new', { service: 'nowhere' }) })
    const page = await comment(repo, topic)
    expect(page).toMatch(/^## ❌ Not yet: 1 error to put right\n\n\d+ records, 1 error/)
    expect(page).toContain(`### Findings\n\n\`${file}\`\n\n- **error** in line 5: `)
    expect(page).toMatch(/\(`reference-exists`\) {2}\n {2}\*\*Cure:\*\* \S/)
    expect(page).toContain(
      '### Records\n\n| Record | | State |\n| --- | --- | --- |\n| `INC-1` (incident) | added | new |',
    )
  })

  test('lists who has approved and who still can, what a later step will need, and what is only assumed', async () => {
    const { repo, head } = proposed({
      ...lowered,
      'records/change/2026/03/CHG-1.yaml': clusterUpgradeFile('CHG-1').replace('state: scheduled', 'state: new'),
    })
    const waiting = await comment(repo, topic)
    expect(waiting).toMatch(/^## ⏳ Waits for 1 approval from platform or service-board: dmitri, .* or \d others\n/)
    expect(waiting).toMatch(/### Approvals\n\n- ⏳ `web-1` \(.*; `ci-ownership`\): .*waits for 1 approval/)
    expect(waiting).toMatch(/### Approvals at a later step\n\n- `CHG-1` \(/)
    const reviews = [{ by: 'dmitri', on: head, at: '2026-03-04T09:00:00Z' }]
    const given = await comment(repo, { base: 'main', pull: pullFile(repo, head, reviews) })
    expect(given).toMatch(/- ✅ `web-1` .*\n( .*\n)*? *- ✅ dmitri of platform approved\n/)
    expect(await comment(repo, { ...topic, assume: ['dmitri'] })).toContain('### Approvals, if dmitri gave theirs now')
  })

  test('weighs the changes that it brings', async () => {
    const { repo } = proposed({ 'records/change/2026/03/CHG-1.yaml': clusterUpgradeFile('CHG-1') })
    const page = await comment(repo, topic)
    expect(page).toMatch(
      /### `CHG-1` Upgrade the search cluster\n\n\*\*[a-z_\\]+\*\* risk \(high declared\) · planned \S+ 05:00 to 09:00 UTC · if it fails: catalogue-search /,
    )
    expect(page).toMatch(/\n(It collides with nothing\.|- .*conflict.* with `)/)
    expect(page).toMatch(/<details><summary>.*<\/summary>\n\n- risk: .*```mermaid\nflowchart LR\n.*<\/details>/s)
  })

  test('tells the effect on service levels where it touches an agreement', async () => {
    const gold = 'records/sla/webshop-gold.yaml'
    const { repo } = proposed({ [gold]: shippedText(gold).replace('default: PT40H', 'default: PT2H') })
    expect(await comment(repo, topic)).toContain('\n### Effect on service levels\n')
  })

  test('keeps its shape whatever a record says', async () => {
    const shapes = ['plain', ...naughtyTexts].map((text) => {
      const said = JSON.stringify(text.replaceAll(/[^\P{C}\n]/gu, ''))
      const span = { line: 1, column: 1, endLine: 1, endColumn: 2 }
      const place = { file: 'records/a.yaml', route: [] }
      const page = judgementMarkdown({
        diagnostics: [
          {
            ...{ rule: 'schema', severity: 'error', message: text, hint: text, place, span, relatedSpans: [span] },
            related: [{ place, message: text }],
          },
        ],
        summary: { records: 1, errors: 1, warnings: 0 },
        sources: new Map(),
        gate: {
          verdict: 'fail',
          changes: [{ id: 'INC-1', type: 'incident', file: 'f', kind: 'edited', from: text, to: 'closed' }],
          assessments: [],
          decisions: [],
          foreseen: [],
          assumed: [text],
          slaEffect: { unknown: text, cure: text },
        },
      })
      expect(visibleText(page), said).not.toMatch(/(^|[^\u2060])@[a-z]/)
      return shapeOf(page, true)
    })
    expect(new Set(shapes).size).toBe(1)
  })

  test('stays within what a comment can hold, and says what it left out', async () => {
    const files = Array.from({ length: 400 }, (_, at) => `INC-${at + 1}`)
    const { repo } = proposed(
      Object.fromEntries(files.map((id) => [incidentFile(id), incident(id, 'new', { service: 'nowhere' })])),
    )
    const page = await comment(repo, topic)
    expect(page.length).toBeLessThan(65_536)
    expect(page).toMatch(/_\d+ more are left out here/)
    expect(page).toContain('### Records')
  })

  test('validate prints the same form, without a gate', async () => {
    const { repo } = proposed({ [incidentFile('INC-1')]: incident('INC-1', 'new', { service: 'nowhere' }) })
    repo.git(['checkout', '--quiet', 'topic'])
    const { out } = await validate({ ...worldOf(repo.dir), format: 'markdown' }, { paths: [] })
    expect(out).toMatch(/^## ❌ Fail\n/)
    expect(out).not.toContain('### Records')
  })
})
