import { illegal } from '../support/illegal.ts'

const file = 'records/catalogue-item/laptop.yaml'

const legal = `id: laptop
title: A laptop
state: published
description: Ready to use.
service: customer-accounts
owner: service-desk
team: service-desk
form:
  properties:
    model: { title: Model, type: string, enum: [13 inch, 16 inch], default: 13 inch }
    count: { title: Count, type: integer, minimum: 1 }
  required: [model]
approval: { from: [operations], approvals: 1 }
tasks:
  - { title: Order it }
sla: requests-standard
`

illegal(
  file,
  legal,
  {},
  {
    'an offer without an owner': { edits: [['owner: service-desk\n', '']], finds: ['1: `owner` is missing'] },
    'an owner that does not exist': {
      edits: [['owner: service-desk', 'owner: helpdesk']],
      finds: ['6: There is no team helpdesk'],
    },
    'an offer that nobody knows how to fulfil': {
      edits: [['tasks:\n  - { title: Order it }\n', '']],
      finds: ['3: laptop is published, which requires tasks'],
    },
    'an agreement that does not exist': {
      edits: [['sla: requests-standard', 'sla: requests-gold']],
      finds: ['16: There is no sla requests-gold'],
    },
    'approval by nobody': {
      edits: [['from: [operations]', 'from: []']],
      finds: ['13: `approval.from` needs at least 1 entry'],
    },
    'no approval at all, said so': {
      edits: [['approvals: 1', 'approvals: 0']],
      finds: ['13: `approval.approvals` must be at least 1, but is `0`'],
    },
    'a field of no known type': {
      edits: [['type: integer', 'type: whole']],
      finds: ['11: `form.properties.count.type` cannot be `whole`'],
    },
    'a field without a title': {
      edits: [['title: Count, ', '']],
      finds: ['11: `form.properties.count.title` is missing'],
    },
    'a form that leads elsewhere': {
      edits: [['title: Count, type: integer', 'title: Count, type: integer, $ref: "#/x"']],
      finds: ['11: `form.properties.count.$ref` is not a known field'],
    },
    'a form without fields': {
      edits: [
        ['    model: { title: Model, type: string, enum: [13 inch, 16 inch], default: 13 inch }\n', ''],
        ['    count: { title: Count, type: integer, minimum: 1 }\n', ''],
        ['  properties:\n', '  properties: {}\n'],
      ],
      finds: ['9: `form.properties` needs at least 1 field'],
    },
    'a required field that is not asked': {
      edits: [['required: [model]', 'required: [modle]']],
      finds: ['12: The form requires modle, which it does not ask for'],
    },
    'a default that the field refuses': {
      edits: [['default: 13 inch', 'default: 14 inch']],
      finds: ['10: The default of model does not fit the field itself'],
    },
    'retired without a reason': {
      edits: [['state: published', 'state: retired']],
      finds: ['3: laptop is retired, which requires retire_reason'],
    },
  },
)
