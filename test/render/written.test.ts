import { expect, test } from 'vitest'
import { type WrittenFiles, writtenText } from '../../src/render/written.ts'

test('counts the pictures of a folder, apart by what became of them, and names every page', () => {
  const files: WrittenFiles['files'] = [
    { path: 'reports/README.md', state: 'written' },
    { path: 'reports/2026-10/charts/csi-opened-light.svg', state: 'written' },
    { path: 'reports/2026-10/charts/csi-opened-dark.svg', state: 'written' },
    { path: 'reports/2026-10/changes.md', state: 'unchanged' },
    { path: 'reports/2026-10/charts/changes-types-light.svg', state: 'removed' },
    { path: 'reports/team photo.svg', state: 'written' },
  ]
  const periods = [{ period: '2026-10', asOf: '2026-10-31T23:00:00Z' }]
  const told = { commit: '0123456789abcdef', asOf: '2026-10-31T23:00:00Z', period: '2026-10', periods, files }
  expect(writtenText(told, false).split('\n')).toEqual([
    'written    reports/README.md',
    'written    reports/2026-10/charts/ (2 pictures)',
    'unchanged  reports/2026-10/changes.md',
    'removed    reports/2026-10/charts/ (1 picture)',
    'written    reports/team photo.svg',
    '2026-10 as of 2026-10-31T23:00:00Z, commit 0123456789',
    '',
  ])
})
