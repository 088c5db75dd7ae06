import { policyCanBeMet } from '../../src/rules/policy-can-be-met.ts'
import { cases } from '../support/cases.ts'

const teams = {
  'records/team/board.yaml': 'id: board\ntitle: Board\nmembers: [{ login: ada }, { login: bob }]\n',
  'records/team/night.yaml': 'id: night\ntitle: Night\nmembers: [{ login: BOB }, { login: carla }]\n',
  'records/team/empty.yaml': 'id: empty\ntitle: Empty\nmembers: []\n',
  'records/team/night-watch.yaml':
    'id: night-watch\ntitle: Watch\nmembers: [{ login: carla }, { login: "steward[bot]" }]\n',
}

const policy = (rules: string) => ({
  ...teams,
  'records/policy/one.yaml': `id: one\ntitle: Who approves\nguards: incident\nrules:\n${rules}`,
})

cases(policyCanBeMet, {
  'enough people, and rules from the special to the general': {
    now: policy(`
  - { name: urgent, when: { impact: [high], urgency: [high] }, require: { approvals: 2, from: [board] } }
  - { name: high, when: { impact: [high, medium] }, require: { approvals: 3, from: [board, night] } }
  - { name: rest, when: {}, require: { approvals: 9, from: [service-owner] } }
`),
  },
  'any share of a team': {
    now: policy('  - { name: any, when: {}, require: { approvals: 100%, from: [board, night] } }\n'),
  },
  'more approvals than people, because programs approve nothing': {
    now: policy(`
  - name: any
    when: {}
    require:
      approvals: 2 # <- This asks for 2 approvals, but there is 1 member
      from: [night-watch]
`),
  },
  'a team that is still to be filled': {
    now: policy('  - { name: any, when: {}, require: { approvals: 2, from: [empty] } }\n'),
  },
  'a rule below one that always matches': {
    now: policy(`
  - { name: all, when: {}, require: none }
  - name: urgent # <- urgent is never reached: all matches first whenever it would
    when: { impact: high }
    require: { approvals: 1, from: [board] }
`),
  },
  'a rule below one that matches more': {
    now: policy(`
  - { name: high, when: { impact: [high, medium] }, require: none }
  - name: urgent # <- urgent is never reached: high matches first whenever it would
    when: { impact: high, urgency: high }
    require: { approvals: 1, from: [board] }
  - { name: low, when: { impact: [low, high] }, require: none }
`),
  },
  'more approvals than members': {
    now: policy(`
  - name: any
    when: {}
    require:
      all:
        - approvals: 3 # <- This asks for 3 approvals, but there are 2 members
          from: [board]
        - approvals: 4 # <- This asks for 4 approvals, but there are 3 members
          from: [board, night]
`),
  },
})
