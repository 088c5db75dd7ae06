import { illegal } from '../support/illegal.ts'

const file = 'records/ci/ledger-db.yaml'

const legal = `id: ledger-db
title: Database of the ledger
class: database
environment: production
owner: platform
services: [payment]
criticality: high
state: operational
source_of_truth: terraform
verified_at: 2026-11-01T08:00:00Z
depends_on:
  - { ci: san-1 }
  - { ci: firewall-1, at_least: { group: wall, members: 1 } }
  - { ci: firewall-2, at_least: { group: wall, members: 1 } }
attributes: { engine: postgresql, version: "16.4" }
asset: { cost: 10, currency: EUR }
`

const controlled = (field: string) =>
  `ledger-db is controlled (database), and no change in implement names it: ${field} cannot change`

illegal(
  file,
  legal,
  {},
  {
    'an edit of a controlled item without a change': {
      edits: [['criticality: high', 'criticality: low']],
      finds: [`7: ${controlled('criticality')}`],
    },
    'a class that nobody described': {
      born: true,
      edits: [['class: database', 'class: databse']],
      finds: ['3: There is no class databse'],
    },
    'a class without what it requires': {
      born: true,
      edits: [[', version: "16.4"', '']],
      finds: ['3: ledger-db is a database, which requires attributes.version'],
    },
    'an attribute outside its values': {
      born: true,
      edits: [['engine: postgresql', 'engine: oracle']],
      finds: ['15: engine of a database must be one of mariadb, opensearch, postgresql'],
    },
    'an item in use without an owner': {
      born: true,
      edits: [['owner: platform\n', '']],
      finds: [
        '7: ledger-db cannot be born operational without owner',
        '7: ledger-db is operational, which requires owner',
      ],
    },
    'an owner that is no team': {
      born: true,
      edits: [['owner: platform', 'owner: plattform']],
      finds: ['5: There is no team plattform'],
    },
    'a dependency that leads nowhere': {
      born: true,
      edits: [['ci: san-1', 'ci: san-9']],
      finds: ['12: There is no ci san-9'],
    },
    'a dependency on itself': {
      born: true,
      edits: [['ci: san-1', 'ci: ledger-db']],
      finds: ['12: ledger-db depends on itself'],
    },
    'a group that can never hold': {
      born: true,
      edits: [
        ['wall, members: 1', 'wall, members: 3'],
        ['wall, members: 1', 'wall, members: 3'],
      ],
      finds: ['13: The group wall needs 3 members, but has 2'],
    },
    'a group of two minds': {
      born: true,
      edits: [['firewall-2, at_least: { group: wall, members: 1', 'firewall-2, at_least: { group: wall, members: 2']],
      finds: ['14: The group wall needs 1 of its members above, but 2 here'],
    },
    'the same item twice': {
      born: true,
      edits: [['ci: firewall-2', 'ci: firewall-1']],
      finds: ['14: ledger-db names firewall-1 twice'],
    },
    'an id that is not the name of the file': {
      born: true,
      edits: [['id: ledger-db', 'id: ledger']],
      finds: ['1: id ledger differs from the file name ledger-db.yaml'],
    },
    'a cost without a currency': {
      born: true,
      edits: [[', currency: EUR', '']],
      finds: ['16: `asset.currency` is missing: it belongs to `asset.cost`'],
    },
    'a state that there is not': {
      born: true,
      edits: [['state: operational', 'state: running']],
      finds: ['8: `state` cannot be `running`'],
    },
    'a step that the lifecycle does not know': {
      edits: [['state: operational', 'state: planned']],
      finds: [`8: ${controlled('state')}`, '8: ledger-db cannot go from operational to planned'],
    },
    'a field that there is not': {
      born: true,
      edits: [['criticality: high', 'critical: high']],
      finds: ['7: `critical` is not a known field'],
    },
  },
)

illegal(
  'records/ci/pager.yaml',
  `id: pager
title: Pager gateway
class: application
owner: platform
state: test
attributes: { version: "1.0" }
`,
  {
    'records/ci/alarm.yaml':
      'id: alarm\ntitle: Alarm\nclass: application\nowner: platform\nstate: operational\ndepends_on: [{ ci: pager }]\nattributes: { version: "2" }\n',
  },
  {
    'going into use unverified': {
      edits: [['state: test', 'state: operational']],
      finds: [
        '5: pager cannot go from test to operational without criticality',
        '5: pager cannot go from test to operational without source_of_truth',
        '5: pager cannot go from test to operational without verified_at',
      ],
    },
    'a retirement while something needs it': {
      edits: [['state: test', 'state: retired']],
      finds: ['5: pager cannot be retired while it is named by ci alarm'],
    },
  },
)
