import { describe, expect, test } from 'vitest'
import { putCheckRun } from '../../../src/adapters/github/check-run.ts'
import type { CheckRunText } from '../../../src/adapters/github/check-run-content.ts'
import { putComment } from '../../../src/adapters/github/comment.ts'
import type { GitHub } from '../../../src/adapters/github/connection.ts'
import { putIssue } from '../../../src/adapters/github/issue.ts'
import { putLabels } from '../../../src/adapters/github/labels.ts'
import { createPullRequest, editPullRequest, enableAutoMerge } from '../../../src/adapters/github/open-pull-request.ts'
import { openPullRequests, pullRequestSummary, readPullRequest } from '../../../src/adapters/github/pull-request.ts'
import { requestReviewers } from '../../../src/adapters/github/reviewers.ts'
import { connectionTo } from '../../support/github/connected.ts'
import { faultCases } from '../../support/github/fault-cases.ts'
import type { FaultKind } from '../../support/github/faults.ts'
import { type StandIn, startGitHub } from '../../support/github/stand-in.ts'

/** Something that is done on GitHub, each time with a name of its own, and what must then stand there: once. */
interface Deed {
  readonly run: (github: GitHub, stand: StandIn, name: string) => Promise<unknown>
  /** How often it stands there, whole. */
  readonly stands: (stand: StandIn, name: string, given: unknown) => Promise<number> | number
  /** How often any part of it stands there. */
  readonly traces?: (stand: StandIn, name: string) => Promise<number> | number
  /** Whether nothing is written, so that a second run tells nothing new. */
  readonly reads?: true
}

const pullNumbers = [1, 2, 3]

const annotations: CheckRunText['annotations'] = Array.from({ length: 120 }, (_, at) => ({
  path: 'records/note.yaml',
  start_line: at + 1,
  end_line: at + 1,
  annotation_level: 'failure',
  message: `wrong ${at}`,
}))

const check = (stand: StandIn, name: string): CheckRunText => ({
  name: 'gitsm/gate',
  // A commit of its own for each.
  head: stand.git(['commit-tree', 'change^{tree}', '-p', 'change', '-m', name]),
  externalId: `${name}:base`,
  conclusion: 'failure',
  title: 'Refused',
  summary: 'Much is wrong.',
  annotations,
})

const deeds: Readonly<Record<string, Deed>> = {
  'a pull request is read': {
    run: (github, stand) => readPullRequest(github, 1, { now: stand.clock.seconds() }),
    stands: (stand, _, given) => {
      const { head, reviews, committers, heads } = Object(given)
      const whole = head === stand.pull(1).head && reviews.length === 3 && committers.length === 1
      // Where the log of pushes lags behind, nothing else may be told in its place.
      return whole && heads.every(({ sha }: { sha: string }) => sha === head) ? 1 : 0
    },
    reads: true,
    traces: () => 1,
  },
  'pull requests are listed': {
    run: (github) => openPullRequests(github),
    // One that was opened a moment ago may be missing: it waits for the next sweep.
    stands: (_, __, given) => {
      const numbers = Array.from(Object(given), ({ number }) => number)
      return [String(pullNumbers), String(pullNumbers.slice(0, -1))].includes(String(numbers)) ? 1 : 0
    },
    reads: true,
    traces: () => 1,
  },
  'a comment is put': {
    run: (github, _, name) => putComment(github, 1, name, 'Bob is awaited'),
    stands: async (stand, name) =>
      (await stand.comments(1)).filter(({ body }) => body === `<!-- gitsm:${name} -->\nBob is awaited`).length,
  },
  'a comment is changed': {
    run: async (github, stand, name) => {
      const known = (await stand.comments(1)).some(({ body }) => body.includes(name))
      if (!known) await stand.comment(1, { by: 'github-actions[bot]', body: `<!-- gitsm:${name} -->\nBefore` })
      return await putComment(github, 1, name, 'After')
    },
    stands: async (stand, name) =>
      (await stand.comments(1)).filter(({ body }) => body === `<!-- gitsm:${name} -->\nAfter`).length,
    traces: async (stand, name) => (await stand.comments(1)).filter(({ body }) => body.includes(name)).length,
  },
  'a check run with three batches of annotations is put': {
    run: (github, stand, name) => putCheckRun(github, check(stand, name)),
    stands: (stand, name) =>
      stand
        .checks()
        .filter((each) => each.externalId === `${name}:base` && each.conclusion === 'failure')
        .filter((each) => JSON.stringify(each.annotations) === JSON.stringify(annotations)).length,
    traces: (stand, name) => stand.checks().filter(({ externalId }) => externalId === `${name}:base`).length,
  },
  'an issue is put': {
    run: (github, _, name) => putIssue(github, name, { title: name, body: 'Due', labels: ['gitsm:sla'] }),
    stands: async (stand, name) =>
      (await stand.issues()).filter(({ title, labels }) => title === name && labels.includes('gitsm:sla')).length,
  },
  'labels are put': {
    run: async (github, stand, name) => putLabels(github, 1, await stand.labels(1), [`gitsm:${name}`]),
    stands: async (stand, name) => (String(await stand.labels(1)) === `gitsm:${name}` ? 1 : 0),
  },
  'reviewers are asked': {
    run: (github) => requestReviewers(github, 1, ['bob']),
    stands: async (stand) => (await stand.reviewersAsked(1)).filter((login) => login === 'bob').length,
  },
  'a pull request is opened': {
    run: (github, stand, name) => {
      if (!stand.git(['branch', '--list', name]))
        stand.push({ branch: name, commit: stand.git(['rev-parse', 'change']) })
      return createPullRequest(github, { head: name, base: 'main', title: name, body: '' })
    },
    stands: (stand, name) => pulls(stand).filter(({ branch }) => branch === name).length,
  },
  'a pull request is renamed': {
    run: (github, _, name) => editPullRequest(github, 1, { title: name }),
    stands: (stand, name) => (stand.pull(1).title === name ? 1 : 0),
  },
  'a pull request is to merge by itself': {
    run: async (github, stand) => enableAutoMerge(github, { nodeId: `PR_${stand.pull(1).number}` }),
    stands: (stand) => (stand.pull(1).autoMerge ? 1 : 0),
  },
  'a pull request is looked at': {
    run: (github) => pullRequestSummary(github, 1),
    stands: (stand, _, given) => (Object(given).head === stand.pull(1).head ? 1 : 0),
    reads: true,
    traces: () => 1,
  },
}

function pulls(stand: StandIn): readonly ReturnType<StandIn['pull']>[] {
  const found: ReturnType<StandIn['pull']>[] = []
  for (let number = 1; ; number++) {
    try {
      found.push(stand.pull(number))
    } catch {
      return found
    }
  }
}

/** Faults by which GitHub says that something may not be done; what is written is then refused, not a fault. */
const no: readonly FaultKind[] = ['403', '404', '410', '422']

async function playing(): Promise<StandIn> {
  const stand = await startGitHub()
  stand.settings.autoMerge = true
  stand.push({ branch: 'change', files: { 'records/note.yaml': 'id: note\n' } })
  for (const _ of pullNumbers) await stand.open({ branch: 'change' })
  for (const by of ['bob', 'cat', 'dan']) stand.review(1, { by, state: 'COMMENTED' })
  return stand
}

describe.each(Object.entries(deeds))('%s', (_, { run, stands, traces = stands, reads }) => {
  test('once and right, or not at all and said so, whatever goes wrong on any route, once or for long', async () => {
    const healthy = await playing()
    await run(await connectionTo(healthy), healthy, 'healthy')
    const routes = [...new Set(healthy.requests.map(({ route }) => route))]
    expect(routes.length).toBeGreaterThan(0)
    let stand = await playing()
    for (const { route, kind, times, label } of faultCases(routes, 9)) {
      // Lists stay short when it begins anew now and then.
      if (stand.requests.length > 600) stand = await playing()
      const name = label.replace(/\W+/g, '-')
      stand.faults.add({ route, kind, times })
      const github = await connectionTo(stand, [], kind === 'hang' ? 60 : 10_000)
      const given: unknown = await run(github, stand, name).catch((fault: unknown) => fault)
      stand.faults.clear()
      const { outcome, code, message, cure } = Object(given)
      if (given instanceof Error) {
        expect([code, label, message]).toEqual([4, label, expect.stringContaining('GITHUB_UNAVAILABLE')])
        expect(`${message} ${cure}`).not.toContain(stand.token)
        expect(await traces(stand, name, undefined), label).toBeLessThanOrEqual(1)
      } else if (outcome === 'refused') {
        expect([no.includes(kind), label]).toEqual([true, label])
        expect(await traces(stand, name, undefined), label).toBeLessThanOrEqual(1)
      } else expect([await stands(stand, name, given), label]).toEqual([1, label])
      if (reads) continue
      // Run again when all is well, it heals, and nothing stands twice.
      const after = await run(await connectionTo(stand), stand, name)
      expect([await stands(stand, name, after), await traces(stand, name, after), label]).toEqual([1, 1, label])
    }
  }, 600_000)
})
