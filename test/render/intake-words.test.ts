import { describe, expect, test } from 'vitest'
import type { ClockNotice } from '../../src/core/sla-notice/notice.ts'
import { type IntakeResult, intakeComment, intakePullBody } from '../../src/render/intake.ts'
import { breachComment, noticeBody, noticeTitle, watchBody } from '../../src/render/sla-notice.ts'
import { naughtyTexts } from '../reports/naughty.ts'
import { shapeOf, visibleText } from '../reports/page-shape.ts'
import { instant } from '../support/life.ts'

const link = { id: 'INC-20261121-001A', type: 'incident', file: 'records/incident/x.yaml', url: 'https://host/x' }
const pull = { number: 57, url: 'https://host/pull/57' }
const at = instant('2026-11-21T13:00:00Z')
const address = (file: string): string => `https://host/${file}`

function notice(text: string): ClockNotice {
  const clock = {
    record: 'INC-1',
    type: 'incident',
    file: 'records/incident/x.yaml',
    sla: text,
    target: text,
    cycle: 2,
  }
  const told = {
    kind: 'sla',
    priority: text,
    status: 'breached',
    due: at,
    stop: null,
    atRiskAt: at,
    breachedAt: at,
  } as const
  return { ...clock, ...told, title: text, mentions: ['ada', 'kontor/operations'], team: text }
}

/** Everything that intake and notices write, about a text of somebody's. */
const pages: Readonly<Record<string, (text: string) => string>> = {
  'the comment on answers that make no record': (text) => {
    const problems = [{ label: text, message: text, hint: text }, { message: text }]
    return intakeComment({ issue: 42, kind: 'refused', problems }) ?? ''
  },
  'the comment on a record': (text) =>
    intakeComment({ issue: 42, kind: 'recorded', isNew: true, clocks: [text], ...link }) ?? '',
  'the comment on a proposal': (text) =>
    intakeComment({ issue: 42, kind: 'proposed', pull, because: [text], mergesItself: false, ...link }) ?? '',
  'the comment on what was declined': (text) =>
    intakeComment({ issue: 42, kind: 'declined', pull, ...link, id: text }) ?? '',
  'the pull request of an issue': (text) => intakePullBody({ issue: 42, author: text, ...link, id: text }),
  'the notice of a clock': (text) => noticeBody(notice(text), address),
  'the comment on a breach': (text) => breachComment(notice(text)),
  'the page of the watch': (text) => {
    const { record, sla, target, cycle, priority } = notice(text)
    const next = [{ record, sla, target, cycle, priority, at, what: 'due' as const }]
    const report = { asOf: at, back: 0, complete: true, notices: [notice(text)], next }
    return watchBody({ since: at, looked: at, gaps: [] }, report, () => null)
  },
}

describe('whatever people write', () => {
  test.each(Object.entries(pages))('%s keeps its shape', (_, page) => {
    const shapes = ['plain', ...naughtyTexts].map((text) => shapeOf(page(text), true))
    expect(new Set(shapes).size).toBe(1)
  })

  test.each(Object.entries(pages))('%s names nobody and refers to nothing because of it', (_, page) => {
    const said = ['plain', ...naughtyTexts].map((text) =>
      visibleText(page(text)).match(/@[A-Za-z0-9]\S*|#\d+|:\/\/\S+/g),
    )
    expect(new Set(said.map((found) => JSON.stringify(found))).size).toBe(1)
  })

  test('the title of a notice is one line without what a terminal would obey', () => {
    for (const text of naughtyTexts) {
      expect(noticeTitle(notice(text))).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
    }
  })
})

describe('the comment on an issue', () => {
  const told = (result: IntakeResult) => intakeComment(result)

  test('says nothing about an issue that was closed', () => {
    expect(told({ issue: 42, kind: 'closed' })).toBeUndefined()
  })

  test('says who merges a proposal', () => {
    const proposed = { issue: 42, kind: 'proposed', pull, because: [], ...link } as const
    expect(told({ ...proposed, mergesItself: true })).toContain('merged by itself')
    expect(told({ ...proposed, mergesItself: false })).toContain('Somebody who may has to merge it')
  })
})
