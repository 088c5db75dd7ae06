import { ledgerBranch } from '../adapters/git/ledger-branch.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { hasToken } from '../adapters/github/access.ts'
import { examine, type Finding } from '../core/doctor/examination.ts'
import { githubExaminations } from '../core/doctor/github-examinations.ts'
import { localExaminations } from '../core/doctor/local-examinations.ts'
import { exit } from '../core/exit.ts'
import { type Diagnosis, diagnosisJson, diagnosisMarkdown, diagnosisText } from '../render/doctor.ts'
import { localFacts } from './doctor-facts.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm doctor` is asked. */
export interface DoctorOptions {
  /** Whether to look at this machine only, even where there is a token. */
  readonly offline: boolean
  /** Whether what cannot be read fails, too. */
  readonly strict: boolean
}

/**
 * Looks at the clone, the configuration, the workflows and, with a token, at the settings on GitHub, and names each
 * weakness with its cure. What cannot be read is said to be unknown, never fine.
 */
export async function doctor(world: World, { offline, strict }: DoctorOptions): Promise<Outcome> {
  const git: GitDir = { dir: world.dir, env: world.env }
  const facts = await localFacts(world, git)
  const local = localExaminations.flatMap((each) => examine(each.area, [each], facts))
  const asks = !offline && hasToken(world.env)
  const github = asks ? await onGitHub(world) : unseen(offline)
  const findings = [...local, ...github]
  const failing = findings.some(({ standing }) => standing === 'weak' || (strict && standing === 'unknown'))
  const diagnosis: Diagnosis = { findings, strict }
  return {
    code: failing ? exit.findings : exit.pass,
    out: rendered(world, diagnosis),
    verdict: failing ? 'fail' : 'pass',
  }
}

async function onGitHub(world: World): Promise<readonly Finding[]> {
  const [{ gitHubOf }, { readRepositorySettings }] = await Promise.all([
    import('./github-connection.ts'),
    import('../adapters/github/repository-settings.ts'),
  ])
  return examine('github', githubExaminations, await readRepositorySettings(await gitHubOf(world), ledgerBranch))
}

/** What would be looked at on GitHub, where it is not asked. */
function unseen(offline: boolean): readonly Finding[] {
  const because = offline ? 'GitHub was not asked' : 'there is no token: set GITHUB_TOKEN to one of an administrator'
  return githubExaminations.map(({ id, severity, summary, cure }) => ({
    ...{ id, area: 'github', severity, summary, cure },
    ...{ standing: 'unknown', because },
  }))
}

function rendered({ format, colour }: World, diagnosis: Diagnosis): string {
  if (format === 'json') return diagnosisJson(diagnosis)
  return format === 'markdown' ? diagnosisMarkdown(diagnosis) : diagnosisText(diagnosis, colour)
}
