import { typeIsGuarded } from '../../src/rules/type-is-guarded.ts'
import { cases } from '../support/cases.ts'

const policy = (id: string, guards: string) => `id: ${id}
title: Who approves
guards: ${guards}
rules: [{ name: any, when: {}, require: none }]
`
const calendar = 'id: office\ntitle: Office\ntimezone: UTC\nhours: { mon-fri: ["08:00-17:00"] }\n'
const team = (id: string, mark = '') => `id: ${id}${mark}\ntitle: A team\nmembers: []\n`
const unguarded = ' # <- No policy guards team: anybody may add, edit and remove such records without being asked'

cases(typeIsGuarded, {
  'a type that a policy guards, and what governance is asked of': {
    now: {
      'records/policy/one.yaml': policy('one', '[team, governance]'),
      'records/calendar/office.yaml': calendar,
      'records/team/a.yaml': team('a'),
    },
  },
  'a type that none guards, told once': {
    now: {
      'records/policy/one.yaml': policy('one', 'governance'),
      'records/team/a.yaml': team('a', unguarded),
      'records/team/b.yaml': team('b'),
    },
  },
  'what governance would be asked of, where no policy is on it': {
    now: {
      'records/policy/one.yaml': policy(
        'one # <- No policy guards policy: anybody may add, edit and remove such records without being asked',
        'team',
      ),
      'records/team/a.yaml': team('a'),
    },
  },
  'a repository without policies': { now: { 'records/team/a.yaml': team('a') } },
})
