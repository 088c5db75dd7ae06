import { describe, expect, test } from 'vitest'
import { openSchemas } from '../../src/adapters/schema.ts'
import { locate } from '../../src/adapters/yaml/locate.ts'
import { readYaml } from '../../src/adapters/yaml/read.ts'
import { exit } from '../../src/core/exit.ts'
import { Fault } from '../../src/core/fault.ts'
import { routeText } from '../../src/core/place.ts'
import type { Data } from '../../src/core/record.ts'
import { shipped, shippedRecords } from '../support/shipped.ts'

const incident: Data = {
  id: 'INC-20261121-K7QX',
  title: 'Checkout is slow',
  state: 'in_progress',
  service: 'webshop',
  impact: 'high',
  urgency: 'medium',
  reporter: 'ada',
  opened_at: '2026-11-21T08:15:00Z',
}

const calendar: Data = { id: 'office', title: 'Office', timezone: 'Europe/Berlin', hours: { mon: ['08:00-12:00'] } }

const sla: Data = {
  id: 'gold',
  title: 'Gold',
  kind: 'sla',
  state: 'active',
  applies_to: { type: 'incident' },
  order: 10,
  targets: { response: { stop: ['resolved'], target: 'PT4H' } },
}

const response = (target: Data): Data => ({
  ...sla,
  targets: { response: { stop: ['resolved'], target: 'PT4H', ...target } },
})

/** What a schema says, one line each: place, message, hint. */
function said(type: string, data: unknown): readonly string[] {
  return shipped
    .schemaDiagnostics(type, 'record.yaml', data)
    .map(
      ({ place, message, hint }) =>
        `${routeText(place.route)}${place.at === 'key' ? ' (key)' : ''} | ${message} | ${hint}`,
    )
}

/** What a schema made by a test says of some data. */
function saidBy(schema: Data, data: unknown): readonly string[] {
  const schemas = openSchemas(new Map([['schemas/x/schema.json', schema]]))
  return schemas.diagnose('schemas/x/schema.json', 'x.yaml', data).map(({ message, hint }) => `${message} | ${hint}`)
}

describe('a good record', () => {
  test.each([
    ['incident', incident],
    ['incident', { ...incident, id: 'INC0000045', cis: [], log: [] }],
    ['incident', { ...incident, opened_at: '2026-11-21T09:15:00.250+01:00' }],
    ['calendar', { ...calendar, hours: { 'mon-fri': ['00:00-24:00'], sun: [] }, holidays: ['2028-02-29'] }],
    ['calendar', { ...calendar, timezone: 'UTC', holidays: [{ date: '2026-12-24', hours: ['08:00-12:00'] }] }],
    ['sla', response({ target: { P1: 'PT15M', default: 'PT1H30M' }, calendar: 'always', while: { team: ['a'] } })],
    ['team', { id: 'a', title: 'A', members: [{ login: 'dependabot[bot]', id: 49699333 }] }],
    ['ci', { id: 'a', title: 'A', class: 'server', state: 'planned', attributes: { cores: 8, spare: true } }],
  ])('of the type %s is passed in silence', (type, data) => {
    expect(said(type, data)).toEqual([])
  })
})

describe('a mistake is told with its place and what would be right', () => {
  test.each<[string, string, unknown, readonly string[]]>([
    [
      'a misspelt field',
      'incident',
      { ...incident, asignee: 'bob' },
      ['asignee (key) | `asignee` is not a known field | Did you mean `assignee`?'],
    ],
    [
      'a misspelt field that is required: told once',
      'service',
      { id: 'a', title: 'A', owner: 'b', teir: 1, state: 'operational' },
      ['teir (key) | `teir` is not a known field | Did you mean `tier`?'],
    ],
    [
      'a misspelt field beside the right one',
      'service',
      { id: 'a', title: 'A', owner: 'b', tier: 1, teir: 1, state: 'operational' },
      ['teir (key) | `teir` is not a known field | Did you mean `tier`?'],
    ],
    [
      'an invented field inside a list',
      'incident',
      { ...incident, log: [{ at: '2026-11-21T08:20:00Z', by: 'bob', mood: 'calm' }] },
      [
        'log[0].mood (key) | `log[0].mood` is not a known field | Known fields: `at`, `by`, `state`, `hold_reason`, `note`, `ratifies`',
      ],
    ],
    [
      'a missing field',
      'incident',
      { ...incident, log: [{ at: '2026-11-21T08:20:00Z' }] },
      ['log[0] | `log[0].by` is missing | Who did or noted it.'],
    ],
    [
      'a field that another one calls for',
      'incident',
      { ...incident, state: 'cancelled', cancel_reason: 'duplicate' },
      [' | `duplicate_of` is missing | The incident that this one repeats.'],
    ],
    [
      'a value that is not in the list, close to one that is',
      'incident',
      { ...incident, urgency: 'mediun' },
      ['urgency | `urgency` cannot be `mediun` | Did you mean `medium`? Allowed: `medium`, `high`, `low`'],
    ],
    [
      'a value that is not in the list',
      'incident',
      { ...incident, urgency: 'yesterday' },
      ['urgency | `urgency` cannot be `yesterday` | Allowed: `high`, `medium`, `low`'],
    ],
    [
      'a state of the log that does not exist: told once',
      'incident',
      { ...incident, log: [{ at: '2026-11-21T08:20:00Z', by: 'bob', state: 'In Progress' }] },
      [
        'log[0].state | `log[0].state` cannot be `In Progress` | Did you mean `in_progress`? Allowed: `in_progress`, `new`, `on_hold`, `resolved`, `closed`, `cancelled`',
      ],
    ],
    [
      'a list where a single value belongs',
      'incident',
      { ...incident, urgency: ['high'] },
      ['urgency | `urgency` must be one of the values below, but is a list | Allowed: `high`, `medium`, `low`'],
    ],
    [
      'a text where a list belongs',
      'incident',
      { ...incident, cis: 'web-1' },
      ['cis | `cis` must be a list, but is a text | Write it as a list: [web-1]'],
    ],
    [
      'a number where a text belongs',
      'incident',
      { ...incident, title: 404 },
      ['title | `title` must be a text, but is a number | Put it in quotes: "404"'],
    ],
    [
      'a number that quotes would not cure',
      'sla',
      response({ target: 240 }),
      [
        'targets.response.target | `targets.response.target` must be a text or a mapping of fields, but is a number | How long the clock may run in opening hours: one duration, or one by priority with a `default`.',
      ],
    ],
    [
      'true where a text belongs',
      'incident',
      { ...incident, reporter: true },
      ['reporter | `reporter` must be a text, but is true or false | Put it in quotes: "true"'],
    ],
    [
      'a quoted number where a number belongs',
      'incident',
      { ...incident, satisfaction: '4' },
      ['satisfaction | `satisfaction` must be a whole number, but is a text | Write it without quotes'],
    ],
    [
      'a fraction where a whole number belongs',
      'incident',
      { ...incident, satisfaction: 4.5 },
      [
        'satisfaction | `satisfaction` must be a whole number, but is `4.5` | What the reporter thought of the help: 1 (very poor) to 5 (very good).',
      ],
    ],
    [
      'an empty field',
      'incident',
      { ...incident, team: null },
      [
        'team | `team` must be a text, but is empty | The team that works on it: the id of a record in `records/team/`. Needed as soon as the work begins.',
      ],
    ],
    [
      'a list as the whole document',
      'team',
      ['ada'],
      [
        ' | the document must be a mapping of fields, but is a list | Write one field a line, first of all `id`, `title`, `members`',
      ],
    ],
    [
      'an empty document',
      'team',
      null,
      [
        ' | the document must be a mapping of fields, but is empty | Write one field a line, first of all `id`, `title`, `members`',
      ],
    ],
    [
      'an instant without a zone',
      'incident',
      { ...incident, opened_at: '2026-11-21T08:15:00' },
      [
        'opened_at | `opened_at` has no zone: `2026-11-21T08:15:00` | Write `2026-11-21T08:15:00Z` if it is UTC, else the offset, such as `2026-11-21T08:15:00+01:00`',
      ],
    ],
    [
      'a date where an instant belongs',
      'incident',
      { ...incident, opened_at: '2026-11-21' },
      ['opened_at | `opened_at` needs a time of day and a zone: `2026-11-21` | Add both: `2026-11-21T00:00:00Z`'],
    ],
    [
      'an instant with a blank and without seconds',
      'incident',
      { ...incident, opened_at: '2026-11-21 8:15 +0100' },
      ['opened_at | `opened_at` is not an instant: `2026-11-21 8:15 +0100` | Write `2026-11-21T08:15:00+01:00`'],
    ],
    [
      'an instant on a day that does not exist',
      'incident',
      { ...incident, opened_at: '2026-02-30T08:15:00Z' },
      ['opened_at | `opened_at` names a date that does not exist: `2026-02-30T08:15:00Z` | 2026-02 has 28 days'],
    ],
    [
      'words where an instant belongs',
      'incident',
      { ...incident, opened_at: 'yesterday' },
      [
        'opened_at | `opened_at` is not an instant: `yesterday` | Write date, time with seconds, and zone: `2026-11-21T08:15:00Z` or `2026-11-21T09:15:00+01:00`',
      ],
    ],
    [
      'an hour that does not exist',
      'incident',
      { ...incident, opened_at: '2026-11-21T25:15:00Z' },
      [
        'opened_at | `opened_at` is not an instant: `2026-11-21T25:15:00Z` | Write date, time with seconds, and zone: `2026-11-21T08:15:00Z` or `2026-11-21T09:15:00+01:00`',
      ],
    ],
    [
      'dates that do not exist or are written in another way',
      'calendar',
      { ...calendar, holidays: ['2026-02-30', '2026-13-01', '24.12.2026', '2026/1/6', 'Easter'] },
      [
        'holidays[0] | `holidays[0]` names a date that does not exist: `2026-02-30` | 2026-02 has 28 days',
        'holidays[1] | `holidays[1]` names a date that does not exist: `2026-13-01` | Months go from 01 to 12',
        'holidays[2] | `holidays[2]` is not a date: `24.12.2026` | Write `2026-12-24`',
        'holidays[3] | `holidays[3]` is not a date: `2026/1/6` | Write `2026-01-06`',
        'holidays[4] | `holidays[4]` is not a date: `Easter` | Write year, month and day: `2026-12-24`',
      ],
    ],
    [
      'a holiday without a day, and one with too many',
      'calendar',
      { ...calendar, holidays: [{ title: 'Easter' }, { date: '2026-01-01', from: '2026-01-01', to: '2026-01-02' }] },
      [
        'holidays[0] | `holidays[0]` must have `date`, or `from` and `to` | A date on which nothing is open, `{ date, title, hours }`, or `{ from, to, title }`.',
        'holidays[1] | `holidays[1]` must have `date`, or `from` and `to`, but not both | A date on which nothing is open, `{ date, title, hours }`, or `{ from, to, title }`.',
      ],
    ],
    [
      'a misspelt zone',
      'calendar',
      { ...calendar, timezone: 'Europe/Berln' },
      ['timezone | `timezone` is not a known time zone: `Europe/Berln` | Did you mean `Europe/Berlin`?'],
    ],
    [
      'a city in place of a zone',
      'calendar',
      { ...calendar, timezone: 'New York' },
      ['timezone | `timezone` is not a known time zone: `New York` | Did you mean `America/New_York`?'],
    ],
    [
      'an offset in place of a zone',
      'calendar',
      { ...calendar, timezone: '+01:00' },
      [
        'timezone | `timezone` is not a known time zone: `+01:00` | Use a name of the IANA database, such as `Europe/Berlin` or `UTC`',
      ],
    ],
    [
      'a day that is no weekday',
      'calendar',
      { ...calendar, hours: { monday: ['08:00-12:00'] } },
      [
        'hours.monday (key) | `hours` cannot have a field `monday` | It must be a weekday or a span of weekdays: `mon`, `mon-fri`',
      ],
    ],
    [
      'hours in another form',
      'calendar',
      { ...calendar, hours: { mon: ['8-12'] } },
      [
        'hours.mon[0] | `hours.mon[0]` cannot be `8-12` | It must be two times of day with two digits each: "08:00-13:00"; 24:00 may be the end',
      ],
    ],
    [
      'an id that is taken',
      'calendar',
      { ...calendar, id: 'always' },
      [
        "id | `id` cannot be `always` | Identity of the calendar, equal to the file's name without `.yaml`. `always` is built in: around the clock.",
      ],
    ],
    [
      'durations in other forms',
      'sla',
      response({ target: { P1: '4h', P2: 'P1D', P3: '90 min', default: 'long' } }),
      [
        'targets.response.target.P1 | `targets.response.target.P1` is not a duration: `4h` | Write `PT4H`',
        'targets.response.target.P2 | `targets.response.target.P2` is not a duration: `P1D` | Days are not accepted, because their length depends on the calendar. Write hours and minutes: `PT30M`, `PT8H`, `PT1H30M`',
        'targets.response.target.P3 | `targets.response.target.P3` is not a duration: `90 min` | Write `PT90M`',
        'targets.response.target.default | `targets.response.target.default` is not a duration: `long` | Write hours and minutes: `PT30M`, `PT8H`, `PT1H30M`',
      ],
    ],
    [
      'an id of another form',
      'incident',
      { ...incident, service: 'Web Shop' },
      [
        'service | `service` cannot be `Web Shop` | It must be lower-case letters, digits and single dashes between them: `berlin-office`',
      ],
    ],
    [
      'a number out of range',
      'service',
      { id: 'a', title: 'A', owner: 'b', tier: 5, state: 'operational' },
      [
        'tier | `tier` must be at most 4, but is `5` | How much depends on it: 1 (the business stops without it), 2 (it loses money), 3 (work becomes harder), 4 (it can wait).',
      ],
    ],
    [
      'a bound that is excluded',
      'sla',
      { ...sla, objective: 0 },
      ['objective | `objective` must be more than 0, but is `0` | Percent of clocks that must be met in each period.'],
    ],
    [
      'a list that must not be empty',
      'sla',
      response({ stop: [] }),
      [
        'targets.response.stop | `targets.response.stop` needs at least 1 entry | States whose first entry ends the clock.',
      ],
    ],
    [
      'a mapping that must not be empty',
      'sla',
      { ...sla, targets: {} },
      ['targets | `targets` needs at least 1 field | The clocks by name, as `response` and `resolution`.'],
    ],
    [
      'an entry that is listed twice',
      'incident',
      { ...incident, cis: ['web-1', 'web-2', 'web-1'] },
      ['cis[2] | `cis` lists `web-1` twice | Leave one of them out'],
    ],
    [
      'a text that is too long',
      'incident',
      { ...incident, title: 'x'.repeat(251) },
      [
        'title | `title` is too long: 251 characters, at most 250 fit | What is wrong, as the people concerned notice it, in one line.',
      ],
    ],
    [
      'control characters, shown and not passed on',
      'incident',
      { ...incident, 'sta\u0007te': 'new', service: 'a\u202eb' },
      [
        'sta\u0007te (key) | `sta\\u0007te` is not a known field | Did you mean `state`?',
        'service | `service` cannot be `a\\u202Eb` | It must be lower-case letters, digits and single dashes between them: `berlin-office`',
      ],
    ],
  ])('%s', (_, type, data, lines) => {
    expect(said(type, data)).toEqual(lines)
  })

  test('several mistakes are all told', () => {
    const { title, ...untitled } = incident
    expect(title).toBeDefined()
    expect(said('incident', { ...untitled, impact: 'huge', tag: 1 })).toHaveLength(3)
  })

  test('after a hundred mistakes the rest is counted', () => {
    const many = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`field_${index}`, index]))
    const lines = said('incident', { ...incident, ...many })
    expect(lines).toHaveLength(101)
    expect(lines.at(-1)).toContain('150 further mistakes are left out')
  })

  test('places are found in the text: the name of an unknown field, the value of a wrong one', () => {
    const text = 'id: a\ntitle: 7\nmembers:\n  - login: ada\n    nmae: Ada\n'
    const { data } = readYaml('records/team/a.yaml', new TextEncoder().encode(text))
    const places = shipped.schemaDiagnostics('team', 'records/team/a.yaml', data).map(({ place }) => place)
    expect(locate(text, places).map(({ line, column, endColumn }) => [line, column, endColumn])).toEqual([
      [2, 8, 9],
      [5, 5, 9],
    ])
  })
})

describe('the schema of an organisation of its own', () => {
  test('a choice between forms is one sentence', () => {
    const schema = {
      properties: { size: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] } },
    }
    expect(saidBy(schema, { size: 3 })).toEqual(['`size` must be a text or a list | undefined'])
    expect(saidBy(schema, { size: ['a', 'b'] })).toEqual([])
  })

  test('a value that clearly means one form is told what that form misses', () => {
    const schema = {
      properties: { size: { anyOf: [{ $ref: '#/$defs/sizes' }, { type: 'string' }] } },
      $defs: { sizes: { type: 'array', items: { type: 'integer', description: 'Centimetres.' } } },
    }
    expect(saidBy(schema, { size: [1, 'two'] })).toEqual([
      '`size[1]` must be a whole number, but is a text | Centimetres.',
    ])
  })

  test('a form that a constant names is the one that is meant', () => {
    const form = (kind: string, field: string): Data => ({
      type: 'object',
      properties: { kind: { const: kind }, [field]: { type: 'string', description: `The ${field}.` } },
      required: ['kind', field],
    })
    const schema = { oneOf: [form('car', 'plate'), form('bike', 'frame')] }
    expect(saidBy(schema, { kind: 'bike' })).toEqual(['`frame` is missing | The frame.'])
  })

  test('a field that calls for another is named with it', () => {
    expect(saidBy({ dependentRequired: { from: ['to'] } }, { from: 1 })).toEqual([
      '`to` is missing: it belongs to `from` | undefined',
    ])
  })

  test('a keyword without words of its own is told in those of the validator', () => {
    expect(saidBy({ properties: { a: { contains: { const: 1 } } } }, { a: [2] })).toEqual([
      '`a[0]` cannot be `2` | Allowed: `1`',
      '`a` must contain at least 1 valid item(s) | undefined',
    ])
  })

  test('annotations for editors and extensions are no mistakes', () => {
    const schema = {
      'x-owner': 'a',
      properties: { a: { markdownDescription: '*a*', 'x-prefix': 3, defaultSnippets: [] } },
    }
    expect(saidBy(schema, { a: 1 })).toEqual([])
  })

  test.each<[string, Data]>([
    ['a misspelt keyword', { requird: ['a'] }],
    ['a type that does not exist', { properties: { a: { type: 'txt' } } }],
    ['a format that does not exist', { properties: { a: { type: 'string', format: 'dates' } } }],
    ['a reference to another host', { properties: { a: { $ref: 'https://schemas.invalid/a.json' } } }],
    ['a reference that leads nowhere', { properties: { a: { $ref: '#/$defs/a' } } }],
    ['a pattern that cannot be read', { properties: { a: { pattern: '(' } } }],
    ['another draft', { $schema: 'http://json-schema.org/draft-07/schema#' }],
    ['asynchronous validation', { $async: true }],
  ])('%s is a fault of the configuration', (_, schema) => {
    expect(() => saidBy(schema, { a: 'x' })).toThrow(Fault)
    expect(() => saidBy(schema, { a: 'x' })).toThrow(/^schemas\/x\/schema\.json is not a usable JSON Schema: ./)
  })

  test('a wrong value of a keyword is found when schemas are proven', () => {
    const schemas = openSchemas(new Map([['schemas/x/schema.json', { properties: { a: { minLength: -1 } } }]]))
    expect(() => schemas.prove()).toThrow(Fault)
  })

  test.each([
    ['^(a|a)*$'],
    ['^(a+)+$'],
    ['^(a|aa)+$'],
    ['^(?:a|ab?)*$'],
    ['^(a*)*$'],
    [`^${'a?'.repeat(40)}${'a'.repeat(40)}!!$`],
    [`^${'(a|a)'.repeat(40)}!!$`],
    ['^(\\w?[a-z])*$'],
    ['^(.?[a-z])*$'],
    ['^(a?[a-z])*$'],
    ['^a*a*a*a*a*a*$'],
  ])('the pattern %s cannot keep the check busy', (pattern) => {
    const found = saidBy({ properties: { a: { pattern } } }, { a: `${'a'.repeat(5000)}!` })
    expect(found).toEqual([expect.stringMatching(/^`a` cannot be `aaa/)])
  })

  test('a pattern that refers back is stopped when it takes too long', () => {
    const schema = { properties: { a: { pattern: '^(?:(a+)\\1?)+$' } } }
    const attempt = (): readonly string[] => saidBy(schema, { a: `${'a'.repeat(5000)}!` })
    expect(attempt).toThrow(
      expect.objectContaining({ code: exit.usage, message: expect.stringContaining('takes too long on some texts') }),
    )
  })

  test('a costly pattern still judges texts that are no attack', () => {
    const schema = { properties: { a: { pattern: '^(ab+)+$' } } }
    expect(saidBy(schema, { a: 'abbabbbabbbb' })).toEqual([])
    expect(saidBy(schema, { a: 'abbabbbabbbc' })).toEqual(['`a` cannot be `abbabbbabbbc` | undefined'])
  })
})

test.each([...shipped.rulebook.types.keys()])('no text, however hostile, keeps the schema of %s busy', (type) => {
  const hostile = ['a', 'A-', 'a-', '9', ' ', '08:00-', 'on_hold:', '\u0000', 'PT1H', '2026-'].map(
    (part) => `${part.repeat(Math.floor(65_000 / part.length))}!`,
  )
  for (const { data } of shippedRecords().ofType(type)) {
    for (const text of hostile) {
      const poisoned = poison(data, text)
      expect(shipped.schemaDiagnostics(type, 'x.yaml', poisoned).length).toBeGreaterThan(0)
    }
    break
  }
})

/** A value with every text in it replaced. */
function poison(value: unknown, text: string): unknown {
  if (typeof value === 'string') return text
  if (Array.isArray(value)) return value.map((item) => poison(item, text))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, poison(inner, text)]))
}
