import { ciChangeIsAuthorised } from '../../src/rules/ci-change-is-authorised.ts'
import { cases } from '../support/cases.ts'

const file = 'records/ci/db.yaml'
const db =
  'id: db\nclass: database\nstate: operational\nverified_at: 2026-10-01T08:00:00Z\nattributes: { version: "16" }\n'
const upgraded = db.replace('"16"', '"17"')
const refused = 'db is controlled (database), and no change in implement names it: attributes cannot change'
const marked = upgraded.replace('"17" }', `"17" } # <- ${refused}`)

function change(fields: string) {
  return { 'records/change/CHG-1.yaml': `id: CHG-1\n${fields}` }
}

cases(ciChangeIsAuthorised, {
  'an edit without any change is refused at the field': { before: { [file]: db }, now: { [file]: marked } },
  'a change that is only scheduled, or closed, does not do': {
    before: { [file]: db },
    now: { [file]: marked, ...change('state: scheduled\ncis: [db]\n') },
  },
  'a change that names other items does not do': {
    before: { [file]: db },
    now: { [file]: marked, ...change('state: implement\ncis: [web-1]\n') },
  },
  'a change in implement that names it allows the edit': {
    before: { [file]: db },
    now: { [file]: upgraded, ...change('state: implement\ncis: [web-1, db]\n') },
  },
  'a review allows it only to a change that was unauthorised': {
    before: { [file]: db },
    now: { [file]: marked, ...change('state: review\ncis: [db]\n') },
  },
  'an unauthorised change in review allows the record to follow what was done': {
    before: { [file]: db },
    now: { [file]: upgraded, ...change('state: review\nunauthorised: true\ncis: [db]\n') },
  },
  'the owner may refresh verified_at, and note it': {
    before: { [file]: db },
    now: {
      [file]: `${db.replace('10-01', '11-20')}log:\n  - { at: 2026-11-20T08:00:00Z, by: ada, note: Looked at it }\n`,
    },
  },
  'no edit frees an item for itself': {
    before: { [file]: db },
    now: {
      [file]: `${db.replace('class: database', 'class: application # <- db is controlled (database), and no change in implement names it: class cannot change')}controlled: false\n`,
    },
  },
  'taking a field out is an edit too': {
    before: { [file]: db },
    now: {
      [file]:
        'id: db # <- db is controlled (database), and no change in implement names it: attributes cannot be taken out\nclass: database\nstate: operational\n',
    },
  },
  'items of other classes are free': {
    before: { [file]: db.replace('database', 'application') },
    now: { [file]: upgraded.replace('database', 'application') },
  },
  'an item may be controlled, or not, of its own': {
    before: {
      [file]: `${db}controlled: false\n`,
      'records/ci/app.yaml': 'id: app\nclass: application\ncontrolled: true\ntitle: App\n',
    },
    now: {
      [file]: `${upgraded}controlled: false\n`,
      'records/ci/app.yaml':
        'id: app\nclass: application\ncontrolled: true\ntitle: Other # <- app is controlled (application), and no change in implement names it: title cannot change\n',
    },
  },
  'a new item needs no change': { now: { [file]: db } },
})
