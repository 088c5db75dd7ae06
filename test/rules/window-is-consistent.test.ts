import { describe } from 'vitest'
import { windowIsConsistent } from '../../src/rules/window-is-consistent.ts'
import { cases } from '../support/cases.ts'

const file = 'records/window/w.yaml'

function once(from: string, to: string): string {
  return `id: w\ntitle: W\nkind: freeze\nfrom: ${from}\nto: ${to}\n`
}

/** A recurring window; `mark` follows the field that is wrong. */
function recurring(fields: { readonly [field: string]: string }): string {
  const all = {
    rule: 'FREQ=WEEKLY;BYDAY=SU',
    timezone: 'Europe/Berlin',
    start: '2026-01-04T02:00',
    duration: 'PT3H',
    ...fields,
  }
  const lines = Object.entries(all).map(([field, value]) => `  ${field}: ${value}\n`)
  return `id: w\ntitle: W\nkind: maintenance\nrecurs:\n${lines.join('')}`
}

function covering(applies: string, more = ''): string {
  return `${once('2026-11-26T18:00:00Z', '2026-12-01T06:00:00Z')}applies_to:\n${applies}${more}`
}

const ci = (id: string, fields: string) => ({
  [`records/ci/${id}.yaml`]: `id: ${id}\ntitle: ${id}\nclass: server\nstate: operational\n${fields}`,
})

describe('windows that say when they are pass', () => {
  cases(windowIsConsistent, {
    'once, over a clock change': { now: { [file]: once('2026-10-24T22:00:00+02:00', '2026-10-25T04:00:00+01:00') } },
    'a week': { now: { [file]: recurring({}) } },
    'the second Tuesday': {
      now: { [file]: recurring({ rule: 'FREQ=MONTHLY;BYDAY=2TU', start: '2026-01-13T02:00' }) },
    },
    'until a day': { now: { [file]: recurring({ rule: 'FREQ=WEEKLY;UNTIL=20301231' }) } },
    'a list of items of the services that it names': {
      now: {
        [file]: covering('  services: [webshop]\n  cis: [web-1]\n  environments: [production]\n'),
        ...ci('web-1', 'services: [webshop]\n'),
      },
    },
    'an unknown item, which another rule tells': { now: { [file]: covering('  services: [a]\n  cis: [gone]\n') } },
  })
})

describe('a window that says nothing is told where', () => {
  cases(windowIsConsistent, {
    'that ends before it begins': {
      now: { [file]: once('2026-12-01T06:00:00Z', '2026-11-26T18:00:00Z # <- w ends before it begins') },
    },
    'without length, in two zones': {
      now: { [file]: once('2026-12-01T06:00:00Z', '2026-12-01T07:00:00+01:00 # <- w has no length') },
    },
    'with an unknown zone': {
      now: { [file]: recurring({ timezone: 'Europe/Berlni # <- Europe/Berlni is no time zone' }) },
    },
    'on a day that does not exist': {
      now: { [file]: recurring({ start: '2026-02-30T02:00 # <- 2026-02-30T02:00 is no date and time that exists' }) },
    },
    'that begins on a day outside its rule': {
      now: { [file]: recurring({ start: '2026-01-05T02:00 # <- The start is no day that the rule names' }) },
    },
    'that lasts no time': {
      now: {
        [file]: recurring({ duration: 'PT0S # <- The duration must be longer than nothing and at most 31 days' }),
      },
    },
    'that lasts a year': {
      now: {
        [file]: recurring({ duration: 'PT8760H # <- The duration must be longer than nothing and at most 31 days' }),
      },
    },
    'whose keys rule each other out': {
      now: {
        [file]: covering(
          '  services: [payment]\n  cis:\n    - web-1 # <- w does not cover web-1, which lies outside of the services or environments that it names\n',
        ),
        ...ci('web-1', 'services: [webshop]\n'),
      },
    },
    'that covers another environment than its item': {
      now: {
        [file]: covering(
          '  environments: [production]\n  cis:\n    - web-9 # <- w does not cover web-9, which lies outside of the services or environments that it names\n',
        ),
        ...ci('web-9', 'environment: staging\n'),
      },
    },
    'that binds only what is always free': {
      now: {
        [file]: covering(
          '  change_types: [emergency] # <- w binds no change: it allows every type that it applies to\n',
        ),
      },
    },
    'that allows all that it binds': {
      now: {
        [file]: covering(
          '  change_types: [normal] # <- w binds no change: it allows every type that it applies to\n',
          'allows: [normal, standard]\n',
        ),
      },
    },
  })
})

describe('a rule that cannot be followed is told why', () => {
  const refused: readonly (readonly [string, string])[] = [
    ['FREQ=SECONDLY', 'A window recurs at most once a day, so FREQ=SECONDLY cannot be part of its rule'],
    ['FREQ=HOURLY;COUNT=999999999', 'A window recurs at most once a day, so FREQ=HOURLY cannot be part of its rule'],
    ['FREQ=DAILY;BYMINUTE=0,1,2', 'A window recurs at most once a day, so BYMINUTE=0,1,2 cannot be part of its rule'],
    ['FREQ=DAILY;COUNT=999999999', 'COUNT cannot be 999999999'],
    ['FREQ=DAILY;INTERVAL=0', 'INTERVAL cannot be 0'],
    ['FREQ=FORTNIGHTLY', 'FREQ cannot be FORTNIGHTLY'],
    ['FREQ=YEARLY;BYMONTH=13', 'BYMONTH cannot be 13'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'BYMONTHDAY cannot be 32'],
    ['FREQ=WEEKLY;BYDAY=XX', 'BYDAY cannot be XX'],
    ['FREQ=WEEKLY;BYDAY=SU;BYDAY=MO', 'The rule says BYDAY twice'],
    ['FREQ=WEEKLY;EVERY=2', 'Recurrence rules have no part EVERY'],
    ['FREQ=WEEKLY;UNTIL=20261332', 'UNTIL cannot be 20261332'],
    ['FREQ=WEEKLY;COUNT=3;UNTIL=20261231', 'COUNT and UNTIL cannot stand in one rule'],
    ['BYDAY=SU', 'The rule does not say how often'],
    [
      'FREQ=WEEKLY;BYDAY=2SU',
      'The rule makes no sense: BYDAY with numeric value MUST NOT be used unless FREQ is MONTHLY or YEARLY',
    ],
    ['FREQ=YEARLY;RSCALE=CHINESE', 'Recurrence rules have no part RSCALE'],
    ['FREQ=YEARLY;__proto__=1', 'Recurrence rules have no part __proto__'],
  ]
  cases(
    windowIsConsistent,
    Object.fromEntries(
      refused.map(([rule, message]) => [rule, { now: { [file]: recurring({ rule: `${rule} # <- ${message}` }) } }]),
    ),
  )
  cases(windowIsConsistent, {
    'on a day that never comes': {
      now: {
        [file]: recurring({
          rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31',
          start: '2026-02-28T02:00 # <- The start is no day that the rule names',
        }),
      },
    },
  })
})
