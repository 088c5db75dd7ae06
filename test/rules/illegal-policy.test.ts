import { illegal } from '../support/illegal.ts'

const file = 'records/policy/commentary-signature.yaml'

const legal = `id: commentary-signature
title: Who lets a commentary into a report
guards: commentary
rules:
  - name: about a service
    when: { service: [webshop, payment] }
    require: { all: [{ approvals: 1, from: [service-owner] }, { approvals: 1, from: [service-board] }] }
  - name: new
    when: { event: added }
    require: { approvals: 1, from: [service-board] }
    retroactive: PT48H
  - { name: other, when: {}, require: none }
`

illegal(
  file,
  legal,
  {},
  {
    'nothing to guard': { edits: [['guards: commentary\n', '']], finds: ['1: `guards` is missing'] },
    'a type that does not exist': {
      edits: [['guards: commentary', 'guards: comentary']],
      finds: ['3: There is no record type comentary to guard'],
    },
    'a type that another policy guards': {
      edits: [['guards: commentary', 'guards: [commentary, change]']],
      finds: ['3: commentary-signature and change-authorisation both guard change'],
    },
    'one type named twice': {
      edits: [['guards: commentary', 'guards: [commentary, commentary]']],
      finds: ['3: `guards` lists `commentary` twice'],
    },
    'an approval that holds for a month': {
      edits: [['    retroactive: PT48H\n', '    retroactive: PT48H\n    expires: P1M\n']],
      finds: ['12: `rules[1].expires` cannot be `P1M`'],
    },
    'a share of more than everybody': {
      edits: [
        [
          'require: { approvals: 1, from: [service-board] }\n    retro',
          'require: { approvals: 101%, from: [service-board] }\n    retro',
        ],
      ],
      finds: ['10: `rules[1].require.approvals` cannot be `101%`'],
    },
    'a list of no types': {
      edits: [['guards: commentary', 'guards: []']],
      finds: ['3: `guards` needs at least 1 entry'],
    },
    'a lane of its own': {
      edits: [['guards: commentary', 'guards: commentary\nlane: fast']],
      finds: ['4: `lane` cannot be `fast`'],
    },
    'no rules': {
      edits: [[legal.slice(legal.indexOf('rules')), 'rules: []\n']],
      finds: ['4: `rules` needs at least 1 entry'],
    },
    'a rule without a name': { edits: [['{ name: other, when', '{ when']], finds: ['12: `rules[2].name` is missing'] },
    'a rule that does not say when': { edits: [['when: {}, ', '']], finds: ['12: `rules[2].when` is missing'] },
    'a rule that requires nothing': {
      edits: [['when: {}, require: none', 'when: {}']],
      finds: ['12: `rules[2].require` is missing'],
    },
    'two rules of one name': { edits: [['name: new', 'name: other']], finds: ['12: Two rules are called other'] },
    'a field that the records do not have': {
      edits: [['event: added', 'servce: webshop']],
      finds: ['9: commentary records have no field servce'],
    },
    'a value that a fact never has': {
      edits: [['event: added', 'event: created']],
      finds: ['9: event is never created'],
    },
    'a team in place of a service': {
      edits: [['[webshop, payment]', '[webshop, payments]']],
      finds: ['6: payments is a team, but a service is wanted here'],
    },
    'no value at all': {
      edits: [['event: added', 'event: []']],
      finds: ['9: `rules[1].when.event` needs at least 1 entry'],
    },
    'a team that does not exist': {
      edits: [
        ['{ approvals: 1, from: [service-board] }\n    retro', '{ approvals: 1, from: [service-bord] }\n    retro'],
      ],
      finds: ['10: There is no team service-bord'],
    },
    'a team that does not exist in a part': {
      edits: [['{ approvals: 1, from: [service-owner] }', '{ approvals: 1, from: [service-owners] }']],
      finds: ['7: There is no team service-owners'],
    },
    'approvals of nobody': {
      edits: [['{ approvals: 1, from: [service-board] }\n    retro', '{ approvals: 1, from: [] }\n    retro']],
      finds: ['10: `rules[1].require.from` needs at least 1 entry'],
    },
    'a count of nothing': {
      edits: [
        ['{ approvals: 1, from: [service-board] }\n    retro', '{ approvals: 0, from: [service-board] }\n    retro'],
      ],
      finds: ['10: `rules[1].require.approvals` must be at least 1, but is `0`'],
    },
    'approvals that do not say from whom': {
      edits: [['{ approvals: 1, from: [service-board] }\n    retro', '{ approvals: 1 }\n    retro']],
      finds: ['10: Nothing can meet this requirement: it does not say from whom'],
    },
    'parts and a count in one': {
      edits: [['{ all: [', '{ approvals: 1, all: [']],
      finds: ['7: Nothing can meet this requirement: it names both approvals and all'],
    },
    'all of nothing': {
      edits: [
        ['{ all: [{ approvals: 1, from: [service-owner] }, { approvals: 1, from: [service-board] }] }', '{ all: [] }'],
      ],
      finds: ['7: `rules[0].require.all` needs at least 1 entry'],
    },
    'a word other than none': {
      edits: [['require: none', 'require: nobody']],
      finds: ['12: `rules[2].require` cannot be `nobody`'],
    },
    'an approval of nothing that may follow': {
      edits: [['require: none', 'require: none, retroactive: PT4H']],
      finds: ['12: other requires no approval, so none can follow'],
    },
    'a time to follow in days': {
      edits: [['PT48H', '2 days']],
      finds: ['11: `rules[1].retroactive` is not a duration: `2 days`'],
    },
  },
)
