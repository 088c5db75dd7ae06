import { illegal } from '../support/illegal.ts'

const file = 'records/problem/2026/10/PRB-20261005-4GQX.yaml'

const legal = `id: PRB-20261005-4GQX
title: Web servers are overloaded in promotions
state: root_cause_analysis
service: webshop
category: capacity
incidents: [INC-20261002-Q8TM]
impact: high
urgency: high
priority: P1
reporter: ada
owner: platform
opened_at: 2026-10-05T08:30:00Z
root_cause: Too few servers
log:
  - { at: 2026-10-06T09:00:00Z, by: dmitri, state: assess }
  - { at: 2026-10-07T12:00:00Z, by: dmitri, state: root_cause_analysis }
`

const beside = {
  'records/incident/2026/10/INC-20261002-Q8TM.yaml': `id: INC-20261002-Q8TM
title: Checkout times out
state: new
service: webshop
impact: high
urgency: high
priority: P1
reporter: ada
opened_at: 2026-10-02T16:50:00Z
`,
}

const resolution = `resolution_code: risk_accepted
resolution: It is lived with
resolved_at: 2026-11-20T10:00:00Z
risk_owner: ada
review_by: 2027-03-31
log:
`
const resolved = '  - { at: 2026-11-20T10:00:00Z, by: ada, state: resolved }\n'
const steps = 'state: root_cause_analysis }\n'

illegal(file, legal, beside, {
  'a resolution without root cause': {
    edits: [
      ['state: root_cause_analysis\n', 'state: resolved\n'],
      ['root_cause: Too few servers\n', ''],
      ['log:\n', resolution],
      [steps, `${steps}${resolved}`],
    ],
    finds: ['3: PRB-20261005-4GQX is resolved, which requires root_cause'],
  },
  'an accepted risk that ends on no day': {
    edits: [
      ['state: root_cause_analysis\n', 'state: resolved\n'],
      ['log:\n', resolution.replace('review_by: 2027-03-31\n', '')],
      [steps, `${steps}${resolved}`],
    ],
    finds: ['14: PRB-20261005-4GQX accepts a risk without review_by'],
  },
  'an accepted risk that nobody answers for': {
    edits: [
      ['state: root_cause_analysis\n', 'state: resolved\n'],
      ['log:\n', resolution.replace('risk_owner: ada\n', '')],
      [steps, `${steps}${resolved}`],
    ],
    finds: ['14: PRB-20261005-4GQX accepts a risk without risk_owner'],
  },
  'a fix without a change': {
    edits: [
      ['state: root_cause_analysis\n', 'state: resolved\n'],
      ['log:\n', resolution.replace('risk_accepted', 'fix_applied')],
      [steps, `${steps}${resolved}`],
    ],
    finds: ['14: PRB-20261005-4GQX was fixed, but names no change that did it'],
  },
  'a fix in progress without the changes that make it': {
    edits: [
      ['state: root_cause_analysis\n', 'state: fix_in_progress\n'],
      [steps, `${steps}  - { at: 2026-11-20T10:00:00Z, by: ada, state: fix_in_progress }\n`],
    ],
    finds: ['3: PRB-20261005-4GQX is fix_in_progress, which requires changes'],
  },
  'a jump from the analysis to closed': {
    edits: [
      ['state: root_cause_analysis\n', 'state: closed\n'],
      ['log:\n', `verification: None since\n${resolution}`],
      [steps, `${steps}  - { at: 2026-11-20T10:00:00Z, by: ada, state: closed }\n`],
    ],
    finds: ['23: PRB-20261005-4GQX cannot go from root_cause_analysis to closed'],
  },
  'a problem born in the middle of its analysis': {
    born: true,
    edits: [['  - { at: 2026-10-06T09:00:00Z, by: dmitri, state: assess }\n', '']],
    finds: ['15: PRB-20261005-4GQX cannot be born root_cause_analysis'],
  },
  'no owner from the assessment on': {
    edits: [['owner: platform\n', '']],
    finds: ['3: PRB-20261005-4GQX is root_cause_analysis, which requires owner'],
  },
  'neither incident nor trend': {
    edits: [['incidents: [INC-20261002-Q8TM]\n', '']],
    finds: ['1: PRB-20261005-4GQX names neither incidents nor trend_evidence'],
  },
  'an incident that does not exist': {
    edits: [['INC-20261002-Q8TM', 'INC-20261002-ZZZZ']],
    finds: ['6: There is no incident INC-20261002-ZZZZ'],
  },
  'a known error that no article tells': {
    edits: [['log:\n', 'known_error: true\nworkaround: Wait\nlog:\n']],
    finds: ['14: PRB-20261005-4GQX is a known error without article'],
  },
  'a method without its steps': {
    edits: [['log:\n', 'analysis:\n  method: timeline\nlog:\n']],
    finds: ['15: PRB-20261005-4GQX is analysed by timeline, but has no events'],
  },
  'a priority that the matrix does not give': {
    edits: [['priority: P1', 'priority: P4']],
    finds: ['9: priority P4 does not fit impact high and urgency high, which make P1'],
  },
  'a duplicate of itself': {
    edits: [
      ['state: root_cause_analysis\n', 'state: cancelled\ncancel_reason: duplicate\nduplicate_of: PRB-20261005-4GQX\n'],
      [steps, `${steps}  - { at: 2026-11-20T10:00:00Z, by: ada, state: cancelled }\n`],
    ],
    finds: ['5: PRB-20261005-4GQX names itself as duplicate_of'],
  },
})
