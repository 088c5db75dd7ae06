import { memberListedOnce } from '../../src/rules/member-listed-once.ts'
import { cases } from '../support/cases.ts'

const team = (members: string) => ({ 'records/team/board.yaml': `id: board\ntitle: Board\nmembers:\n${members}` })

cases(memberListedOnce, {
  'different people, and one of them in another team, too': {
    now: {
      ...team('  - { login: ada, id: 1 }\n  - { login: bob, id: 2 }\n  - { login: carla }\n'),
      'records/team/night.yaml': 'id: night\ntitle: Night\nmembers: [{ login: ada, id: 1 }]\n',
    },
  },
  'entries that are no members': { now: team('  - ada\n  - ada\n  - { name: Ada }\n  - { name: Ada }\n') },
  'one login in two spellings': {
    now: team('  - { login: ada }\n  - { login: ADA } # <- board lists ADA twice\n'),
  },
  'one login under two numeric ids': {
    now: team('  - { login: ada, id: 1 }\n  - { login: ada, id: 2 } # <- board lists ada twice\n'),
  },
  'one numeric id under two logins': {
    now: team(
      '  - { login: ada, id: 7 }\n  - { login: bob, id: 7 } # <- board lists ada and bob under one numeric id\n',
    ),
  },
  'three times': {
    now: team(
      '  - { login: ada }\n  - { login: Ada } # <- board lists Ada twice\n  - { login: aDa } # <- board lists aDa twice\n',
    ),
  },
})
