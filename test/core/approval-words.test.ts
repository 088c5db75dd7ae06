import { describe, expect, test } from 'vitest'
import { type Decision, decide } from '../../src/core/approval/decide.ts'
import type { Demand } from '../../src/core/approval/demand.ts'
import { policyOf } from '../../src/core/approval/policy.ts'
import type { PullRequest, Push, Review } from '../../src/core/approval/pull-request.ts'
import { sightKey } from '../../src/core/approval/seen-commit.ts'
import type { Sight } from '../../src/core/approval/sight.ts'
import { indexRecords } from '../../src/core/facts.ts'
import { parseInstant } from '../../src/core/instant.ts'
import type { Data, RecordDoc } from '../../src/core/record.ts'

const at = (time: string): number => parseInstant(`2026-03-${time}:00Z`) ?? 0
const sha = (letter: string): string => letter.repeat(40)
const doc = (type: string, id: string, data: Data): RecordDoc => ({
  type,
  id,
  file: `${id}.yaml`,
  data: { id, ...data },
})
const members = (...logins: readonly string[]) => ({ members: logins.map((login) => ({ login })) })
const base = indexRecords([
  doc('team', 'cab', members('ada', 'bob', 'carla', 'dmitri')),
  doc('team', 'platform', members('erik', 'ada')),
  doc('team', 'numbered', {
    members: [
      { login: 'numbered', id: 7 },
      { login: 'hana', name: 'Hana Ruiz' },
    ],
  }),
  doc('team', 'crowd', members('m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7', 'm8')),
])

/** What a commit shows, by its letter. */
type Shown = Readonly<Record<string, Data>>

interface Asked {
  readonly require: unknown
  readonly rule?: Data
  readonly reviews?: readonly Review[]
  readonly pushes?: readonly Push[]
  readonly shown?: Shown
  readonly head?: string
  /** What would be merged today, where that is not what the head shows. */
  readonly today?: Data
  readonly item?: Demand['itemApproval']
  readonly owners?: readonly string[]
  /** Letters of commits that ask for nothing. */
  readonly silent?: string
  readonly involved?: Demand['involved']
  readonly more?: Partial<PullRequest>
  readonly now?: number
}

function decided({ require, rule: said = {}, reviews = [], pushes = [], shown = {}, ...rest }: Asked): Decision {
  const {
    head = 'a',
    today,
    item,
    owners = ['platform', 'cab'],
    silent = '',
    involved = [],
    more = {},
    now = at('20T00:00'),
  } = rest
  const policy = policyOf(doc('policy', 'p', { guards: 'change', rules: [{ name: 'r', when: {}, require, ...said }] }))
  const [rule] = policy.rules
  const demand = (letter: string): Demand => ({
    ...{ key: 'change/X', id: 'X', type: 'change', place: { file: 'f', route: [] }, reason: 'born', policy },
    ...{ subject: { rule: rule?.data, ...shown[letter] }, serviceOwners: owners, involved },
    ...(rule && { rule }),
    ...(item && { itemApproval: item }),
  })
  const pull: PullRequest = {
    ...{ number: 1, author: { login: 'kate' }, base: 'main', head: sha(head), committers: [{ login: 'kate' }] },
    ...{ heads: pushes, bases: [], reviews, now, ...more },
  }
  const sights = new Map(
    [...'abcde'].map((letter): [string, Sight] => [
      sightKey(sha(letter), undefined, pull),
      { demands: silent.includes(letter) ? [] : [demand(letter)] },
    ]),
  )
  const asked = demand(head)
  const standing = today ? { ...asked, subject: { rule: rule?.data, ...today } } : asked
  return decide(standing, { pull, sights, base, result: base, now })
}

const approval = (login: string, on = 'a', when = '04T09:00'): Review => ({
  user: { login, program: false },
  state: 'APPROVED',
  commit: sha(on),
  submittedAt: at(when),
})

function told(verdict: Pick<Decision, 'parts'>): readonly string[] {
  return verdict.parts.flatMap((part) => [part.because, ...told(part)])
}

describe('where pushes are not told of', () => {
  const asked = { require: { approvals: 1, from: ['cab'] }, shown: { a: { x: 1 }, b: { x: 2 } } }
  const moves = (...pushes: readonly Push[]) => ({ ...asked, pushes, more: { onlyMoves: true as const } })

  test('a review is taken at its word', () => {
    expect(decided({ ...moves(), reviews: [approval('ada')] }).met).toBe(true)
    expect(told(decided({ ...moves(), reviews: [approval('ada', 'b')] }))).toContain(
      'ada approved bbbbbbb, but since then x changed',
    )
  })

  test.each(['04T08:59', '04T09:00', '04T09:01'])('unless the branch was moved since: %s', (when) => {
    const moved = decided({ ...moves({ sha: sha('0'), since: at(when) }), reviews: [approval('ada')] })
    expect(moved.met).toBe(when === '04T08:59')
    expect(told(moved).some((line) => line.includes('so nobody can say what was seen: approve again'))).toBe(!moved.met)
  })

  test('nothing is approved where nobody knows who pushed it', () => {
    const more = { onlyMoves: true as const, unknownPushers: 'nobody can say who pushed to its fork' }
    const decision = decided({ ...asked, more, reviews: [approval('ada')] })
    expect(decision).toMatchObject({ met: false, because: 'r: nobody can say who pushed to its fork' })
  })
})

describe('who is missing', () => {
  const cab = (approvals: number | string) => ({ require: { approvals, from: ['cab'] } })
  test.each<[string, Asked, string]>([
    ['one of several', cab(1), 'r: waits for 1 approval from cab: ada, bob, carla or dmitri can give it'],
    ['some of several', cab(2), 'r: waits for 2 approvals from cab: 2 of ada, bob, carla and dmitri can give them'],
    ['all of them', cab(4), 'r: waits for 4 approvals from cab: it takes ada, bob, carla and dmitri'],
    [
      'a share',
      cab('majority'),
      'r: waits for approvals from a majority of cab (3 of 4): 3 of ada, bob, carla and dmitri can give them',
    ],
    [
      'the rest',
      { ...cab(2), reviews: [approval('ada')] },
      'r: waits for 2 approvals from cab, 1 of them given by ada: bob, carla or dmitri can give it',
    ],
    ['more than there are', cab(5), 'r: 5 approvals from cab, but only ada, bob, carla and dmitri may give it'],
    [
      'one of very many',
      { require: { approvals: 1, from: ['crowd'] } },
      'r: waits for 1 approval from crowd: m1, m2, m3, m4, m5, m6 or 2 others can give it',
    ],
    [
      'one of a team that is not',
      { require: { approvals: 1, from: ['owner'] } },
      'r: 1 approval from the owner, but there is no such team here',
    ],
    [
      'one of teams that depend on it',
      { require: { approvals: 1, from: ['service-owner'] } },
      'r: waits for 1 approval from the owner of an affected service (platform, cab): erik, ada, bob, carla or dmitri can give it',
    ],
    [
      'one of each',
      { require: { approvals: 1, from: ['each-service-owner'] }, reviews: [approval('erik')] },
      'r: waits for 1 approval from cab: ada, bob, carla or dmitri can give it',
    ],
    [
      'nobody, because no service has an owner',
      { require: { approvals: 1, from: ['each-service-owner'] }, owners: [] },
      'r: nothing can meet it: no affected service has an owner',
    ],
    [
      'either',
      { require: { any: [{ approvals: 2, from: ['platform'] }, { author: ['cab'] }] } },
      'r: waits for 2 approvals from platform: it takes erik and ada, or a pull request by cab, but kate is no member',
    ],
    [
      'nobody, because it cannot be met',
      { require: { approvals: 0, from: ['cab'] } },
      'r: nothing can meet it: approvals is neither a number of people nor a share of them',
    ],
  ])('%s', (_, asked, because) => expect(decided(asked)).toMatchObject({ met: false, because }))

  test('whoever asked for changes, or whose approval is void, can still give it', () => {
    const { because } = decided({
      ...cab(1),
      reviews: [
        { ...approval('ada'), commit: null },
        { ...approval('bob'), state: 'DISMISSED' },
      ],
    })
    expect(because).toBe('r: waits for 1 approval from cab: ada, bob, carla or dmitri can give it')
  })

  test('those who may not give it are told with the reason, and stand nowhere else', () => {
    const decision = decided({
      ...cab(2),
      more: { author: { login: 'ada' }, committers: [{ login: 'bob' }] },
      involved: [{ field: 'requested_by', person: 'Carla' }],
      reviews: [approval('bob')],
    })
    expect(decision.because).toBe('r: 2 approvals from cab, but only dmitri may give it')
    expect(told(decision)).toEqual([
      '2 approvals from cab, but only dmitri may give it',
      'bob approved, but wrote a commit of it',
      'ada, who opened the pull request, may not approve it',
      'carla, who asked for it, may not approve it',
    ])
    const alone = decided({
      ...cab(2),
      more: { heads: ['ada', 'bob', 'carla', 'dmitri'].map((login) => ({ sha: sha('a'), since: 0, by: { login } })) },
    })
    expect(alone.because).toBe('r: 2 approvals from cab, but nobody there may give it')
  })

  test('people whom nobody asked are told once, whatever is asked', () => {
    const both = {
      all: [
        { approvals: 1, from: ['platform'] },
        { approvals: 1, from: ['cab'] },
      ],
    }
    const bot: Review = { ...approval('ada'), user: { login: 'ada', id: 9, program: true } }
    const decision = decided({ require: both, reviews: [approval('erik'), approval('mallory'), bot] })
    expect(told(decision).filter((line) => /mallory|program/.test(line))).toEqual([
      'mallory approved, but is in no team that is asked',
      'ada approved, but is a program (user 9)',
    ])
  })
})

describe('what made an approval stale', () => {
  const require = { approvals: 1, from: ['cab'] }
  const by = { login: 'kate' }
  const pushes: readonly Push[] = [
    { sha: sha('a'), since: at('03T09:00'), by },
    { sha: sha('b'), since: at('05T09:00'), by },
    { sha: sha('c'), since: at('06T09:00') },
  ]
  const stale = (shown: Shown, more: Partial<Asked> = {}) => {
    const [, line] = told(decided({ require, reviews: [approval('ada')], pushes, head: 'c', shown, ...more }))
    return line
  }
  const one = { record: { title: 'One', plan: { end: 1 } } }
  const two = { record: { title: 'Two', plan: { end: 1 } } }

  test.each<[string, Shown, string]>([
    [
      'the first push that changed it',
      { a: one, b: two, c: { record: { title: 'Two', plan: { end: 2 } } } },
      'title and plan.end were changed (bbbbbbb, pushed by kate at 2026-03-05 09:00 UTC)',
    ],
    ['a later one', { a: one, b: one, c: two }, 'title was changed (ccccccc, pushed at 2026-03-06 09:00 UTC)'],
    [
      'what is computed',
      { a: { risk: 'low' }, b: { risk: 'low' }, c: { risk: 'high' } },
      'risk went from low to high (ccccccc, pushed at 2026-03-06 09:00 UTC)',
    ],
    [
      'windows and impact, by name',
      {
        a: { windows: [], impact: ['service/webshop fails'] },
        c: { windows: [{ kind: 'freeze', id: 'year-end' }], impact: [] },
        b: { windows: [], impact: ['service/webshop fails'] },
      },
      'windows: freeze year-end is new, and impact: service/webshop fails is gone (ccccccc, pushed at 2026-03-06 09:00 UTC)',
    ],
    [
      'a conflict that is open again',
      {
        a: { conflicts: [{ kind: 'same_item', id: 'C', open: false }] },
        b: { conflicts: [{ kind: 'same_item', id: 'C', open: true }] },
        c: { conflicts: [{ kind: 'same_item', id: 'C', open: true }] },
      },
      'conflicts changed (bbbbbbb, pushed by kate at 2026-03-05 09:00 UTC)',
    ],
    [
      'a file',
      { a: { content: '1' }, b: { content: '2' }, c: { content: '2' } },
      'the file was changed (bbbbbbb, pushed by kate at 2026-03-05 09:00 UTC)',
    ],
    [
      'a record that is removed',
      { a: one, b: one, c: { record: null } },
      'the record was changed (ccccccc, pushed at 2026-03-06 09:00 UTC)',
    ],
    [
      'very many fields',
      { a: { record: {} }, b: { record: {} }, c: { record: { a: 1, b: 1, c: 1, d: 1, e: 1, f: 1 } } },
      'a, b, c, d and 2 more were changed (ccccccc, pushed at 2026-03-06 09:00 UTC)',
    ],
  ])('%s', (_, shown, what) => {
    expect(stale(shown)).toBe(`ada approved aaaaaaa, but since then ${what}`)
  })

  test('a push that took back what was asked for', () => {
    expect(stale({ a: one, c: two }, { silent: 'b' })).toBe(
      'ada approved aaaaaaa, but since then title was changed (bbbbbbb, pushed by kate at 2026-03-05 09:00 UTC)',
    )
  })

  test('a push in the very second of the approval', () => {
    const reviews = [approval('ada', 'a', '05T09:00')]
    expect(stale({ a: one, b: two, c: two }, { reviews })).toBe(
      'ada approved aaaaaaa, but since then title was changed (bbbbbbb, pushed by kate at 2026-03-05 09:00 UTC)',
    )
  })

  test('the branch that it is for, where no push did', () => {
    const [first] = pushes
    const opened = { pushes: first ? [first] : [], head: 'a' }
    const onMain = 'ada approved aaaaaaa, but since then title was changed (on main)'
    expect(stale({ a: one }, { ...opened, today: two })).toBe(onMain)
    expect(stale({ a: one }, { pushes: [], head: 'a', today: two })).toBe(onMain)
    expect(stale({ a: one, b: one, c: one }, { today: two })).toBe(onMain)
    expect(stale({ a: one, b: one, c: one })).toBe('ada of cab approved')
  })

  test('nobody knows, where no push is known', () => {
    expect(stale({ a: one, c: two }, { pushes: [] })).toBe('ada approved aaaaaaa, but since then title was changed')
    const bases = [{ sha: sha('e'), since: at('01T00:00') }]
    const [, line] = told(decided({ require, reviews: [approval('ada')], more: { bases } }))
    expect(line).toBe('ada approved aaaaaaa, but since then what was seen is not known')
  })

  test('nothing is said of pushes that nobody could look at', () => {
    const lost: Push = { sha: sha('f'), since: at('05T10:00') }
    const [first, , last] = pushes
    const some = [first, lost, last].filter((push) => push !== undefined)
    expect(stale({ a: one, c: two }, { pushes: some })).toBe('ada approved aaaaaaa, but since then title was changed')
  })
})

describe('what holds for a while', () => {
  const asked = { require: { approvals: 1, from: ['cab'] }, rule: { expires: 'P14D' } }

  test('is met up to the second before it runs out, and says until when', () => {
    const until = at('18T09:00')
    const given = { ...asked, reviews: [approval('ada')] }
    expect(decided({ ...given, now: until - 1 })).toMatchObject({
      met: true,
      expires: until,
      because: 'r: 1 approval from cab: ada; holds until 2026-03-18T09:00:00Z',
    })
    const over = decided({ ...given, now: until })
    expect(over).toMatchObject({ met: false })
    expect(over).not.toHaveProperty('expires')
    expect(told(over)).toContain('ada approved at 2026-03-04 09:00 UTC, which held until 2026-03-18 09:00 UTC')
    expect(over.because).toContain('ada, bob, carla or dmitri can give it')
  })

  test('holds as long as enough of the approvals do', () => {
    const reviews = [approval('ada'), approval('bob', 'a', '06T09:00'), approval('carla', 'a', '05T09:00')]
    expect(decided({ ...asked, reviews, now: at('10T00:00') })).toMatchObject({ expires: at('20T09:00') })
    const two = { ...asked, require: { approvals: 2, from: ['cab'] } }
    expect(decided({ ...two, reviews, now: at('10T00:00') })).toMatchObject({ expires: at('19T09:00') })
  })

  test('never runs out where an author is enough', () => {
    const author = {
      require: { any: [{ author: ['cab'] }, { approvals: 1, from: ['cab'] }] },
      rule: { expires: 'P14D' },
    }
    const own = { author: { login: 'bob' }, committers: [{ login: 'bob' }] }
    const decision = decided({ ...author, more: own, reviews: [approval('ada')], now: at('05T00:00') })
    expect(decision).toMatchObject({ met: true })
    expect(decision).not.toHaveProperty('expires')
  })
})

describe('what stands against all of it', () => {
  const asked = { require: { approvals: 1, from: ['cab'] }, reviews: [approval('ada')] }

  test.each<[string, Partial<Asked>, string]>([
    ['an author that nobody knows', { more: { author: null } }, 'nobody knows who opened the pull request'],
    [
      'a commit of nobody',
      { more: { committers: [null] } },
      'nobody knows who wrote one of its commits: its e-mail address belongs to no account',
    ],
    [
      'a head that was not pushed last',
      {
        pushes: [
          { sha: sha('a'), since: 1 },
          { sha: sha('b'), since: 2 },
        ],
      },
      'aaaaaaa is not the commit that was pushed last, bbbbbbb',
    ],
    [
      'a veto',
      { reviews: [approval('ada'), { ...approval('bob'), state: 'CHANGES_REQUESTED' }] },
      'bob asks for changes, and has to approve or see that review dismissed',
    ],
  ])('%s', (_, more, because) => {
    expect(decided({ ...asked, ...more })).toMatchObject({ met: false, because: `r: ${because}` })
  })

  test('not the order of two pushes of one second', () => {
    const pushes = [
      { sha: sha('a'), since: 1 },
      { sha: sha('b'), since: 1 },
    ]
    expect(decided({ ...asked, pushes })).toMatchObject({ met: true })
  })

  test('nothing, where the catalogue asks nobody', () => {
    const item = { require: { approvals: 1, from: ['catalogue-item'] }, more: { author: null } }
    expect(decided({ ...item, item: { kind: 'none' } })).toMatchObject({
      met: true,
      because: 'r: no approval is needed',
    })
    expect(decided({ ...item, more: {} }).because).toContain('there is no catalogue item that could say who agrees')
  })

  test('a veto stops even what may be approved later', () => {
    const later = { ...asked, rule: { retroactive: 'PT48H' } }
    expect(decided({ ...later, reviews: [] })).toMatchObject({ until: at('22T00:00') })
    const veto = decided({ ...later, reviews: [{ ...approval('bob'), state: 'CHANGES_REQUESTED' }] })
    expect(veto).not.toHaveProperty('until')
  })
})

test('a pull request by members alone needs everybody who had a hand in it to be one, and to be known', () => {
  const require = { author: ['cab'] }
  const own = { author: { login: 'ada' }, committers: [{ login: 'bob' }] }
  const pushedBy = (by: Push['by']) => ({
    ...own,
    heads: [{ sha: sha('a'), since: 1, ...(by !== undefined && { by }) }],
  })
  expect(decided({ require, more: own })).toMatchObject({ met: true, because: 'r: a pull request by cab: ada' })
  expect(decided({ require, more: pushedBy({ login: 'carla' }) })).toMatchObject({ met: true })
  expect(decided({ require, more: pushedBy({ login: 'erik' }) }).because).toBe(
    'r: a pull request by cab, but erik is no member',
  )
  expect(decided({ require, more: pushedBy(null) })).toMatchObject({
    met: false,
    because: 'r: a pull request by cab: nobody knows by whom it is',
  })
})

describe('a pull request by whom the record names as its author', () => {
  const require = { author: ['named-author'] }
  const by = (login: string, ...named: readonly string[]) =>
    decided({
      require,
      more: { author: { login }, committers: [{ login }] },
      involved: named.map((person) => ({ field: 'author', person })),
    })

  test('is theirs, by the login or the name', () => {
    expect(by('ada', 'ada')).toMatchObject({
      met: true,
      because: 'r: a pull request by whoever it names as its author: ada',
    })
    expect(by('Ada', '@ada').met).toBe(true)
    expect(by('hana', 'Hana Ruiz').met).toBe(true)
  })

  test("is nobody else's, nor of one who wrote over the words of another", () => {
    expect(by('bob', 'ada').because).toBe(
      'r: a pull request by whoever it names as its author, but bob had a part in it and is not',
    )
    expect(by('bob', 'ada', 'bob').met).toBe(false)
    expect(by('bob').met).toBe(false)
  })

  test('is not of whoever took over a login that the team lists with its number', () => {
    expect(by('numbered', 'numbered').met).toBe(false)
    const more = { author: { login: 'renamed', id: 7 }, committers: [{ login: 'renamed', id: 7 }] }
    expect(decided({ require, more, involved: [{ field: 'author', person: 'numbered' }] }).met).toBe(true)
  })

  test('is never met by an approval', () => {
    const approved = decided({ require: { approvals: 1, from: ['named-author'] }, reviews: [approval('ada')] })
    expect(approved.because).toContain('approves nothing of it')
  })
})

test('a co-author without an account is whoever the teams call so, by login or by name, and does not approve', () => {
  const require = { approvals: 1, from: ['numbered'] }
  const written = (by: string) =>
    decided({ require, reviews: [approval('hana')], more: { author: { login: 'kate' }, committers: [{ login: by }] } })
  expect(written('somebody else').met).toBe(true)
  for (const name of ['Hana Ruiz', 'hana']) {
    expect(written(name)).toMatchObject({ met: false })
    expect(JSON.stringify(written(name))).toContain('hana approved, but wrote a commit of it')
  }
})
