import { expect, test } from 'vitest'
import type { Decision } from '../../src/core/approval/decide.ts'
import { leaf } from '../../src/core/verdict.ts'
import { approvalsText } from '../../src/render/approvals.ts'
import { paint } from '../../src/render/terminal.ts'

const esc = String.fromCharCode(27)

function decision(id: string, verdict: Omit<Decision, 'demand'>): Decision {
  const policy = { id: 'change-authorisation', file: 'p.yaml', guards: ['change'], lane: 'direct', rules: [] } as const
  const demand = { key: id, id, place: { file: 'f', route: [] }, reason: 'born scheduled', policy, subject: {} }
  return { demand: { ...demand, serviceOwners: [], involved: [] }, ...verdict }
}

test('approvals read as trees, with a mark for what is met, missing or may follow', () => {
  const asked = {
    met: false,
    because: 'waits for 2 approvals from cab',
    parts: [leaf(true, 'ada of cab approved'), leaf(false, 'eve approved, but is in no team that is asked')],
  }
  const text = approvalsText(
    [
      decision('CHG-1', { met: false, because: 'other: waits for 2 approvals from cab', parts: [asked] }),
      decision('CHG-2', { met: true, because: 'standard: no approval is needed', parts: [] }),
      decision('CHG-3', { met: false, because: 'emergency: it may follow', parts: [], until: 0 }),
      decision('CHG-4', {
        met: false,
        because: 'other: bob asks for changes',
        parts: [leaf(false, 'bob asks for changes'), asked],
      }),
    ],
    [],
    paint(false),
  )
  expect(text.split('\n')).toEqual([
    'approvals',
    '✗ CHG-1 (born scheduled; change-authorisation)  other: waits for 2 approvals from cab',
    '  ✓ ada of cab approved',
    '  ✗ eve approved, but is in no team that is asked',
    '✓ CHG-2 (born scheduled; change-authorisation)  standard: no approval is needed',
    '… CHG-3 (born scheduled; change-authorisation)  emergency: it may follow',
    '✗ CHG-4 (born scheduled; change-authorisation)  other: bob asks for changes',
    '  ✗ bob asks for changes',
    '  ✗ waits for 2 approvals from cab',
    '    ✓ ada of cab approved',
    '    ✗ eve approved, but is in no team that is asked',
  ])
})

test('what is only assumed is said first, and no text from outside reaches the terminal as it is', () => {
  const parts = [leaf(false, `${esc}[2Jeve\napproved`)]
  const text = approvalsText(
    [decision(`CHG${esc}[1m`, { met: false, because: 'x\u202ey', parts })],
    [`a\nb`],
    paint(false),
  )
  expect(text.split('\n')).toHaveLength(3)
  expect(text).toContain('approvals, if a\\u000ab gave theirs now')
  expect(text).not.toContain(esc)
  expect(text).not.toContain('\u202e')
})

test('what is the same for many records is told once', () => {
  const because = 'every edit: waits for 1 approval from the owner'
  const many = Array.from({ length: 3000 }, (_, at) => decision(`ci-${at}`, { met: false, because, parts: [] }))
  expect(approvalsText(many, [], paint(false)).split('\n')).toEqual([
    'approvals',
    `✗ ci-0, ci-1, ci-2 and 2997 others (born scheduled; change-authorisation)  ${because}`,
  ])
})
