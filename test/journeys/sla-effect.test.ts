import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { check } from '../../src/journeys/check.ts'
import { slaEffectMarkdown, slaEffectText } from '../../src/render/sla-effect.ts'
import { paint } from '../../src/render/terminal.ts'
import { worldOf } from '../support/approval-world.ts'
import { instant } from '../support/life.ts'
import { type TestRepo, temporaryFolder } from '../support/repo.ts'
import { shippedText } from '../support/shipped.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const goldFile = 'records/sla/webshop-gold.yaml'
const gold = shippedText(goldFile)
const done = { team: 'operations', resolution_code: 'fixed', resolution: 'Restarted' }
const opened = { opened_at: '2026-03-02T08:00:00Z' }

/** An incident of the first quarter that took four hours, and a commit of the second quarter. */
function quarter(): TestRepo {
  return webshop(
    { at: '2026-03-02T08:00:00Z', write: { [incidentFile('INC-1')]: incident('INC-1', 'new', opened) } },
    {
      at: '2026-03-02T12:00:00Z',
      write: { [incidentFile('INC-1')]: incident('INC-1', 'resolved', { ...done, ...opened }) },
    },
    { at: '2026-04-02T08:00:00Z', write: { 'docs/notes.md': 'words' } },
  )
}

function propose(repo: TestRepo, name: string, write: Readonly<Record<string, string | null>>): void {
  repo.git(['checkout', '--quiet', '-b', name, 'main'])
  repo.commit({ at: '2026-04-03T08:00:00Z', write })
  repo.git(['checkout', '--quiet', 'main'])
}

async function effectOf(repo: TestRepo, head: string) {
  const { out } = await check(worldOf(repo.dir), { base: 'main', head })
  return JSON.parse(out).slaEffect
}

describe('the effect of a pull request on service levels', () => {
  test('is told where it edits an agreement, a calendar or the priority matrix, and only there', async () => {
    const repo = quarter()
    propose(repo, 'tighter', { [goldFile]: gold.replace('default: PT40H', 'default: PT2H') })
    expect(await effectOf(repo, 'tighter')).toMatchObject({
      commit: repo.git(['rev-parse', 'main']),
      from: '2025-12-31T23:00:00Z',
      to: '2026-03-31T22:00:00Z',
      differences: [{ what: 'sla', id: 'webshop-gold', kind: 'edited' }],
      lines: [
        { target: 'resolution', before: { met: 1, breached: 0 }, after: { met: 0, breached: 1 } },
        { target: 'response', before: { met: 1 }, after: { met: 1 } },
      ],
      effects: [{ record: 'INC-1', effect: 'breached', before: { allowed: 144_000 }, after: { allowed: 7_200 } }],
    })

    const calendarFile = 'records/calendar/store-hours.yaml'
    const shorter = shippedText(calendarFile).replace(/^hours: .*$/m, 'hours: { mon-sun: ["09:00-10:00"] }')
    propose(repo, 'calendar', { [calendarFile]: shorter })
    expect(await effectOf(repo, 'calendar')).toMatchObject({
      differences: [{ what: 'calendar', id: 'store-hours', kind: 'edited' }],
      effects: [],
    })

    const config = shippedText('gitsm.yaml').replace(
      '{ high: P2, medium: P3, low: P4 }',
      '{ high: P2, medium: P1, low: P4 }',
    )
    propose(repo, 'matrix', { 'gitsm.yaml': config })
    expect(await effectOf(repo, 'matrix')).toMatchObject({
      differences: [{ what: 'configuration', id: 'priority.matrix', kind: 'edited' }],
      effects: [{ record: 'INC-1', effect: 'breached', before: { priority: 'P3' }, after: { priority: 'P1' } }],
    })

    propose(repo, 'incident', { [incidentFile('INC-2')]: incident('INC-2', 'new') })
    expect(await effectOf(repo, 'incident')).toBeUndefined()
    const draft = 'records/sla/webshop-gold-weekend.yaml'
    propose(repo, 'draft', { [draft]: shippedText(draft).replace('order: 5', 'order: 6') })
    expect(await effectOf(repo, 'draft')).toBeUndefined()
  })

  test('is that of the change alone: what the base had edited in between plays no part', async () => {
    const repo = quarter()
    repo.commit({ at: '2026-04-02T09:00:00Z', write: { [goldFile]: gold.replace('default: PT40H', 'default: PT2H') } })
    propose(repo, 'title', {
      [goldFile]: gold.replace('default: PT40H', 'default: PT2H').replace('Gold support', 'Golden'),
    })
    expect(await effectOf(repo, 'title')).toMatchObject({ effects: [] })
  })

  test('is unknown, with the cure, where it cannot be computed; the gate itself still judges', async () => {
    const repo = quarter()
    propose(repo, 'unreadable', { [goldFile]: 'id: [\n' })
    expect(await effectOf(repo, 'unreadable')).toMatchObject({ error: { message: 'sla/webshop-gold cannot be read' } })
    propose(repo, 'nowhere', { [goldFile]: gold.replaceAll('default: store-hours', 'default: nowhere') })
    expect(await effectOf(repo, 'nowhere')).toMatchObject({ error: { message: 'calendar nowhere does not exist' } })
    propose(repo, 'tighter', { [goldFile]: gold.replace('default: PT40H', 'default: PT2H') })
    propose(repo, 'notes', { 'docs/notes.md': 'other words' })

    const dir = temporaryFolder()
    execFileSync('git', ['clone', '--quiet', '--depth', '2', '--no-single-branch', `file://${repo.dir}`, dir])
    const shallow = { ...repo, dir }
    execFileSync('git', ['branch', 'tighter', 'origin/tighter'], { cwd: dir })
    execFileSync('git', ['branch', 'notes', 'origin/notes'], { cwd: dir })
    expect(await effectOf(shallow, 'tighter')).toMatchObject({ error: { message: expect.stringContaining('shallow') } })
    // History is not asked for unless it is needed.
    expect(await effectOf(shallow, 'notes')).toBeUndefined()
  })

  test('is told to people by the lines that move', async () => {
    const repo = quarter()
    propose(repo, 'tighter', { [goldFile]: gold.replace('default: PT40H', 'default: PT2H') })
    const { out } = await check({ ...worldOf(repo.dir), format: 'text' }, { base: 'main', head: 'tighter' })
    expect(out).toMatch(/Effect on service levels\nThe last full quarter .* with sla webshop-gold \(edited\)/)
    expect(out).toMatch(/webshop-gold +resolution +1 +1 → 0 +0 → 1 +0 +100 % → 0 % +95 %/)
    expect(out).not.toMatch(/webshop-gold +response +1/)
    expect(out).toContain('1 clock would have been breached:')
  })

  test('as Markdown holds what records say as text', () => {
    const nothing = {
      span: { from: instant('2026-01-01T00:00:00Z'), until: instant('2026-04-01T00:00:00Z') },
      zone: 'UTC',
      asOf: instant('2026-04-01T00:00:00Z'),
      commit: '0123456789abcdef',
      differences: [{ what: 'sla', id: '<img src=x>|@ada', kind: 'added' }],
      lines: [],
      totals: [],
      effects: [],
      readOtherwise: 0,
    } as const
    const page = slaEffectMarkdown(nothing)
    expect(page).toMatch(/^### Effect on service levels\n\n/)
    expect(page).toContain('sla &lt;img src=x&gt;&#124;@\u2060ada (added)')
    expect(page).toContain('No clock stopped in the period')
    expect(slaEffectMarkdown({ unknown: 'a | b', cure: 'c' })).toContain('Unknown: a &#124; b. c.')
    expect(slaEffectText({ unknown: 'a\u001b', cure: 'c' }, paint(false))).toBe(
      'Effect on service levels is unknown: a\\u001b\n  cure: c',
    )
  })
})
