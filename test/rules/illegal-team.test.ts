import { illegal } from '../support/illegal.ts'

const file = 'records/team/warehouse.yaml'

const legal = `id: warehouse
title: Warehouse
description: |
  Packs and sends what the shop has sold.
members:
  - { login: maja, id: 5128850, name: Maja Horvat }
  - { login: nils, name: Nils Berg }
stakeholders:
  - { name: Carrier, channel: mail, contact: depot@carrier.example, about: [outage], ahead: PT24H }
`

illegal(
  file,
  legal,
  {},
  {
    'a team without a name': { edits: [['title: Warehouse\n', '']], finds: ['1: `title` is missing'] },
    'nobody said to be in it': {
      edits: [[legal.slice(legal.indexOf('members'), legal.indexOf('stakeholders')), '']],
      finds: ['1: `members` is missing'],
    },
    'members as a list of names': {
      edits: [['{ login: nils, name: Nils Berg }', 'nils']],
      finds: ['7: `members[1]` must be a mapping of fields, but is a text'],
    },
    'a member without a login': { edits: [['login: nils, ', '']], finds: ['7: `members[1].login` is missing'] },
    'an address in place of a login': {
      edits: [['login: nils', 'login: nils@kontor.example']],
      finds: ['7: `members[1].login` cannot be `nils@kontor.example`'],
    },
    'a login with an at sign before it': {
      edits: [['login: nils', 'login: "@nils"']],
      finds: ['7: `members[1].login` cannot be `@nils`'],
    },
    'a login that is a number': {
      edits: [['login: nils', 'login: 4711']],
      finds: ['7: `members[1].login` must be a text, but is a number'],
    },
    'a numeric id in quotes': {
      edits: [['id: 5128850', 'id: "5128850"']],
      finds: ['6: `members[0].id` must be a whole number, but is a text'],
    },
    'a numeric id of nobody': {
      edits: [['id: 5128850', 'id: 0']],
      finds: ['6: `members[0].id` must be at least 1, but is `0`'],
    },
    'a person in it twice': { edits: [['login: nils', 'login: MAJA']], finds: ['7: warehouse lists MAJA twice'] },
    'two people of one numeric id': {
      edits: [['login: nils,', 'login: nils, id: 5128850,']],
      finds: ['7: warehouse lists maja and nils under one numeric id'],
    },
    'a role that no member has': {
      edits: [['name: Nils Berg', 'role: lead']],
      finds: ['7: `members[1].role` is not a known field'],
    },
    'another id than its file': {
      edits: [['id: warehouse', 'id: depot']],
      finds: ['1: id depot differs from the file name warehouse.yaml'],
    },
    'an id that approvals mean by something else': {
      edits: [['id: warehouse', 'id: owner']],
      finds: [
        '1: id owner differs from the file name warehouse.yaml',
        '1: owner means something else in policies, so no team can be called that',
      ],
    },
    'a stakeholder who is told of nothing': {
      edits: [['about: [outage]', 'about: []']],
      finds: ['9: `stakeholders[0].about` needs at least 1 entry'],
    },
    'a stakeholder told by pigeon': {
      edits: [['channel: mail', 'channel: pigeon']],
      finds: ['9: `stakeholders[0].channel` cannot be `pigeon`'],
    },
    'a lead time in days': {
      edits: [['ahead: PT24H', 'ahead: P1D']],
      finds: ['9: `stakeholders[0].ahead` is not a duration: `P1D`'],
    },
    'a leader that the schema does not know': {
      edits: [['members:', 'leader: maja\nmembers:']],
      finds: ['5: `leader` is not a known field'],
    },
  },
)
