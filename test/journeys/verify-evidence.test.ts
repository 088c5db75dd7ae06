import { describe, expect, test } from 'vitest'
import { digestOf } from '../../src/adapters/git/ledger-branch.ts'
import { formatYaml } from '../../src/adapters/yaml/format.ts'
import type { LedgerDecision } from '../../src/core/ledger/decision.ts'
import { decisionData, decisionPath } from '../../src/core/ledger/decision-file.ts'
import { digestOfParts } from '../../src/core/ledger/subject-digest.ts'
import { verify } from '../../src/journeys/verify.ts'
import { worldOf } from '../support/approval-world.ts'
import { decisionsOf } from '../support/evidence.ts'
import { type Forgery, forgeries, type Original } from '../support/forgeries.ts'
import { ledgerFiles, writeLedger } from '../support/ledger.ts'
import { instant } from '../support/life.ts'
import { change } from '../support/mainline/offence.ts'
import type { TestRepo } from '../support/repo.ts'
import { webshop } from '../support/webshop.ts'

interface Told {
  readonly findings: readonly { readonly commit: string; readonly rule: string; readonly message: string }[]
  readonly ledger: {
    readonly findings: readonly { readonly rule: string; readonly path: string; readonly message: string }[]
  }
}

async function verified(repo: TestRepo): Promise<Told> {
  return JSON.parse((await verify({ ...worldOf(repo.dir), asOf: instant('2026-03-09T09:00:00Z') }, {})).out)
}

const [start, later] = ['2026-03-02T09:00:00Z', '2026-03-03T09:00:00Z']

async function decided(
  repo: TestRepo,
  commit: string,
  number: number,
  by?: readonly string[],
): Promise<LedgerDecision> {
  const git = { dir: repo.dir, env: worldOf(repo.dir).env }
  const at = instant(repo.git(['show', '--no-patch', '--format=%cI', commit]))
  const [decision] = await decisionsOf(git, { commit, number, at, ...(by && { by }) })
  if (!decision) throw new Error('nothing was decided')
  return placed({ ...decision, file: '' })
}

const fileOf = (decision: LedgerDecision) => ({ path: decision.file, text: formatYaml(decisionData(decision)) })

/** At the place where it belongs. */
const placed = (decision: LedgerDecision) => ({ ...decision, file: decisionPath(decision, digestOf) })

/** Two changes that were authorised, the second by evidence that is forged. */
async function forged({ by, forge, edited, beside, keepsPlace = edited }: Forgery) {
  const repo = webshop()
  const base = repo.git(['rev-parse', 'HEAD'])
  const first = repo.commit({ at: start, write: change('CHG-PLANT-01', 'scheduled', start, 0) })
  const second = repo.commit({ at: later, write: change('CHG-PLANT-02', 'scheduled', later, 1) })
  const [other, own] = [await decided(repo, first, 1), await decided(repo, second, 2, by)]
  const made = forge({ own, other })
  const files = [...(edited || beside ? [own] : []), ...(made ? [keepsPlace ? made : placed(made)] : [])]
  const seen = [base, first, second].map((tip, day) => ({ tip, at: `2026-03-0${day + 1}T10:00:00Z` }))
  writeLedger(repo, [...ledgerFiles(seen), ...[other, ...files].map(fileOf)])
  return { repo, second, own }
}

describe('evidence', () => {
  test('that is true is believed', async () => {
    const { repo } = await forged({ kind: 'the truth', forge: ({ own }) => own, because: /./ })
    expect(await verified(repo)).toMatchObject({ findings: [], ledger: { findings: [] } })
  })

  test.each(forgeries.map((forgery) => [forgery.kind, forgery] as const))('of %s is found out', async (_, forgery) => {
    const { repo, second } = await forged(forgery)
    const { findings, ledger } = await verified(repo)
    expect(findings).toMatchObject([
      { commit: second, rule: 'approval-given', message: expect.stringMatching(forgery.because) },
    ])
    const rules = ledger.findings.map(({ rule }) => rule)
    expect(rules).toEqual(forgery.finds ?? ['decision-holds'])
  })

  test('of another version of GitSM is held to what was written, not to what that version computed', async () => {
    const other = `sha256:${'1'.repeat(64)}`
    const older = ({ own }: Original): LedgerDecision => {
      const digests = { ...own.digests, impact: other }
      return { ...own, engine: '0.0.1', digests, digest: digestOfParts(digests, digestOf) }
    }
    const { repo } = await forged({ kind: 'older', forge: older, because: /./ })
    expect(await verified(repo)).toMatchObject({ findings: [], ledger: { findings: [] } })
    const same = await forged({ kind: 'same', forge: (all) => ({ ...older(all), engine: '0.0.0' }), because: /./ })
    expect((await verified(same.repo)).findings).toMatchObject([{ message: expect.stringContaining('impact differ') }])
  })
})
