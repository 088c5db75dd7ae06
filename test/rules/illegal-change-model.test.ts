import { illegal } from '../support/illegal.ts'

const file = 'records/change-model/restart-mail-relay.yaml'

const legal = `id: restart-mail-relay
title: Restart a mail relay
state: published
owner: operations
parameters:
  relay: { description: The relay, kind: ci, values: [mail-relay-1, mail-relay-2] }
defaults:
  title: Restart {relay}
  cis: ["{relay}"]
  risk: moderate
max_duration: PT30M
published_at: 2026-01-12
expires: 2027-01-31
max_failure_rate: 20
`

illegal(
  file,
  legal,
  {},
  {
    'a state that does not exist': {
      edits: [['state: published', 'state: active']],
      finds: ['3: `state` cannot be `active`'],
    },
    'a model published without an end': {
      edits: [['expires: 2027-01-31\n', '']],
      finds: ['3: restart-mail-relay is published, which requires expires'],
    },
    'a model published without a limit for failures': {
      edits: [['max_failure_rate: 20\n', '']],
      finds: ['3: restart-mail-relay is published, which requires max_failure_rate'],
    },
    'a suspension without a reason': {
      edits: [['state: published', 'state: suspended']],
      finds: ['3: restart-mail-relay is suspended, which requires suspend_reason'],
    },
    'a retirement without a reason': {
      edits: [['state: published', 'state: retired']],
      finds: ['3: restart-mail-relay is retired, which requires retire_reason'],
    },
    'a step back to the draft': {
      edits: [['state: published', 'state: draft']],
      finds: ['3: restart-mail-relay cannot go from published to draft'],
    },
    'an owner that does not exist': {
      edits: [['owner: operations', 'owner: nobody']],
      finds: ['4: There is no team nobody'],
    },
    'a parameter that it does not have': {
      edits: [['title: Restart {relay}', 'title: Restart {rely}']],
      finds: ['8: restart-mail-relay has no parameter rely'],
    },
    'an end before the beginning': {
      edits: [['expires: 2027-01-31', 'expires: 2025-01-31']],
      finds: ['13: restart-mail-relay expires before it is published'],
    },
    'a risk that does not exist': {
      edits: [['risk: moderate', 'risk: medium']],
      finds: ['10: `defaults.risk` cannot be `medium`'],
    },
    'a birth in suspension': {
      born: true,
      edits: [['state: published', 'state: suspended\nsuspend_reason: Too many failures']],
      finds: ['3: restart-mail-relay cannot be born suspended'],
    },
  },
)
