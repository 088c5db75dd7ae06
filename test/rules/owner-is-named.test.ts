import { ownerIsNamed } from '../../src/rules/owner-is-named.ts'
import { cases } from '../support/cases.ts'

const item = { 'records/catalogue-item/laptop.yaml': 'id: laptop\nstate: published\nowner: desk\nteam: desk\n' }

cases(ownerIsNamed, {
  'configuration that somebody answers for': {
    now: {
      'records/calendar/office.yaml': 'id: office\nowner: desk\n',
      'records/policy/one.yaml': 'id: one\nowner: board\n',
      'records/sla/gold.yaml': 'id: gold\nstate: active\nprovider: desk\n',
      'records/sla/guess.yaml': 'id: guess\nstate: active\nassumed: true\n',
    },
  },
  'configuration that nobody answers for': {
    now: {
      'records/calendar/office.yaml': 'id: office # <- office names nobody who answers for it\n',
      'records/policy/one.yaml': 'id: one # <- one names nobody who answers for it\n',
      'records/window/freeze.yaml': 'id: freeze # <- freeze names nobody who answers for it\n',
      'records/ci/web-1.yaml': 'id: web-1 # <- web-1 names nobody who answers for it\nstate: operational\n',
    },
  },
  'what was just reported may wait, what goes on may not': {
    now: {
      'records/change/CHG-1.yaml': 'id: CHG-1\nstate: new\n',
      'records/change/CHG-2.yaml': 'id: CHG-2 # <- CHG-2 names nobody who answers for it\nstate: implement\n',
    },
  },
  'what is over needs nobody any more': {
    now: {
      'records/change/CHG-1.yaml': 'id: CHG-1\nstate: cancelled\n',
      'records/service/fax.yaml': 'id: fax\nstate: retired\n',
    },
  },
  'a request that nobody has taken up is the business of its item': {
    now: {
      ...item,
      'records/request/REQ-1.yaml': 'id: REQ-1\nstate: approved\nitem: laptop\n',
      'records/request/REQ-2.yaml':
        'id: REQ-2 # <- REQ-2 names nobody who answers for it\nstate: approved\nitem: gone\n',
    },
  },
  'teams and commentaries belong to those they name': {
    now: { 'records/team/desk.yaml': 'id: desk\n', 'records/commentary/may.yaml': 'id: may\n' },
  },
})
