import { expect, test } from 'vitest'
import { indexRecords } from '../../src/core/facts.ts'
import { dependencyWithoutCycle } from '../../src/rules/dependency-without-cycle.ts'
import { cases } from '../support/cases.ts'
import { shipped } from '../support/shipped.ts'

cases(dependencyWithoutCycle, {
  'chains and forks are right': {
    now: {
      'records/ci/a.yaml': 'id: a\ndepends_on: [{ ci: b }, { ci: c }]\n',
      'records/ci/b.yaml': 'id: b\ndepends_on: [{ ci: c }]\n',
      'records/ci/c.yaml': 'id: c\n',
    },
  },
  'nothing depends on itself': {
    now: {
      'records/ci/a.yaml': 'id: a\ndepends_on:\n  - { ci: a } # <- a depends on itself\n',
      'records/service/a.yaml': 'id: a\ndepends_on:\n  - a # <- a depends on itself\n',
    },
  },
  'a circle is reported once, where it closes': {
    now: {
      'records/ci/a.yaml': 'id: a\ndepends_on: [{ ci: b }]\n',
      'records/ci/b.yaml': 'id: b\ndepends_on: [{ ci: c }]\n',
      'records/ci/c.yaml': 'id: c\ndepends_on:\n  - { ci: d }\n  - { ci: a } # <- c depends on itself through a → b\n',
      'records/ci/d.yaml': 'id: d\n',
    },
  },
  'redundant dependencies count too': {
    now: {
      'records/ci/a.yaml': 'id: a\ndepends_on: [{ ci: b, at_least: { group: g, members: 1 } }]\n',
      'records/ci/b.yaml': 'id: b\ndepends_on:\n  - { ci: a } # <- b depends on itself through a\n',
    },
  },
  'services and items with one name are not mixed up': {
    now: {
      'records/ci/a.yaml': 'id: a\ndepends_on: [{ ci: b }]\n',
      'records/ci/b.yaml': 'id: b\n',
      'records/service/b.yaml': 'id: b\ndepends_on: [a]\n',
      'records/service/a.yaml': 'id: a\n',
    },
  },
  'what does not exist closes no circle': { now: { 'records/ci/a.yaml': 'id: a\ndepends_on: [{ ci: nowhere }]\n' } },
})

test('long chains are walked without end of the stack', () => {
  const size = 50_000
  const records = Array.from({ length: size }, (_, index) => ({
    type: 'ci',
    id: `ci-${index}`,
    file: `records/ci/ci-${index}.yaml`,
    data: { id: `ci-${index}`, depends_on: [{ ci: `ci-${(index + 1) % size}` }] },
  }))
  const facts = {
    rulebook: shipped.rulebook,
    records: indexRecords(records),
    changes: [],
    unreadable: new Set<string>(),
  }
  expect([...dependencyWithoutCycle.check(facts)]).toHaveLength(1)
})
