import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { check } from '../../src/journeys/check.ts'
import { list } from '../../src/journeys/list.ts'
import { validate } from '../../src/journeys/validate.ts'
import { verify } from '../../src/journeys/verify.ts'
import { worldOf } from '../support/approval-world.ts'
import { type TestRepo, temporaryFolder } from '../support/repo.ts'
import { shippedText } from '../support/shipped.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const done = { team: 'operations', resolution_code: 'fixed', resolution: 'Restarted' }
const at = (day: number, hour = '09') => `2026-03-${String(day).padStart(2, '0')}T${hour}:00:00Z`
const life = `[${['in_progress', 'resolved', 'closed'].map((state) => `{ at: ${at(3)}, by: ada, state: ${state} }`).join(', ')}]`

const closedFile = incidentFile('INC-1')
const openFile = incidentFile('INC-2')
const closed = incident('INC-1', 'closed', { ...done, log: life })
const open = incident('INC-2', 'in_progress', done)

/** One incident that was closed in good order, one that is still open, then the commits given. */
function practised(...then: readonly { readonly [path: string]: string | null }[]): TestRepo {
  return webshop(
    { at: at(2), write: { [closedFile]: incident('INC-1', 'new'), [openFile]: incident('INC-2', 'new') } },
    { at: at(3), write: { [closedFile]: closed, [openFile]: open } },
    ...then.map((write, index) => ({ at: at(4 + index), write })),
  )
}

const schemaFile = 'schemas/incident/schema.json'
const lifecycleFile = 'schemas/incident/lifecycle.yaml'

/** The schema of incidents edited as data. */
function schemaWith(edit: (schema: { required: string[]; properties: Record<string, object> }) => void): string {
  const schema = JSON.parse(shippedText(schemaFile))
  edit(schema)
  return JSON.stringify(schema, null, 2)
}

/** Every incident says when it was detected; titles are chosen from a list. */
const required = schemaWith((schema) => schema.required.push('detected_at'))
const narrowed = schemaWith((schema) => {
  schema.properties['title'] = { type: 'string', enum: ['Nothing works'] }
})
const stricterState = shippedText(lifecycleFile).replaceAll('requires: [team', 'requires: [assignee, team')
const otherMatrix = shippedText('gitsm.yaml').replace(
  'medium: { high: P2, medium: P3,',
  'medium: { high: P2, medium: P4,',
)

interface Found {
  readonly severity: string
  readonly rule: string
  readonly file: string
  readonly message: string
  readonly hint: string | null
}

async function validated(repo: TestRepo, rev?: string): Promise<readonly Found[]> {
  const { out } = await validate(worldOf(repo.dir), { paths: [], ...(rev !== undefined && { rev }) })
  return errorsIn(out)
}

/** The errors that a command tells: warnings are about the example, and change with the day. */
function errorsIn(out: string): readonly Found[] {
  const found: readonly Found[] = JSON.parse(out).diagnostics
  return found.filter(({ severity }) => severity === 'error')
}

async function checked(repo: TestRepo, head: string): Promise<readonly Found[]> {
  const { out } = await check(worldOf(repo.dir), { base: 'main', head })
  return errorsIn(out)
}

const told = (found: readonly Found[]) => found.map(({ rule, file }) => `${rule} ${file}`)

describe('a closed record', () => {
  test.each<[string, Record<string, string>, string]>([
    ['a new required field', { [schemaFile]: required }, `schema-valid ${openFile}`],
    ['a narrower list of values', { [schemaFile]: narrowed }, `schema-valid ${openFile}`],
    ['a field that its state now requires', { [lifecycleFile]: stricterState }, `state-has-fields ${openFile}`],
    ['another priority matrix', { 'gitsm.yaml': otherMatrix }, `priority-matches-matrix ${openFile}`],
  ])('stands when rules tighten to %s; an open one is found', async (_, write, expected) => {
    const repo = practised(write)
    expect(told(await validated(repo))).toEqual([expected])
    expect(told(await validated(repo, 'HEAD'))).toEqual([expected])
  })

  test('stands when its category leaves the taxonomy', async () => {
    const categories = { ...done, category: 'mail' }
    const repo = practised(
      { [openFile]: incident('INC-2', 'in_progress', categories) },
      { [incidentFile('INC-3')]: incident('INC-3', 'closed', { ...categories, log: life }) },
      { 'gitsm.yaml': shippedText('gitsm.yaml').replace('  - mail\n', '') },
    )
    expect(told(await validated(repo))).toEqual([`category-known ${openFile}`])
  })

  test('stands as an agreement that has ended when a hold reason that it named goes', async () => {
    const ended = 'records/sla/business-silver.yaml'
    const repo = webshop(
      { at: at(2), write: { [ended]: shippedText(ended).replace('state: active', 'state: superseded') } },
      { at: at(3), write: { [schemaFile]: shippedText(schemaFile).replace(/"awaiting_vendor",\s*/, '') } },
    )
    expect(told(await validated(repo))).toEqual([
      'sla-is-consistent records/sla/house-default.yaml',
      'sla-is-consistent records/sla/platform-ola.yaml',
    ])
  })

  test('is still a record: it can be listed, referred to and not be deleted', async () => {
    const repo = practised({ [schemaFile]: required })
    const { out } = await list(worldOf(repo.dir), 'incident', [])
    expect(out).toContain('INC-1')
    expect(out).not.toContain('INC-2')
    repo.git(['checkout', '--quiet', '-b', 'deletion'])
    repo.commit({
      at: at(6),
      write: { [closedFile]: null, [openFile]: open.replace('state', 'detected_at: 2026-03-02T08:00:00Z\nstate') },
    })
    repo.git(['checkout', '--quiet', 'main'])
    expect(told(await checked(repo, 'deletion'))).toEqual([`never-deleted ${closedFile}`])
  })

  test('stands in the gate: a pull request that tightens the rules answers for open records only', async () => {
    const repo = practised()
    const heads = {
      required: { [schemaFile]: required },
      state: { [lifecycleFile]: stricterState },
      matrix: { 'gitsm.yaml': otherMatrix },
    }
    for (const [head, write] of Object.entries(heads)) {
      repo.git(['checkout', '--quiet', '-b', head, 'main'])
      repo.commit({ at: at(6), write })
    }
    repo.git(['checkout', '--quiet', 'main'])
    expect(told(await checked(repo, 'required'))).toEqual([`schema-valid ${openFile}`])
    expect(told(await checked(repo, 'state'))).toEqual([`state-has-fields ${openFile}`])
    expect(told(await checked(repo, 'matrix'))).toEqual([`priority-matches-matrix ${openFile}`])
  })

  test('takes a note, and nothing else, in the gate after the rules were tightened', async () => {
    const repo = practised({ [openFile]: null }, { [schemaFile]: required })
    const note = closed.replace('log: [', 'log: [').replace(/\]$/m, `, { at: ${at(8)}, by: ada, note: Seen again }]`)
    const edits = { note, edit: closed.replace('Checkout is slow', 'Nothing was slow') }
    for (const [head, text] of Object.entries(edits)) {
      repo.git(['checkout', '--quiet', '-b', head, 'main'])
      repo.commit({ at: at(8), write: { [closedFile]: text } })
    }
    repo.git(['checkout', '--quiet', 'main'])
    expect(await checked(repo, 'note')).toEqual([])
    expect(await checked(repo, 'edit')).toMatchObject([
      { rule: 'schema-valid', file: closedFile, hint: expect.stringContaining('edited after it had closed') },
    ])
  })

  test('that was wrong when it closed is found by the rules of that time', async () => {
    const wrong = incident('INC-1', 'closed', { ...done, log: life, priority: 'P1', colour: 'red' })
    const repo = practised({ [openFile]: null, [closedFile]: wrong }, { [schemaFile]: required })
    const commit = repo.git(['rev-parse', '--short=10', 'HEAD~1'])
    expect(await validated(repo)).toMatchObject([
      {
        rule: 'schema-valid',
        message: expect.stringContaining('colour'),
        hint: expect.stringContaining(`It closed with commit ${commit}, whose rules judge it`),
      },
    ])
    const priority = practised(
      { [openFile]: null, [closedFile]: incident('INC-1', 'closed', { ...done, log: life, priority: 'P1' }) },
      { 'gitsm.yaml': otherMatrix },
    )
    expect(await validated(priority)).toMatchObject([
      {
        rule: 'priority-matches-matrix',
        message: 'priority P1 does not fit impact medium and urgency medium, which make P3',
      },
    ])
  })

  test('that closes in the commit that tightens the rules is judged by those it found', async () => {
    const repo = webshop(
      { at: at(2), write: { [closedFile]: incident('INC-1', 'new') } },
      { at: at(3), write: { [closedFile]: closed, [schemaFile]: required } },
    )
    expect(await validated(repo)).toEqual([])
    const later = webshop(
      { at: at(2), write: { [closedFile]: incident('INC-1', 'new') } },
      { at: at(3), write: { [schemaFile]: required } },
      { at: at(4), write: { [closedFile]: closed } },
    )
    expect(told(await validated(later))).toEqual([`schema-valid ${closedFile}`])
  })

  test('stands where it was moved to, also after notes were added', async () => {
    const elsewhere = 'records/incident/archive/INC-1.yaml'
    const noted = closed.replace(/\]$/m, `, { at: ${at(8)}, by: ada, note: Seen again }]`)
    const repo = practised(
      { [openFile]: null, [schemaFile]: required },
      { [closedFile]: null, [elsewhere]: closed },
      { [elsewhere]: noted },
    )
    expect(await validated(repo)).toEqual([])
  })

  test('stands where a pull request, or the working tree, would move it to', async () => {
    const elsewhere = 'records/incident/archive/INC-1.yaml'
    const repo = practised({ [openFile]: null, [schemaFile]: required })
    repo.git(['checkout', '--quiet', '-b', 'archive'])
    repo.commit({ at: at(6), write: { [closedFile]: null, [elsewhere]: closed } })
    repo.git(['checkout', '--quiet', 'main'])
    expect(await checked(repo, 'archive')).toEqual([])
    repo.write({ [closedFile]: null, [elsewhere]: closed })
    expect(await validated(repo)).toEqual([])
  })

  test('that was taken up again and closed anew is judged by the rules of the last closing', async () => {
    const again = incident('INC-1', 'resolved', { ...done, log: life })
    const repo = practised(
      { [openFile]: null, [closedFile]: again },
      { [schemaFile]: required },
      { [closedFile]: closed },
    )
    expect(told(await validated(repo))).toEqual([`schema-valid ${closedFile}`])
  })

  test('is judged by the rules of today where its history is not there, and says so', async () => {
    const repo = practised({ [openFile]: null, [schemaFile]: required })
    const dir = temporaryFolder()
    execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${repo.dir}`, dir])
    expect(await validated({ ...repo, dir })).toMatchObject([
      { rule: 'schema-valid', file: closedFile, hint: expect.stringContaining('git fetch --unshallow') },
    ])
    repo.write({ [incidentFile('INC-3')]: incident('INC-3', 'closed', done) })
    expect(await validated(repo)).toMatchObject([
      { rule: 'schema-valid', file: incidentFile('INC-3'), hint: expect.stringContaining('not committed') },
    ])
  })

  test('stands when the mainline is replayed: only open records are found at the commit that tightens the rules', async () => {
    const elsewhere = 'records/incident/archive/INC-1.yaml'
    const noted = closed.replace(/\]$/m, `, { at: ${at(5)}, by: ada, note: Seen again }]`)
    const tightened = { [schemaFile]: required, [lifecycleFile]: stricterState, 'gitsm.yaml': otherMatrix }
    const repo = practised(tightened, { [closedFile]: noted }, { [closedFile]: null, [elsewhere]: noted })
    const findings = await replayed(repo)
    expect(findings.length).toBeGreaterThan(0)
    expect(findings.filter(({ id }) => id !== 'INC-2')).toEqual([])
    const commit = repo.git(['rev-parse', 'HEAD~2'])
    expect(new Set(findings.map((finding) => finding.commit))).toEqual(new Set([commit]))
  })

  test('is found in a replay where it broke the rules of its time, or where it changes later', async () => {
    const early = incident('INC-3', 'closed', { ...done, log: life })
    const repo = practised(
      {
        [openFile]: open.replace('state', 'detected_at: 2026-03-02T08:00:00Z\nstate'),
        [incidentFile('INC-3')]: incident('INC-3', 'new'),
      },
      { [schemaFile]: required },
      { [incidentFile('INC-3')]: early },
      { [closedFile]: closed.replace('Checkout is slow', 'Nothing was slow') },
    )
    const findings = await replayed(repo)
    const [tightening, edit] = ['HEAD~2', 'HEAD'].map((name) => repo.git(['rev-parse', name]))
    expect(findings.map(({ commit, rule, id }) => [commit, rule, id])).toEqual([
      [tightening, 'schema-valid', 'INC-3'],
      [edit, 'schema-valid', 'INC-1'],
    ])
  })
})

async function replayed(repo: TestRepo): Promise<readonly { commit: string; rule: string; id: string }[]> {
  return JSON.parse((await verify(worldOf(repo.dir), {})).out).findings
}
