import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changesBetween } from '../../src/core/changes.ts'
import { indexRecords } from '../../src/core/facts.ts'
import { birth, type Lifecycle, requiredIn, transition } from '../../src/core/lifecycle.ts'
import type { When } from '../../src/core/lifecycle-when.ts'
import { type Data, listAt, type RecordDoc } from '../../src/core/record.ts'
import { judge } from '../../src/core/rule.ts'
import { withValue } from '../../src/core/with-value.ts'
import { birthAllowed } from '../../src/rules/birth-allowed.ts'
import { logNamesState } from '../../src/rules/log-names-state.ts'
import { stateHasFields } from '../../src/rules/state-has-fields.ts'
import { stepHasFields } from '../../src/rules/step-has-fields.ts'
import { transitionAllowed } from '../../src/rules/transition-allowed.ts'
import { shipped, shippedTypes } from '../support/shipped.ts'

/** The rules that hold a record to its lifecycle. */
const rules = [birthAllowed, transitionAllowed, stepHasFields, stateHasFields, logNamesState]

const lifecycles = shippedTypes.flatMap((type) => {
  const lifecycle = shipped.rulebook.types.get(type)?.lifecycle
  return lifecycle ? [{ type, lifecycle }] : []
})

/** What the rules say of a record that became another, or of a new one. */
function told(type: string, before: Data | undefined, after: Data): readonly string[] {
  const doc = (data: Data): RecordDoc => ({ type, id: 'X-1', file: `records/${type}/X-1.yaml`, data })
  const unreadable = new Set<string>()
  const records = indexRecords([doc(after)])
  const changes = changesBetween(
    { records: indexRecords(before ? [doc(before)] : []), unreadable },
    { records, unreadable },
  )
  return judge(rules, { rulebook: shipped.rulebook, records, unreadable, changes }).map(({ message }) => message)
}

/** Every kind of record that the conditions of a lifecycle tell apart: each field with each value it is asked for. */
function kinds({ initial, states, transitions }: Lifecycle): readonly Data[] {
  const conditions = [
    ...initial.map(({ when }) => when),
    ...transitions.map(({ when }) => when),
    ...[...states.values()].flatMap(({ cases = [] }) => cases.map(({ when }) => when)),
  ].filter((when): when is When => when !== undefined)
  const values = new Map<string, Set<unknown>>()
  for (const when of conditions) {
    for (const [field, asked] of Object.entries(when)) {
      const known = values.get(field) ?? new Set()
      for (const value of asked) known.add(value)
      values.set(field, known)
    }
  }
  return [...values].reduce<readonly Data[]>(
    (all, [field, each]) => all.flatMap((data) => [...each].map((value) => ({ ...data, [field]: value }))),
    [{ id: 'X-1', title: 'Anything' }],
  )
}

/** The record with fields filled in, where they are empty. */
function filled(data: Data, fields: readonly string[]): Data {
  return fields.reduce((all, path) => (has(all, path) ? all : withValue(all, path.split('.'), 'something')), data)
}

function has(data: Data, path: string): boolean {
  return path.split('.').reduce<unknown>((at, key) => Object(at)[key], data) !== undefined
}

/** The record as a step leaves it, named in its log. */
function stepped(data: Data, state: string): Data {
  return { ...data, state, log: [...listAt(data, 'log'), { at: '2026-03-02T09:00:00Z', by: 'ada', state }] }
}

/** A record of the kind that is born in a state with all that this takes. */
function born(lifecycle: Lifecycle, kind: Data, state: string): Data {
  const standing = lifecycle.states.get(state)
  const fields = [...(birth(lifecycle, state, kind)?.requires ?? []), ...(standing ? requiredIn(standing, kind) : [])]
  return stepped(filled(kind, fields), state)
}

function moved(lifecycle: Lifecycle, data: Data, from: string, to: string): Data {
  const standing = lifecycle.states.get(to)
  const fields = [
    ...(transition(lifecycle, from, to, data)?.requires ?? []),
    ...(standing ? requiredIn(standing, data) : []),
  ]
  return stepped(filled(data, fields), to)
}

describe.each(lifecycles)('records of type $type', ({ type, lifecycle }) => {
  const all = kinds(lifecycle)
  const states = [...lifecycle.states.keys()]

  test('may walk anywhere along the lifecycle, step by step or in one change', () => {
    const picks = fc.array(fc.nat(), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(fc.constantFrom(...all), picks, (kind, [first = 0, ...rest]) => {
        const births = states.filter((state) => birth(lifecycle, state, kind))
        fc.pre(births.length > 0)
        let state = births[first % births.length] ?? ''
        let record = born(lifecycle, kind, state)
        expect(told(type, undefined, record)).toEqual([])
        const start = record
        for (const pick of rest) {
          const ways = states.filter((to) => transition(lifecycle, state, to, record))
          if (ways.length === 0) break
          const to = ways[pick % ways.length] ?? ''
          const next = moved(lifecycle, record, state, to)
          expect(told(type, record, next), `${state} → ${to}`).toEqual([])
          record = next
          state = to
        }
        expect(told(type, start, record)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  test('may take no other step', () => {
    for (const kind of all) {
      for (const from of states) {
        const standing = born(lifecycle, kind, from)
        for (const to of states) {
          if (from === to || transition(lifecycle, from, to, standing)) continue
          const message = expect.stringContaining(`cannot go from ${from} to ${to}`)
          expect(told(type, standing, moved(lifecycle, standing, from, to)), `${from} → ${to}`).toContainEqual(message)
        }
      }
    }
  })

  test('may be born nowhere else', () => {
    for (const kind of all) {
      for (const state of states) {
        const found = told(type, undefined, born(lifecycle, kind, state))
        if (birth(lifecycle, state, kind)) expect(found).toEqual([])
        else expect(found).toContainEqual(expect.stringContaining(`cannot be born ${state}`))
      }
    }
  })

  test('miss no field that a state or step requires', () => {
    for (const kind of all) {
      for (const { name, ...rest } of lifecycle.states.values()) {
        const whole = born(lifecycle, kind, name)
        for (const path of requiredIn({ name, ...rest }, kind)) {
          const lacking = withValue(whole, path.split('.'), undefined)
          expect(told(type, whole, lacking), `${name} without ${path}`).toContainEqual(
            expect.stringContaining(`is ${name}, which requires`),
          )
        }
      }
    }
  })
})
