import { expect, test } from 'vitest'
import { formatYaml } from '../../../src/adapters/yaml/format.ts'

test('a new record reads as a person would write it', () => {
  const record = {
    id: 'INC-20261121-K7QX',
    title: 'Checkout: slow for EU',
    cis: ['web-1', 'web-2'],
    priority: undefined,
    opened_at: '2026-11-21T08:15:00Z',
    description: 'p99 of checkout is 4.1 s.\n\nSince 08:05.\n',
    hours: { 'mon-fri': ['08:00-13:00', '14:00-18:00'] },
    tags: [],
    extra: {},
    log: [
      { at: '2026-11-21T08:20:00Z', by: 'bob', state: 'in_progress', note: 'Looking at [gateway], again' },
      { at: '2026-11-21T08:30:00Z', by: 'bob', note: 'Two\nlines' },
    ],
  }
  expect(formatYaml(record)).toBe(`id: INC-20261121-K7QX
title: "Checkout: slow for EU"
cis: [web-1, web-2]
opened_at: 2026-11-21T08:15:00Z
description: |
  p99 of checkout is 4.1 s.

  Since 08:05.
hours:
  mon-fri: [08:00-13:00, 14:00-18:00]
tags: []
extra: {}
log:
  - { at: 2026-11-21T08:20:00Z, by: bob, state: in_progress, note: "Looking at [gateway], again" }
  - at: 2026-11-21T08:30:00Z
    by: bob
    note: |-
      Two
      lines
`)
})

test('a long list gets a line for each item, a long text stays on its line', () => {
  const words = Array.from({ length: 12 }, (_, index) => `server-${index}`)
  expect(formatYaml({ cis: words, title: words.join(' ') })).toBe(
    `cis:\n${words.map((word) => `  - ${word}\n`).join('')}title: ${words.join(' ')}\n`,
  )
})

test('data that appears twice is written twice, without an alias', () => {
  const shared = { a: [1] }
  expect(formatYaml({ x: shared, y: shared })).toBe('x:\n  a: [1]\ny:\n  a: [1]\n')
})
