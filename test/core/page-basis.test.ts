import { expect, test } from 'vitest'
import { saysTheSame } from '../../src/core/page-basis.ts'

const page = (commit: string, asOf: string, entry: number, count: number): string =>
  `As of ${asOf} (UTC), from commit \`${commit.slice(0, 10)}\`.\n\nThey rest on \`${commit}\`. Seen by entry ${entry} of the ledger, \`sha256:${commit.repeat(2).slice(0, 64)}\`; ${entry} of the entries up to it dated by hand.\n\n${count} incidents\n`
const [one, other] = ['a'.repeat(40), 'b'.repeat(40)]

test('a page that was made from another commit says the same', () => {
  expect(saysTheSame(page(one, '2026-11-01 00:00', 3, 7), page(other, '2026-11-01 00:00', 4, 7))).toBe(true)
})

test('another figure or another as-of instant is something else', () => {
  expect(saysTheSame(page(one, '2026-11-01 00:00', 3, 7), page(other, '2026-11-01 00:00', 3, 8))).toBe(false)
  expect(saysTheSame(page(one, '2026-11-01 00:00', 3, 7), page(other, '2026-11-02 00:00', 3, 7))).toBe(false)
})

test('and so do two that differ in the ends of lines, which git may change', () => {
  expect(saysTheSame('BEGIN:VCALENDAR\nEND:VCALENDAR\n', 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n')).toBe(true)
  expect(saysTheSame('BEGIN:VCALENDAR\n', 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n')).toBe(false)
})

test('a commit that a figure names is part of the figure', () => {
  const told = (commit: string): string => `INC-1 was edited, commit \`${commit.slice(0, 10)}\`\n`
  expect(saysTheSame(told(one), told(other))).toBe(false)
})
