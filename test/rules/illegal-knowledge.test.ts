import { illegal } from '../support/illegal.ts'

const file = 'records/knowledge/2026/10/KB-20261006-W8RM.yaml'

const legal = `id: KB-20261006-W8RM
title: "Checkout is slow: open the waiting room"
state: published
kind: how_to
services: [webshop]
category: capacity
audience: technicians
author: ada
owner: operations
body: Set the share of the waiting room to a third.
review_by: 2027-04-01
published_at: 2026-10-08T12:00:00Z
log:
  - { at: 2026-10-07T07:30:00Z, by: ada, state: review }
  - { at: 2026-10-08T12:00:00Z, by: carla, state: published }
`

const last = 'state: published }\n'

illegal(
  file,
  legal,
  {},
  {
    'published without a day to read it again': {
      edits: [['review_by: 2027-04-01\n', '']],
      finds: ['3: KB-20261006-W8RM is published, which requires review_by'],
    },
    'published without an owner': {
      edits: [['owner: operations\n', '']],
      finds: ['3: KB-20261006-W8RM is published, which requires owner'],
    },
    'an article without a body': {
      edits: [['body: Set the share of the waiting room to a third.\n', '']],
      finds: ['1: `body` is missing'],
    },
    'an audience that there is not': {
      edits: [['audience: technicians', 'audience: everyone']],
      finds: ['7: `audience` cannot be `everyone`'],
    },
    'a category outside the taxonomy': {
      edits: [['category: capacity', 'category: capacities']],
      finds: ['6: There is no category capacities'],
    },
    'an article born published': {
      born: true,
      edits: [
        ['log:\n  - { at: 2026-10-07T07:30:00Z, by: ada, state: review }\n', ''],
        ['  - { at: 2026-10-08T12:00:00Z, by: carla, state: published }\n', ''],
      ],
      finds: ['3: KB-20261006-W8RM cannot be born published'],
    },
    'published from a draft that nobody else has read': {
      born: true,
      edits: [['state: review', 'state: draft']],
      finds: ['15: KB-20261006-W8RM cannot go from draft to published'],
    },
    'retired in one step, so that nobody can object': {
      edits: [
        ['state: published\n', 'state: retired\nretire_reason: It is over\n'],
        [last, `${last}  - { at: 2026-11-20T10:00:00Z, by: ada, state: retired }\n`],
      ],
      finds: ['17: KB-20261006-W8RM cannot go from published to retired'],
    },
    'about to go without a reason': {
      edits: [
        ['state: published\n', 'state: pending_retirement\n'],
        [last, `${last}  - { at: 2026-11-20T10:00:00Z, by: ada, state: pending_retirement }\n`],
      ],
      finds: ['3: KB-20261006-W8RM is pending_retirement, which requires retire_reason'],
    },
    'sent back to review without saying what is wrong': {
      edits: [
        ['state: published\n', 'state: review\n'],
        [last, `${last}  - { at: 2026-11-20T10:00:00Z, by: ada, state: review }\n`],
      ],
      finds: ['16: KB-20261006-W8RM cannot go from published to review without review_notes'],
    },
    'an article that supersedes itself': {
      edits: [['log:\n', 'supersedes: [KB-20261006-W8RM]\nlog:\n']],
      finds: ['13: KB-20261006-W8RM names itself as supersedes'],
    },
    'a problem that does not exist': {
      edits: [['log:\n', 'problem: PRB-20261005-ZZZZ\nlog:\n']],
      finds: ['13: There is no problem PRB-20261005-ZZZZ'],
    },
    'a log that is rewritten': {
      edits: [['by: carla', 'by: ada']],
      finds: ['15: An existing log entry was changed'],
    },
  },
)
