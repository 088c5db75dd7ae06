import { redundancyIsPossible } from '../../src/rules/redundancy-is-possible.ts'
import { cases } from '../support/cases.ts'

const webs = Object.fromEntries(
  ['web-1', 'web-2', 'web-3'].map((id) => [`records/ci/${id}.yaml`, `id: ${id}\nstate: operational\n`]),
)
const lb = (...lines: readonly string[]) => ({
  ...webs,
  'records/ci/lb.yaml': `id: lb\nstate: operational\ndepends_on:\n${lines.map((line) => `  - ${line}\n`).join('')}`,
})
const of = (ci: string, members: number, group = 'web') =>
  `{ ci: ${ci}, at_least: { group: ${group}, members: ${members} } }`

cases(redundancyIsPossible, {
  'a group with as many members as it needs is right': { now: lb(of('web-1', 2), of('web-2', 2)) },
  'a group that needs more than it has can never hold': {
    now: lb(`${of('web-1', 3)} # <- The group web needs 3 members, but has 2`, of('web-2', 3)),
  },
  'retired members do not count': {
    now: {
      ...lb(`${of('web-1', 2)} # <- The group web needs 2 members, but has 1`, of('web-2', 2)),
      'records/ci/web-2.yaml': 'id: web-2\nstate: retired\n',
    },
  },
  'members agree on the number': {
    now: lb(of('web-1', 1), `${of('web-2', 2)} # <- The group web needs 1 of its members above, but 2 here`),
  },
  'no member is told twice': {
    now: lb(of('web-1', 1), of('web-2', 1), `${of('web-1', 1)} # <- lb names web-1 twice`),
  },
  'what is needed alone is no member of a group': {
    now: lb('{ ci: web-1 }', `${of('web-1', 1)} # <- lb needs web-1 both alone and as one of a group`, of('web-2', 1)),
  },
  'an item belongs to one group': {
    now: lb(of('web-1', 1), `${of('web-1', 1, 'other')} # <- lb needs web-1 in two groups`),
  },
  'what is retired needs nothing': {
    now: { 'records/ci/lb.yaml': `id: lb\nstate: retired\ndepends_on:\n  - ${of('web-1', 5)}\n` },
  },
})
