import { describe, expect, test } from 'vitest'
import { minutesOf } from '../../src/core/cab/minutes.ts'
import type { RecordDoc } from '../../src/core/record.ts'
import { exampleAgenda, recordsWith, weekOf } from '../support/agenda.ts'
import { instant } from '../support/life.ts'
import { shippedRecords } from '../support/shipped.ts'
import { naughtyTexts } from './naughty.ts'
import { shapeOf } from './page-shape.ts'
import { shippedTemplates } from './shipped-templates.ts'

const templates = shippedTemplates()

/** Changes and windows of the example organisation in which every free text says one thing. */
function saying(text: string): readonly RecordDoc[] {
  const records = shippedRecords()
  const free = ['title', 'requester', 'implementer', 'review_notes']
  const rewritten = (record: RecordDoc): RecordDoc => ({
    ...record,
    data: {
      ...record.data,
      ...Object.fromEntries(free.filter((field) => field in record.data).map((field) => [field, text])),
    },
  })
  return [...records.ofType('change'), ...records.ofType('window')].map(rewritten)
}

/** An agenda and minutes in which every free text is `x`. */
function models() {
  const text = 'x'
  const also = saying(text)
  const url = 'https://github.com/kontor/services/pull/12'
  const agenda = exampleAgenda({
    also,
    withoutPulls: text,
    proposed: new Map([
      [
        'CHG-20261118-T3VE',
        {
          ...{ pull: 12, url, author: text, decides: true, errors: [text] },
          approvals: [{ rule: text, met: false, because: text }],
        },
      ],
    ]),
    emergencies: new Map([['CHG-20261121-6PMH', { met: false, because: text, parts: [], approvals: [] }]]),
  })
  const minutes = minutesOf({
    ...{ week: weekOf('2026-W47'), zone: 'Europe/Berlin', records: recordsWith(also), ledger: 'gitsm-ledger' },
    withoutPulls: text,
    remarks: [
      { pull: 1, title: text, url, login: text, state: 'COMMENTED', at: instant('2026-11-18T09:00:00Z'), body: text },
    ],
    decisions: [
      {
        ...{ at: instant('2026-11-18T10:00:00Z'), outcome: 'merged', pullRequest: 1 },
        ...{
          subject: 'change/CHG-20261117-K4DS',
          policy: text,
          rule: text,
          commits: [],
          policyCommit: 'a',
          digest: '',
        },
        verdict: { met: true, because: text, parts: [] },
        reviews: [{ id: 1, login: text, commit: 'a' }],
      },
    ],
  })
  return { agenda, minutes }
}

const { agenda, minutes } = models()

/** The same with another text in the place of each `x`. */
function withText<Model>(model: Model, text: string): Model {
  return JSON.parse(JSON.stringify(model), (_, value: unknown) => (value === 'x' ? text : value))
}

function pages(text: string): readonly string[] {
  return [
    templates.get('cab-agenda')?.(withText(agenda, text)) ?? '',
    templates.get('cab-minutes')?.(withText(minutes, text)) ?? '',
  ]
}

describe('what a board reads', () => {
  const expected = pages('x').map((page) => shapeOf(page))

  test.each(naughtyTexts)('%j changes the shape of neither agenda nor minutes', (text) => {
    expect(pages(text).map((page) => shapeOf(page))).toEqual(expected)
  })

  test('holds no table whose rows have another width than its head, and none without rows', () => {
    for (const page of pages('x')) {
      expect(page).not.toMatch(/^\|(?: -+:? \|)+\n(?!\|)/m)
      for (const table of page.match(/(?:^\|.*\n)+/gm) ?? []) {
        const widths = table
          .trim()
          .split('\n')
          .map((row) => row.split('|').length)
        expect(new Set(widths).size, table).toBe(1)
      }
    }
  })

  test('leads to the pull requests and nowhere else', () => {
    for (const page of pages('[y](https://example.org) https://example.org ![x](https://example.org/x.png)')) {
      const shape = shapeOf(page, true)
      expect(shape).not.toMatch(/image|html/)
      for (const [, target] of shape.matchAll(/link (\S+)/g)) expect(target).toMatch(/^https:\/\/github\.com\//)
    }
  })
})
