import { describe, expect, test } from 'vitest'
import { verify } from '../../src/journeys/verify.ts'
import { worldOf } from '../support/approval-world.ts'
import { instant } from '../support/life.ts'
import { honestCommits } from '../support/mainline/honest.ts'
import { offences } from '../support/mainline/offences.ts'
import { plantedMainline } from '../support/mainline/planted.ts'
import { unauthorised } from '../support/mainline/unauthorised.ts'
import { temporaryFolder } from '../support/repo.ts'

interface Told {
  readonly findings: readonly { readonly commit: string; readonly rule: string; readonly message: string }[]
  readonly summary: { readonly commits: number }
}

describe('gitsm verify', () => {
  test('finds every kind of offence planted among 5,000 commits of all practices, and nothing else', {
    timeout: 300_000,
  }, async () => {
    const dir = temporaryFolder()
    const git = { dir, env: { PATH: process.env['PATH'], HOME: dir } }
    const planted = await plantedMainline(git, honestCommits(5000), offences, unauthorised)
    const { code, out } = await verify({ ...worldOf(dir), asOf: instant('2026-11-21T09:00:00Z') }, {})
    const { findings, summary }: Told = JSON.parse(out)

    const kinds = new Map(planted.map(({ commit, kind }) => [commit, kind]))
    const found = new Map<string, Set<string>>()
    for (const { commit, rule, message } of findings) {
      const what = kinds.get(commit) ?? `false alarm: ${message}`
      found.set(what, (found.get(what) ?? new Set()).add(rule))
    }
    expect(Object.fromEntries(Array.from(found, ([kind, rules]) => [kind, [...rules].toSorted()]))).toEqual(
      Object.fromEntries(planted.map(({ kind, finds }) => [kind, finds])),
    )
    expect(code).toBe(1)
    expect(planted.length).toBeGreaterThanOrEqual(30)
    expect(summary.commits).toBeGreaterThanOrEqual(5000)
  })
})
