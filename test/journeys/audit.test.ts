import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { audit } from '../../src/journeys/audit.ts'
import { record } from '../../src/journeys/record.ts'
import { pullFile, worldOf } from '../support/approval-world.ts'
import { instant } from '../support/life.ts'
import { change } from '../support/mainline/offence.ts'
import type { TestRepo } from '../support/repo.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const day = (number: number, time = '09:00:00') => `2026-03-0${number}T${time}Z`

interface Told {
  readonly verdict: string
  readonly seed: string
  readonly last: string
  readonly populations: readonly {
    readonly name: string
    readonly size: number
    readonly born: number
    readonly sampled: readonly string[]
    readonly members: readonly string[]
  }[]
  readonly findings: readonly { readonly rule: string }[]
  readonly unvouched: readonly string[]
  readonly decisions: readonly { readonly subject: string; readonly holds: boolean; readonly met: boolean }[]
  readonly sample: readonly {
    readonly key: string
    readonly state: string
    readonly steps: readonly { readonly did: string }[]
    readonly decisions: readonly {
      readonly duties: { readonly approved: readonly string[]; readonly both: readonly string[] }
      readonly reviews: readonly { readonly commit: string; readonly at: string }[]
    }[]
    readonly readings: readonly { readonly target: string }[]
    readonly findings: readonly { readonly rule: string }[]
  }[]
}

const march = { from: '2026-03-02T00:00:00Z', to: '2026-03-05T00:00:00Z', sample: 25 }

function worldAt(repo: TestRepo, format: 'json' | 'markdown' | 'text' = 'json') {
  return { ...worldOf(repo.dir), now: instant(day(9)), format }
}

async function audited(
  repo: TestRepo,
  options: Partial<typeof march> & { readonly seed?: string } = {},
): Promise<Told & { readonly code: number }> {
  const { code, out } = await audit(worldAt(repo), { ...march, ...options })
  const told: Told = JSON.parse(out)
  return { code, ...told }
}

/** A shop in which Kate's plan was approved by three and merged, and incidents came and went. */
async function year() {
  const repo = webshop()
  const saw = async (now: string, told?: Parameters<typeof record>[1]['told']) =>
    record({ ...worldOf(repo.dir), now: instant(now) }, { ...(told && { told }) })
  await saw(day(1))
  repo.git(['checkout', '--quiet', '-b', 'topic'])
  const head = repo.commit({ at: day(2), by: 'kate', write: change('CHG-PLANT-01', 'scheduled', day(2), 0) })
  repo.git(['checkout', '--quiet', 'main'])
  repo.git(['merge', '--quiet', '--no-ff', '-m', 'Merge', 'topic'], day(3))
  const reviews = ['erik', 'grace', 'lena'].map((by) => ({ by, on: head, at: day(2, '12:00:00') }))
  await saw(day(3), { pull: pullFile(repo, head, reviews, { now: day(3) }), outcome: 'merged' })
  for (let number = 1; number <= 9; number++) {
    const write = { [incidentFile(`INC-${number}`)]: incident(`INC-${number}`, 'new') }
    repo.commit({ at: day(3, `1${number}:00:00`), write })
  }
  await saw(day(3, '20:00:00'))
  repo.commit({ at: day(5, '00:00:00'), write: { [incidentFile('INC-10')]: incident('INC-10', 'new') } })
  await saw(day(5, '00:00:00'))
  return { repo, head }
}

describe('gitsm audit', () => {
  test('counts what the period wrote, without its end, and tells who approved what on which commit', async () => {
    const { repo, head } = await year()
    const told = await audited(repo)
    expect(told).toMatchObject({ code: 0, verdict: 'pass', findings: [], unvouched: [] })
    expect(told.populations.map(({ name, size, born }) => [name, size, born])).toEqual([
      ['changes', 1, 1],
      ['incidents', 9, 9],
      ['releases', 0, 0],
      ['requests', 0, 0],
      ['authority', 0, 0],
    ])
    expect(told.decisions).toMatchObject([{ subject: 'change/CHG-PLANT-01', holds: true, met: true }])
    expect(told.sample.find(({ key }) => key === 'change/CHG-PLANT-01')).toMatchObject({
      state: 'scheduled',
      steps: [{ did: 'born → scheduled' }],
      decisions: [
        {
          reviews: [{ commit: head, at: day(2, '12:00:00') }, {}, {}],
          duties: { opened: 'kate', wrote: ['kate'], approved: ['erik', 'grace', 'lena'], both: [] },
        },
      ],
    })
    expect(told.sample.find(({ key }) => key === 'incident/INC-1')?.readings.map(({ target }) => target)).toContain(
      'resolution',
    )
  })

  test('draws the sample by digests that anybody can make by hand, and the same one each time', async () => {
    const { repo } = await year()
    const told = await audited(repo, { sample: 3 })
    const incidents = told.populations.find(({ name }) => name === 'incidents')
    const digest = (key: string) => createHash('sha256').update(`${told.seed} ${key}`).digest('hex')
    const byHand = incidents?.members.toSorted((a, b) => (digest(a) < digest(b) ? -1 : 1)).slice(0, 3)
    expect(incidents?.sampled).toEqual(byHand)
    expect(told.seed).toBe(`${told.last} 2026-03-02T00:00:00Z 2026-03-05T00:00:00Z`)
    repo.commit({ at: day(8), write: { [incidentFile('INC-11')]: incident('INC-11', 'new') } })
    expect((await audited(repo, { sample: 3 })).populations).toEqual(told.populations)
    expect((await audited(repo, { sample: 3, to: day(4) })).seed).not.toBe(told.seed)
  })

  test('draws another sample by what an auditor names, says so, and takes nothing that a shell could read', async () => {
    const { repo } = await year()
    const told = await audited(repo, { sample: 3, seed: '4f1c' })
    expect(told.seed).toBe('4f1c 2026-03-02T00:00:00Z 2026-03-05T00:00:00Z')
    expect((await audited(repo, { sample: 3, seed: '4f1d' })).populations).not.toEqual(told.populations)
    const { out } = await audit(worldAt(repo, 'markdown'), { ...march, seed: '$(id)' })
    expect(out).toContain("--sample 25 --seed '$(id)' --as-of")
    expect(out).toContain('The seed is what the auditor named')
    await expect(audited(repo, { seed: 'a b' })).rejects.toThrow('A seed is')
  })

  test('names what the period did that nobody approved, and nothing of before', async () => {
    const { repo } = await year()
    const write = change('CHG-PLANT-02', 'scheduled', day(6), 1)
    repo.commit({ at: day(6), write })
    expect(await audited(repo)).toMatchObject({ code: 0, findings: [] })
    const later = await audited(repo, { from: day(6), to: day(7) })
    expect(later).toMatchObject({ code: 1, verdict: 'fail', findings: [{ rule: 'approval-given' }] })
    expect(later.sample).toMatchObject([{ key: 'change/CHG-PLANT-02', findings: [{ rule: 'approval-given' }] }])
    repo.git(['branch', '--quiet', '-D', 'gitsm-ledger'])
    const unknown = { from: day(6), to: day(7) }
    expect(await audited(repo, unknown)).toMatchObject({
      ...{ code: 1, verdict: 'fail', findings: [] },
      unvouched: [expect.any(String)],
    })
    const { out } = await audit(worldAt(repo, 'markdown'), { ...march, ...unknown })
    expect(out).toContain('\n\n**1 commit of the period did what somebody has to approve, and nobody can vouch')
    expect(out).not.toContain('**Nothing was found**')
  })

  test('writes a pack whose digests hold, the same one each time', async () => {
    const { repo } = await year()
    const written = async (out: string) => {
      await audit(worldAt(repo), { ...march, out })
      const sums = readFileSync(join(repo.dir, out, 'SHA256SUMS'), 'utf8')
      for (const line of sums.trimEnd().split('\n')) {
        const [digest, path = ''] = line.split('  ')
        expect(
          createHash('sha256')
            .update(readFileSync(join(repo.dir, out, path)))
            .digest('hex'),
        ).toBe(digest)
      }
      return sums
    }
    const sums = await written('pack')
    expect(sums).toMatch(/ {2}audit\.json\n.* {2}audit\.md\n.* {2}decisions\/0000\/00\/7\/merged-change-CHG-PLANT-01-/s)
    expect(readdirSync(join(repo.dir, 'pack/records/incident'))).toHaveLength(9)
    expect(await written('again')).toBe(sums)
    await expect(audit(worldAt(repo), { ...march, out: 'pack' })).rejects.toThrow('pack is not empty')
  })

  test('is a page in which texts of records stay texts', async () => {
    const { repo } = await year()
    const title = '"| <img src=x onerror=alert(1)> [a](javascript:b) # Nothing was found @everybody"'
    repo.commit({
      at: day(6),
      by: 'mallory|<b>',
      write: { [incidentFile('INC-12')]: incident('INC-12', 'new', { title }) },
    })
    const { out } = await audit(worldAt(repo, 'markdown'), { ...march, from: day(6), to: day(7) })
    expect(out).toContain('### incident/INC-12: &#124; &lt;img src=x onerror=alert(1)&gt; ')
    expect(out).not.toMatch(/<img|[^\\]\]\(javascript|@everybody/)
    expect(out).toContain('gitsm audit --from 2026-03-06T09:00:00Z --to 2026-03-07T09:00:00Z --sample 25 --as-of')
    const { out: text } = await audit(worldAt(repo, 'text'), march)
    expect(text).toContain('1 decision on pull requests, no findings')
  })
})
