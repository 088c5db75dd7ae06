import { type Known, known, unknown } from '../../core/doctor/known.ts'
import type { BranchRules, Bypass, Protection } from '../../core/doctor/repository-settings.ts'
import { type Data, isData, listAt, textAt, valueAt } from '../../core/record.ts'
import type { Answer, GitHub } from './connection.ts'
import { notReadable, unreadable } from './unreadable-setting.ts'

/** Rules are read three ways: those in force, who may bypass each ruleset, and classic protection. */
export async function protectionOf(github: GitHub, branch: string): Promise<Protection> {
  const rules = await github.request(
    'GET /repos/{owner}/{repo}/rules/branches/{branch}',
    { branch, per_page: 100 },
    unreadable,
  )
  const list = rules.status === 200 && Array.isArray(rules.data) ? rules.data.filter(isData) : undefined
  const answer = await github.request('GET /repos/{owner}/{repo}/branches/{branch}/protection', { branch }, unreadable)
  const classic = classicRules(answer)
  return {
    rulesets: list === undefined ? notReadable(rules) : known(rulesOf(list)),
    classic: classic === undefined ? notReadable(answer) : known(classic.rules),
    bypass: await bypassOf(github, list, classic),
  }
}

/** The rules of all rulesets together: the strictest of each counts. */
function rulesOf(list: readonly Data[]): BranchRules {
  const of = (type: string): readonly Data[] =>
    list.filter((rule) => rule['type'] === type).map((rule) => (isData(rule['parameters']) ? rule['parameters'] : {}))
  const reviews = of('pull_request')
  const checks = of('required_status_checks')
  return {
    pullRequest: reviews.length > 0,
    approvals: Math.max(0, ...reviews.map((each) => Number(each['required_approving_review_count'] ?? 0))),
    dismissesStale: reviews.some((each) => each['dismiss_stale_reviews_on_push'] === true),
    asksCodeOwners: reviews.some((each) => each['require_code_owner_review'] === true),
    asksForLastPush: reviews.some((each) => each['require_last_push_approval'] === true),
    checks: checks.flatMap((each) => checksIn(listAt(each, 'required_status_checks'), 'integration_id')),
    upToDate:
      checks.some((each) => each['strict_required_status_checks_policy'] === true) || of('merge_queue').length > 0,
    forbidsPushes: of('update').length > 0,
    forbidsForce: of('non_fast_forward').length > 0,
    forbidsDeletion: of('deletion').length > 0,
  }
}

function checksIn(list: readonly unknown[], source: string): BranchRules['checks'] {
  return list.filter(isData).map((each) => {
    const app = each[source]
    return { name: textAt(each, 'context') ?? '', app: typeof app === 'number' && app > 0 ? app : null }
  })
}

interface Classic {
  readonly rules: BranchRules
  /** Whether they hold for administrators, too; without protection there is nothing to hold. */
  readonly holdsAdministrators: boolean
}

/** Classic protection; none where GitHub says outright that the branch has none; `undefined` where it does not tell. */
function classicRules({ status, data }: Answer): Classic | undefined {
  if (status === 404 && isData(data) && /^Branch not protected/i.test(textAt(data, 'message') ?? '')) {
    return { rules: rulesOf([]), holdsAdministrators: true }
  }
  if (status !== 200 || !isData(data)) return undefined
  const on = (...route: readonly string[]): boolean => valueAt(data, [...route, 'enabled']) === true
  const reviews = data['required_pull_request_reviews']
  const checks = data['required_status_checks']
  const says = (field: string): boolean => isData(reviews) && reviews[field] === true
  return {
    rules: {
      pullRequest: isData(reviews),
      approvals: isData(reviews) ? Number(reviews['required_approving_review_count'] ?? 0) : 0,
      dismissesStale: says('dismiss_stale_reviews'),
      asksCodeOwners: says('require_code_owner_reviews'),
      asksForLastPush: says('require_last_push_approval'),
      checks: isData(checks) ? checksIn(listAt(checks, 'checks'), 'app_id') : [],
      upToDate: isData(checks) && checks['strict'] === true,
      forbidsPushes: onlyAppsPush(data['restrictions']),
      forbidsForce: !on('allow_force_pushes'),
      forbidsDeletion: !on('allow_deletions'),
    },
    holdsAdministrators: on('enforce_admins'),
  }
}

/** Whether classic protection lets Apps push and nobody else. */
function onlyAppsPush(restrictions: unknown): boolean {
  if (!isData(restrictions)) return false
  return listAt(restrictions, 'users').length + listAt(restrictions, 'teams').length === 0
}

/** Who need not keep the rules. GitHub tells it only to those who may change a ruleset. */
async function bypassOf(
  github: GitHub,
  list: readonly Data[] | undefined,
  classic: Classic | undefined,
): Promise<Known<readonly Bypass[]>> {
  if (list === undefined) return unknown('the rulesets cannot be read')
  const ids = [...new Set(list.map((rule) => rule['ruleset_id']))].filter((id) => typeof id === 'number')
  const all: Bypass[] = []
  for (const ruleset_id of ids) {
    const answer = await github.request('GET /repos/{owner}/{repo}/rulesets/{ruleset_id}', { ruleset_id }, unreadable)
    const actors = answer.status === 200 && isData(answer.data) ? answer.data['bypass_actors'] : undefined
    if (!Array.isArray(actors)) return unknown('only those who may change a ruleset are told who may bypass it')
    all.push(...actors.filter(isData).map(actor))
  }
  const isClassicOnly = ids.length === 0 && classic?.rules.pullRequest === true
  if (isClassicOnly && !classic.holdsAdministrators)
    all.push({ kind: 'administrators', id: null, onlyPullRequests: false })
  return known(all)
}

const kinds: Readonly<Record<string, Bypass['kind']>> = {
  Integration: 'app',
  OrganizationAdmin: 'administrators',
  RepositoryRole: 'role',
  Team: 'team',
  DeployKey: 'deploy key',
  User: 'person',
}

function actor(data: Data): Bypass {
  const id = data['actor_id']
  return {
    kind: kinds[textAt(data, 'actor_type') ?? ''] ?? 'role',
    id: typeof id === 'number' ? id : null,
    onlyPullRequests: data['bypass_mode'] === 'pull_request',
  }
}
