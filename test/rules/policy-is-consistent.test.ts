import { policyIsConsistent } from '../../src/rules/policy-is-consistent.ts'
import { cases } from '../support/cases.ts'

const board = { 'records/team/board.yaml': 'id: board\ntitle: Board\nmembers: [{ login: ada }]\n' }

const policy = (rules: string, guards = 'incident') => ({
  ...board,
  'records/policy/one.yaml': `id: one
title: Who approves
guards: ${guards}
rules:
${rules}`,
})

const requiring = (require: string) => policy(`  - name: any\n    when: {}\n    require:\n${require}`)

cases(policyIsConsistent, {
  'facts and fields of the guarded type, teams and words for teams': {
    now: policy(`
  - name: urgent
    when: { priority: [P1, P2], state: resolved, tier: [1], service: [webshop], event: edited, major: true }
    require: { any: [{ approvals: 1, from: [owner] }, { all: [{ approvals: 2, from: [board] }] }] }
    retroactive: PT4H
  - { name: rest, when: {}, require: { approvals: 1, from: [each-service-owner] } }
`),
  },
  'facts of any type, for governance': {
    now: policy('  - { name: a, when: { path: "schemas/**", state: retired }, require: none }\n', 'governance'),
  },
  'a fact that no record has': {
    now: policy(`
  - name: urgent
    when:
      prioritty: [P1] # <- incident records have no field prioritty
    require: none
`),
  },
  'a value that a field never has': {
    now: policy(`
  - name: urgent
    when:
      origin:
        - phone
        - magic # <- origin is never magic
      state: solved # <- state is never solved
      event: created # <- event is never created
      only: verified_on # <- only is never verified_on
      tier: [5] # <- tier is never 5
      risk: very-high # <- risk is never very-high
    require: none
`),
  },
  'shares of a team, and approvals that expire': {
    now: policy(`
  - { name: a, when: { impact: high }, require: { approvals: majority, from: [board] }, expires: P14D }
  - { name: b, when: {}, require: { any: [{ author: [board] }, { approvals: 60%, from: [board] }] }, expires: PT48H }
`),
  },
  'an expiry of approvals that nobody is asked for': {
    now: policy(`
  - name: a
    when: { impact: high }
    require: none
    expires: P14D # <- a requires no approval, so none expires
  - name: b
    when: {}
    require: { all: [{ author: [board] }, { any: [none] }] }
    expires: P14D # <- b requires no approval, so none expires
`),
  },
  'a share that is none': {
    now: policy(`
  - name: a
    when: { impact: high }
    require: { approvals: 0%, from: [board] } # <- Nothing can meet this requirement: approvals is neither a number of people nor a share of them
  - name: b
    when: {}
    require: { approvals: all, from: [board] } # <- Nothing can meet this requirement: approvals is neither a number of people nor a share of them
`),
  },
  'two rules with one name': {
    now: policy(`
  - { name: any, when: { impact: high }, require: none }
  - name: any # <- Two rules are called any
    when: {}
    require: none
`),
  },
  'a team that does not exist': {
    now: requiring('      approvals: 1\n      from:\n        - board\n        - bored # <- There is no team bored\n'),
  },
  'a team that does not exist, deep inside': {
    now: requiring(
      '      all:\n        - any:\n            - approvals: 1\n              from:\n                - cab # <- There is no team cab\n',
    ),
  },
  'approvals of nobody': {
    now: requiring('      approvals: 1 # <- Nothing can meet this requirement: it does not say from whom\n'),
  },
  'nothing at all': {
    now: requiring(
      '      {} # <- Nothing can meet this requirement: it names neither approvals nor author nor all nor any\n',
    ),
  },
  'an empty all': { now: requiring('      all: [] # <- Nothing can meet this requirement: all of nothing\n') },
  'an empty any inside': {
    now: requiring('      all:\n        - any: [] # <- Nothing can meet this requirement: any of nothing\n'),
  },
  'two forms at once': {
    now: requiring(
      '      all: [none] # <- Nothing can meet this requirement: it names both all and any\n      any: [none]\n',
    ),
  },
  'from beside any': {
    now: requiring(
      '      any: [none] # <- Nothing can meet this requirement: from stands beside any\n      from: [board]\n',
    ),
  },
  'every owner and somebody else': {
    now: requiring(
      '      approvals: 1 # <- Nothing can meet this requirement: each-service-owner stands beside other approvers\n      from: [each-service-owner, board]\n',
    ),
  },
  'an approval that may follow where none is needed': {
    now: policy(`
  - name: any
    when: {}
    require: none
    retroactive: PT48H # <- any requires no approval, so none can follow
`),
  },
  'a team named like a word of policies': {
    now: {
      'records/team/owner.yaml':
        'id: owner # <- owner means something else in policies, so no team can be called that\ntitle: O\nmembers: []\n',
    },
  },
})
