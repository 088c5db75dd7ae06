import { describe, expect, test } from 'vitest'
import { type GivenReview, gate, proposed, pullFile, userOf } from '../support/approval-world.ts'
import type { TestRepo } from '../support/repo.ts'
import { shippedText } from '../support/shipped.ts'

const item = 'records/ci/web-1.yaml'
const edited = (criticality: string) => shippedText(item).replace(/criticality: .*/, `criticality: ${criticality}`)
const proposal = () => proposed({ [item]: edited('low') })

const [early, pushed, later] = ['2026-03-04T09:00:00Z', '2026-03-05T09:00:00Z', '2026-03-06T09:00:00Z']

async function decided(repo: TestRepo, head: string, reviews: readonly GivenReview[], more = {}) {
  const told = await gate(repo, { base: 'main', pull: pullFile(repo, head, reviews, more) })
  const reasons = told.approvals.flatMap((each) => [each.because, ...each.parts.flatMap(allReasons)]).join('\n')
  return { ...told, reasons }
}

function allReasons({ because, parts }: { because: string; parts: readonly never[] | readonly object[] }): string[] {
  return [because, ...(parts as readonly Parameters<typeof allReasons>[0][]).flatMap(allReasons)]
}

describe('an approval that a policy asks for', () => {
  test('is missing, which only delays, as long as no reviews are known', async () => {
    const { repo } = proposal()
    const told = await gate(repo, { base: 'main', head: 'topic' })
    expect(told).toMatchObject({ code: 0, verdict: 'pending', diagnostics: [{ rule: 'approval-given', file: item }] })
    expect(told.approvals).toMatchObject([{ id: 'web-1', policy: 'ci-ownership', met: false, until: null }])
    expect(told.approvals[0]?.because).toContain('dmitri, erik, fatima, hugo or lena can give it')
  })

  test('stops the change when reviews are known and it is not among them', async () => {
    const { repo, head } = proposal()
    expect(await decided(repo, head, [])).toMatchObject({ code: 1, verdict: 'pending' })
  })

  test('is met by a member of the owning team', async () => {
    const { repo, head } = proposal()
    const told = await decided(repo, head, [{ by: 'dmitri', on: head, at: early }])
    expect(told).toMatchObject({ code: 0, verdict: 'pass', diagnostics: [] })
    expect(told.approvals).toMatchObject([
      { met: true, parts: [{ met: true, parts: [{ because: 'dmitri of platform approved' }] }] },
    ])
  })

  test('is asked for each record and each file that needs one', async () => {
    const service = 'records/service/webshop.yaml'
    const { repo, head } = proposed({
      [item]: edited('low'),
      [service]: shippedText(service).replace(/^title: .*/m, 'title: Shop'),
      'schemas/ci/lifecycle.yaml': `${shippedText('schemas/ci/lifecycle.yaml')}# changed\n`,
      'docs/notes.md': 'no rule judges by this',
    })
    const told = await decided(repo, head, [{ by: 'lena', on: head, at: early }])
    expect(told).toMatchObject({ code: 1, verdict: 'pending' })
    expect(told.approvals.map(({ id, policy, met }) => [id, policy, met])).toEqual([
      ['web-1', 'ci-ownership', true],
      ['webshop', 'service-ownership', false],
      ['schemas/ci/lifecycle.yaml', 'governance', false],
    ])
  })

  test('is not asked for what no policy guards', async () => {
    const { repo } = proposed({ 'docs/notes.md': 'words' })
    expect(await gate(repo, { base: 'main', head: 'topic' })).toMatchObject({ verdict: 'pass', approvals: [] })
  })

  test.each([
    ['whoever opened the pull request', { author: userOf('dmitri') }, 'dmitri approved, but opened the pull request'],
    ['whoever wrote a commit of it', { committers: [userOf('dmitri')] }, 'dmitri approved, but wrote a commit of it'],
    [
      'the author under another login',
      { author: { login: 'old', id: userOf('dmitri').id } },
      'but opened the pull request',
    ],
    ['anybody while the author is unknown', { author: null }, 'nobody knows who opened the pull request'],
    ['anybody while a commit is from nobody', { committers: [null] }, 'nobody knows who wrote one of its commits'],
  ])('cannot be given by %s', async (_, more, because) => {
    const { repo, head } = proposal()
    const told = await decided(repo, head, [{ by: 'dmitri', on: head, at: early }], more)
    expect(told).toMatchObject({ code: 1, verdict: 'pending' })
    expect(told.reasons).toContain(because)
  })

  test.each([
    [
      'a login that is in no team',
      { login: 'mallory', id: 666, type: 'User' },
      'is in no team that is asked (user 666)',
    ],
    ['a program', { login: 'dmitri[bot]', id: 7, type: 'Bot' }, 'is a program'],
    ['a program under the login of a member', { login: 'dmitri', id: 7, type: 'Bot' }, 'is a program'],
  ])('does not come from %s', async (_, user, because) => {
    const { repo, head } = proposal()
    const review = { user, state: 'APPROVED', commit_id: head, submitted_at: early }
    const told = await decided(repo, head, [], { reviews: [review] })
    expect(told).toMatchObject({ code: 1, verdict: 'pending' })
    expect(told.reasons).toContain(because)
  })

  test('follows the numeric id of a member, not a login that somebody else took over', async () => {
    const { repo } = proposal()
    const team = 'records/team/platform.yaml'
    repo.commit({
      at: '2026-03-02T00:00:00Z',
      write: { [team]: shippedText(team).replace('login: dmitri,', 'login: dmitri, id: 5128844,') },
    })
    const head = repo.git(['rev-parse', 'topic'])
    const by = (login: string, id: number) => ({
      user: { login, id },
      state: 'APPROVED',
      commit_id: head,
      submitted_at: early,
    })
    expect(await decided(repo, head, [], { reviews: [by('dmitri', 9)] })).toMatchObject({ verdict: 'pending' })
    expect(await decided(repo, head, [], { reviews: [by('renamed', 5128844)] })).toMatchObject({ verdict: 'pass' })
  })

  test.each<[string, readonly (readonly [string, string])[], string]>([
    [
      'a comment after it changes nothing',
      [
        ['APPROVED', early],
        ['COMMENTED', later],
      ],
      'pass',
    ],
    [
      'a pending review changes nothing',
      [
        ['APPROVED', early],
        ['PENDING', later],
      ],
      'pass',
    ],
    ['a dismissed approval is none', [['DISMISSED', early]], 'pending'],
    [
      'a dismissal after it takes it away',
      [
        ['APPROVED', early],
        ['DISMISSED', later],
      ],
      'pending',
    ],
    ['a comment alone is none', [['COMMENTED', early]], 'pending'],
    [
      'asking for changes after it takes it away',
      [
        ['APPROVED', early],
        ['CHANGES_REQUESTED', later],
      ],
      'pending',
    ],
    [
      'approving after asking for changes counts',
      [
        ['CHANGES_REQUESTED', early],
        ['approved', later],
      ],
      'pass',
    ],
    [
      'the order in the list does not matter',
      [
        ['APPROVED', later],
        ['CHANGES_REQUESTED', early],
      ],
      'pass',
    ],
  ])('is the last decisive word of somebody: %s', async (_, words, verdict) => {
    const { repo, head } = proposal()
    const reviews = words.map(([state, at]) => ({ by: 'dmitri', state, on: head, at }))
    expect(await decided(repo, head, reviews)).toMatchObject({ verdict })
  })

  test('is blocked while another member of a named team asks for changes', async () => {
    const { repo, head } = proposal()
    const approved = { by: 'dmitri', on: head, at: early }
    const told = await decided(repo, head, [approved, { by: 'erik', state: 'CHANGES_REQUESTED', on: head, at: early }])
    expect(told).toMatchObject({ code: 1, verdict: 'pending' })
    expect(told.reasons).toContain('erik asks for changes')
    const outsider = await decided(repo, head, [
      approved,
      { by: 'ada', state: 'CHANGES_REQUESTED', on: head, at: early },
    ])
    expect(outsider).toMatchObject({ verdict: 'pass' })
    const gone = await decided(repo, head, [approved, { by: null, state: 'CHANGES_REQUESTED', on: head, at: early }])
    expect(gone.reasons).toContain('an account that is gone asks for changes')
    expect(await decided(repo, head, [{ by: null, on: head, at: early }])).toMatchObject({ verdict: 'pending' })
  })
})

describe('what was seen is what is approved', () => {
  test('a push that changes the record voids the approval and names the field', async () => {
    const { repo, head: seen } = proposal()
    repo.git(['checkout', '--quiet', 'topic'])
    const head = repo.commit({ at: '2026-03-05T09:00:00Z', by: 'kate', write: { [item]: edited('medium') } })
    const heads = [
      { sha: seen, since: '2026-03-03T09:00:00Z' },
      { sha: head, since: pushed },
    ]
    const told = await decided(repo, head, [{ by: 'dmitri', on: seen, at: early }], { heads })
    expect(told).toMatchObject({ code: 1, verdict: 'pending' })
    expect(told.reasons).toContain(`dmitri approved ${seen.slice(0, 7)}, but since then criticality was changed`)
    expect(await decided(repo, head, [{ by: 'dmitri', on: head, at: later }], { heads })).toMatchObject({
      verdict: 'pass',
    })
  })

  test('a review that GitHub moved to a newer head counts for the commit that was pushed before it', async () => {
    const { repo, head: seen } = proposal()
    repo.git(['checkout', '--quiet', 'topic'])
    const head = repo.commit({ at: '2026-03-03T09:30:00Z', by: 'kate', write: { [item]: edited('medium') } })
    const heads = [
      { sha: seen, since: '2026-03-03T09:00:00Z' },
      { sha: head, since: pushed },
    ]
    const told = await decided(repo, head, [{ by: 'dmitri', on: head, at: early }], { heads })
    expect(told).toMatchObject({ verdict: 'pending' })
    expect(told.reasons).toContain('criticality was changed')
    const unseen = await decided(repo, head, [{ by: 'dmitri', on: head, at: early }], { heads: heads.slice(1) })
    expect(unseen.reasons).toContain('it names a commit that was pushed only after it')
  })

  test('a page that was open while somebody pushed shows what it showed', async () => {
    const { repo, head: seen } = proposal()
    repo.git(['checkout', '--quiet', 'topic'])
    const head = repo.commit({ at: '2026-03-03T09:30:00Z', by: 'kate', write: { [item]: edited('medium') } })
    const heads = [
      { sha: seen, since: '2026-03-03T09:00:00Z' },
      { sha: head, since: pushed },
    ]
    expect(await decided(repo, head, [{ by: 'dmitri', on: seen, at: later }], { heads })).toMatchObject({
      verdict: 'pending',
    })
  })

  test('a push or an update from the base that leaves all as it was keeps the approval', async () => {
    const { repo, head: seen } = proposal()
    repo.commit({ at: '2026-03-04T10:00:00Z', write: { 'docs/other.md': 'elsewhere' } })
    repo.git(['checkout', '--quiet', 'topic'])
    repo.git(['merge', '--quiet', '--no-edit', 'main'], '2026-03-04T11:00:00Z', 'kate')
    const head = repo.commit({
      at: '2026-03-05T09:00:00Z',
      by: 'kate',
      write: { [item]: `${edited('low')}# a remark\n` },
    })
    const told = await decided(repo, head, [{ by: 'dmitri', on: seen, at: early }])
    expect(told).toMatchObject({ code: 0, verdict: 'pass' })
  })

  test('a base that moves on without touching it keeps the approval', async () => {
    const { repo, head } = proposal()
    repo.commit({
      at: '2026-03-05T10:00:00Z',
      write: {
        'records/ci/web-2.yaml': shippedText('records/ci/web-2.yaml').replace('Web server 2', 'Second web server'),
      },
    })
    expect(await decided(repo, head, [{ by: 'dmitri', on: head, at: early }])).toMatchObject({ verdict: 'pass' })
  })

  test('a base whose policy asks for more voids what was approved under the old one, until it is seen again', async () => {
    const { repo, head } = proposal()
    const policy = 'records/policy/ci-ownership.yaml'
    const base = repo.commit({
      at: pushed,
      write: { [policy]: shippedText(policy).replaceAll('approvals: 1', 'approvals: 2') },
    })
    const reviews = [
      { by: 'dmitri', on: head, at: early },
      { by: 'erik', on: head, at: later },
    ]
    const told = await decided(repo, head, reviews)
    expect(told).toMatchObject({ verdict: 'pending' })
    expect(told.reasons).toContain('the rule every edit was changed')
    const again = [
      { by: 'dmitri', on: head, at: later },
      { by: 'erik', on: head, at: later },
    ]
    expect(await decided(repo, head, again, { bases: [{ sha: base, since: pushed }] })).toMatchObject({
      verdict: 'pass',
    })
  })

  test('a base that writes another field of the record voids the approval', async () => {
    const { repo, head } = proposal()
    repo.commit({
      at: pushed,
      write: { [item]: shippedText(item).replace('title: Web server 1', 'title: First web server') },
    })
    const told = await decided(repo, head, [{ by: 'dmitri', on: head, at: early }])
    expect(told.reasons).toContain('title was changed')
  })

  test.each([
    ['its commit is gone', { commit_id: null }, {}, 'the commit that it was given on is gone'],
    ['its commit is not here', { commit_id: 'f'.repeat(40) }, {}, 'what was seen cannot be read'],
    [
      'the last push was another',
      {},
      { heads: [{ sha: 'e'.repeat(40), since: early }] },
      'is not the commit that was pushed last',
    ],
    ['it lies in the future', { submitted_at: '2027-01-01T00:00:00Z' }, {}, 'approved later than now'],
    ['nobody can say when', { submitted_at: null }, {}, 'nobody can say when it was submitted'],
  ])('an approval does not count where %s', async (_, about, more, because) => {
    const { repo, head } = proposal()
    const review = { user: userOf('dmitri'), state: 'APPROVED', commit_id: head, submitted_at: early, ...about }
    const told = await decided(repo, head, [], { reviews: [review], ...more })
    expect(told).toMatchObject({ code: 1, verdict: 'pending' })
    expect(told.reasons).toContain(because)
  })
})

describe('the base judges', () => {
  test('nobody joins a team in the pull request that they approve', async () => {
    const board = 'records/team/service-board.yaml'
    const { repo, head } = proposed({
      [board]: `${shippedText(board)}  - { login: mallory }\n  - { login: eve }\n`,
      'gitsm.yaml': shippedText('gitsm.yaml').replace(/organisation: .*/, 'organisation: Mallory Ltd'),
    })
    const told = await decided(repo, head, [
      { by: 'mallory', on: head, at: early },
      { by: 'eve', on: head, at: early },
    ])
    expect(told).toMatchObject({ code: 1, verdict: 'pending' })
    expect(told.approvals.map(({ id, policy }) => [id, policy])).toEqual([
      ['service-board', 'team-membership'],
      ['service-board', 'governance'],
      ['gitsm.yaml', 'governance'],
    ])
    expect(told.approvals.every(({ met }) => !met)).toBe(true)
  })

  test('a policy that is relaxed or removed in the change still decides about it', async () => {
    const policy = 'records/policy/ci-ownership.yaml'
    const { repo } = proposed({ [policy]: null, 'records/policy/governance.yaml': null, [item]: edited('low') })
    const told = await gate(repo, { base: 'main', head: 'topic' })
    expect(told.approvals.map(({ id, met }) => [id, met])).toEqual([
      ['web-1', false],
      ['ci-ownership', false],
      ['governance', false],
    ])
  })

  test('the owner that the base names is asked, not the one that the change writes', async () => {
    const { repo, head } = proposed({ [item]: shippedText(item).replace('owner: platform', 'owner: service-desk') })
    expect(await decided(repo, head, [{ by: 'ines', on: head, at: early }])).toMatchObject({ verdict: 'pending' })
    expect(await decided(repo, head, [{ by: 'erik', on: head, at: early }])).toMatchObject({ verdict: 'pass' })
  })

  test('an owner whose team is only in the change cannot approve, the board can', async () => {
    const { repo, head } = proposed({
      'records/team/garage.yaml':
        '# yaml-language-server: $schema=../../schemas/team/schema.json\nid: garage\ntitle: Garage\nmembers: [{ login: mallory }]\n',
      'records/ci/van-1.yaml':
        '# yaml-language-server: $schema=../../schemas/ci/schema.json\nid: van-1\ntitle: Van\nclass: virtual_machine\nenvironment: test\nowner: garage\nstate: planned\n',
    })
    const mallory = await decided(repo, head, [{ by: 'mallory', on: head, at: early }])
    expect(mallory.approvals.map(({ met }) => met)).toEqual([false, false])
    const board = await decided(repo, head, [{ by: 'hugo', on: head, at: early }])
    expect(board.approvals.map(({ met }) => met)).toEqual([true, true])
  })

  test('where no rule matches, nothing can be approved', async () => {
    const policy = 'records/policy/ci-ownership.yaml'
    const { repo } = proposal()
    repo.commit({
      at: pushed,
      write: { [policy]: shippedText(policy).replace('when: {}', 'when: { criticality: [critical] }') },
    })
    const head = repo.git(['rev-parse', 'topic'])
    const told = await decided(repo, head, [{ by: 'dmitri', on: head, at: early }])
    expect(told).toMatchObject({ code: 1, verdict: 'fail', diagnostics: [{ rule: 'approval-possible', file: item }] })
  })

  test('without anybody in a governing team everything passes, and that is said', async () => {
    const board = 'records/team/service-board.yaml'
    const { repo } = proposed({ 'schemas/ci/lifecycle.yaml': `${shippedText('schemas/ci/lifecycle.yaml')}# changed\n` })
    repo.commit({ at: pushed, write: { [board]: shippedText(board).replace(/members:[\s\S]*/, 'members: []\n') } })
    const told = await gate(repo, { base: 'main', head: 'topic' })
    expect(told).toMatchObject({ code: 0, verdict: 'pass', approvals: [] })
    expect(told.diagnostics.map(({ rule, message }) => [rule, message])).toEqual([
      ['bootstrap', expect.stringContaining('Nobody governs this repository yet')],
    ])
  })
})

describe('what if', () => {
  test('people are taken to have approved what stands there now, and nothing else', async () => {
    const { repo } = proposal()
    const ask = (...assume: string[]) => gate(repo, { base: 'main', head: 'topic', assume })
    expect(await ask('dmitri')).toMatchObject({ code: 0, verdict: 'pass', assumed: ['dmitri'] })
    expect(await ask('ada', 'mallory')).toMatchObject({ code: 0, verdict: 'pending' })
    repo.git(['checkout', '--quiet', 'topic'])
    repo.commit({ at: pushed, by: 'dmitri', write: { 'docs/x.md': 'x' } })
    const own = await ask('dmitri')
    expect(own).toMatchObject({ verdict: 'pending' })
    expect(own.approvals[0]?.parts[0]?.parts[0]?.because).toBe('dmitri approved, but opened the pull request')
  })
})

describe('a file that tells of a pull request', () => {
  test.each<[string, object, RegExp]>([
    ['another base', { base: 'sandbox' }, /is to be merged into sandbox, not into main/],
    ['no committers', { committers: undefined }, /committers is missing/],
    ['an author without a login', { author: { id: 1 } }, /author is nobody/],
    ['a short commit', { head: 'abc1234' }, /head is no full commit id/],
    ['a state of its own', { reviews: [{ user: null, state: 'LGTM', commit_id: null }] }, /reviews\[0\]\.state/],
    ['no user at all', { reviews: [{ state: 'APPROVED', commit_id: null }] }, /reviews\[0\]\.user is missing/],
    ['a time that is none', { heads: [{ sha: 'a'.repeat(40), since: 'today' }] }, /heads\[0\]\.since is no instant/],
    ['a commit of another head', { head: 'a'.repeat(40) }, /There is no revision/],
  ])('is refused with %s', async (_, more, message) => {
    const { repo, head } = proposal()
    await expect(gate(repo, { base: 'main', pull: pullFile(repo, head, [], { ...more }) })).rejects.toThrow(message)
  })

  test('must be about the head that is asked for', async () => {
    const { repo, head } = proposal()
    const pull = pullFile(repo, head, [])
    await expect(gate(repo, { base: 'main', head: 'main', pull })).rejects.toThrow(/The pull request is about/)
    await expect(gate(repo, { base: 'main', pull: 'nowhere.json' })).rejects.toThrow(/There is no file/)
    repo.write({ 'broken.json': '{' })
    await expect(gate(repo, { base: 'main', pull: 'broken.json' })).rejects.toThrow(/is no JSON/)
  })
})
