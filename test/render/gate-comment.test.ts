import { describe, expect, test } from 'vitest'
import { type Decision, unknownWriter } from '../../src/core/approval/decide.ts'
import { assessChange, assessmentFacts } from '../../src/core/change-assessment.ts'
import { indexRecords } from '../../src/core/facts.ts'
import type { Judgement } from '../../src/core/judgement.ts'
import type { RecordDoc } from '../../src/core/record.ts'
import { tentativeFindings } from '../../src/core/tentative.ts'
import { annotationsOf } from '../../src/render/annotations.ts'
import { gateComment, type JudgedMerge } from '../../src/render/gate-comment.ts'
import { headline } from '../../src/render/headline.ts'
import { naughtyTexts } from '../reports/naughty.ts'
import { shapeOf, visibleText } from '../reports/page-shape.ts'
import { recordsFrom } from '../support/conflict-world.ts'
import { shipped } from '../support/shipped.ts'

const { rulebook } = shipped
const merge: JudgedMerge = { base: 'main', baseCommit: 'b'.repeat(40), head: 'a'.repeat(40) }
const times = { planned_start: '2026-12-02T10:00:00Z', planned_end: '2026-12-02T12:00:00Z' }

function change(id: string, text: string): RecordDoc {
  const data = {
    id,
    title: text,
    state: 'scheduled',
    change_type: 'normal',
    cis: ['web-1'],
    implementer: text,
    ...times,
  }
  return { type: 'change', id, file: `records/change/${id}.yaml`, data }
}

function decision(text: string, people: readonly string[] = ['ada', 'ben'], met = false): Decision {
  const policy = {
    id: 'change-authorisation',
    file: 'records/policy/p.yaml',
    guards: [],
    lane: 'pull_request',
    rules: [],
  } as const
  const rule = {
    name: text,
    when: new Map(),
    require: { kind: 'approvals', approvals: 1, from: ['cab'] },
    data: {},
  } as const
  const place = { file: 'records/change/CHG-1.yaml', route: [] }
  const demand = {
    key: 'change/CHG-1',
    id: 'CHG-1',
    place,
    reason: text,
    policy,
    rule,
    subject: {},
    serviceOwners: [],
    involved: [],
  }
  const awaits = { approvals: 1, teams: ['cab'], people }
  return { demand, met, because: text, parts: [{ met, because: text, parts: [], ...(!met && { awaits }) }] }
}

/** A judgement in which one text stands wherever a record, a login or a policy could put one. */
function judgementWith(
  text: string,
  verdict: 'pass' | 'fail' | 'pending' = 'pending',
  decisions = [decision(text, [text])],
): Judgement {
  const tree = recordsFrom('ci/web-1: { state: operational, services: [shop] }\nservice/shop: { state: operational }')
  const [own, other] = [change('CHG-1', text), change('CHG-2', text)]
  const records = indexRecords([...tree.all, own])
  const span = { line: 1, column: 1, endLine: 1, endColumn: 2 }
  const place = { file: text, route: [] }
  const errors = verdict === 'fail' ? 1 : 0
  return {
    diagnostics: [
      {
        rule: 'schema-valid',
        severity: errors ? 'error' : 'warning',
        message: text,
        hint: text,
        place,
        span,
        relatedSpans: [],
      },
    ],
    summary: { records: 3, errors, warnings: 1 - errors },
    sources: new Map(),
    gate: {
      ...{ verdict, decisions, foreseen: [], assumed: [] },
      changes: [{ id: 'CHG-1', type: 'change', file: own.file, kind: 'added', from: null, to: 'scheduled' }],
      assessments: [assessChange(own, assessmentFacts({ records, rulebook }))],
      tentative: tentativeFindings([own], { records, rulebook }, [
        { pull: 12, head: 'c'.repeat(40), records: [other] },
      ]),
    },
  }
}

describe('the comment of the gate', () => {
  test('begins with what became of it, and who is awaited', () => {
    const waiting = judgementWith('as the policy says', 'pending', [decision('waits', ['dmitri', 'lena'])])
    expect(gateComment(waiting, merge)).toMatch(/^## ⏳ Waits for 1 approval from cab: dmitri or lena\n/)
    expect(gateComment(judgementWith('x', 'pass', []), merge)).toMatch(/^## ✅ May be merged: no approval is needed\n/)
    expect(gateComment(judgementWith('x', 'pass', [decision('given', [], true)]), merge)).toMatch(
      /^## ✅ Approved: may be merged\n/,
    )
    expect(gateComment(judgementWith('x', 'fail', [decision('waits')]), merge)).toMatch(
      /^## ❌ Not yet: 1 error to put right, and 1 approval from cab: ada or ben\n/,
    )
  })

  test('shows what another pull request proposes beside the change that it collides with, and leads there', () => {
    const page = gateComment(judgementWith('Patch'), merge)
    expect(page).toMatch(
      /### `CHG-1` Patch\n\n(.*\n)+\n- ⚠️ \*\*proposed\*\* in #12: conflict with `CHG-2`: CHG-2 changes web-1 at the same time \(/,
    )
  })

  test('says what happens next, and what was judged', () => {
    const page = gateComment(judgementWith('Patch', 'pending', [decision('waits')]), merge)
    expect(page).toMatch(
      /### What happens next\n\n- One of ada, ben \(cab\): look at the files, then approve with \*\*Review changes\*\*\./,
    )
    expect(page).toMatch(
      /<sub>Judged: `aaaaaaaaaa` as merged with `main` at `bbbbbbbbbb`, by the rules there\.<\/sub>\n$/,
    )
  })

  test('says first how a commit of nobody gets an author, because no approval counts before', () => {
    const nobody = { met: false, because: unknownWriter, parts: [] }
    const waiting = decision('waits')
    const page = gateComment(judgementWith('x', 'pending', [{ ...waiting, parts: [nobody, ...waiting.parts] }]), merge)
    expect(page).toMatch(/### What happens next\n\n- Whoever wrote the commit adds its address .*\n- One of ada, ben/)
    expect(gateComment(judgementWith('x'), merge)).not.toContain('adds its address')
  })

  test('says that another pull request of the same commit stops it', () => {
    const page = gateComment(judgementWith('Patch', 'pass', []), { ...merge, sharing: [{ number: 9, passes: false }] })
    expect(page).toContain('- #9 ends in the same commit and does not pass')
    expect(page).not.toContain('It can be merged')
  })

  test('keeps its shape and names nobody, whatever records, policies and logins say', () => {
    const shapes = ['plain', ...naughtyTexts].map((text) => {
      const page = gateComment(judgementWith(text), merge)
      expect(visibleText(page), JSON.stringify(text)).not.toMatch(/(^|[^\u2060])@[a-z]/)
      return shapeOf(page, true)
    })
    expect(new Set(shapes).size).toBe(1)
  })

  test('stays within what a comment can hold, however much there is to tell', () => {
    const long = 'x'.repeat(400)
    const decisions = Array.from({ length: 200 }, (_, at) => decision(`${at} ${long}`))
    const one = judgementWith(long, 'fail', decisions)
    const diagnostics = one.diagnostics.flatMap((each) =>
      Array.from({ length: 500 }, (_, at) => ({ ...each, place: { file: `f${at}`, route: [] } })),
    )
    const assessments = Array.from({ length: 100 }, () => one.gate?.assessments ?? []).flat()
    const changes = Array.from({ length: 500 }, () => one.gate?.changes ?? []).flat()
    const all: Judgement = { ...one, diagnostics, ...(one.gate && { gate: { ...one.gate, assessments, changes } }) }
    expect(gateComment(all, merge).length).toBeLessThan(65_536)
  })
})

describe('a headline', () => {
  test('names at most a few of those who are awaited', () => {
    const many = judgementWith('x', 'pending', [decision('waits', ['a', 'b', 'c', 'd', 'e', 'f'])])
    expect(headline(many)).toBe('Waits for 1 approval from cab: a, b, c or 3 others')
  })

  test('tells what stands in the way before what merely takes its time', () => {
    const vetoed = {
      ...decision('lena asks for changes'),
      parts: [{ met: false, because: 'lena asks for changes', parts: [] }],
    }
    expect(headline(judgementWith('x', 'pending', [decision('waits'), vetoed]))).toBe(
      'Waits: CHG-1: lena asks for changes',
    )
  })

  test('tells what has to follow after the merge, and within which time', () => {
    const late = decision('emergency')
    const rule = late.demand.rule && { ...late.demand.rule, retroactive: 48 * 3600 }
    const emergency = { ...late, until: 0, demand: { ...late.demand, ...(rule && { rule }) } }
    expect(headline(judgementWith('x', 'pass', [emergency]))).toBe(
      'May be merged now, and 1 approval from cab: ada or ben has to follow within 48 h of that',
    )
  })
})

test('annotations tell each finding on its lines as GitHub takes it, and leave approvals to the comment', () => {
  const judgement = judgementWith('wrong')
  const [one] = judgement.diagnostics
  const span = { line: 2, column: 3, endLine: 4, endColumn: 1 }
  const found = one ? [one, { ...one, rule: 'approval-given' }, { ...one, severity: 'error' as const, span }] : []
  expect(annotationsOf({ ...judgement, diagnostics: found })).toEqual([
    {
      path: 'wrong',
      start_line: 1,
      end_line: 1,
      start_column: 1,
      end_column: 2,
      annotation_level: 'warning',
      title: 'schema-valid',
      message: 'wrong\nCure: wrong',
    },
    {
      path: 'wrong',
      start_line: 2,
      end_line: 4,
      annotation_level: 'failure',
      title: 'schema-valid',
      message: 'wrong\nCure: wrong',
    },
  ])
})
