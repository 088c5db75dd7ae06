import { type Known, known } from '../../core/doctor/known.ts'
import type { Environment, RepositorySettings } from '../../core/doctor/repository-settings.ts'
import { type Data, isData, listAt, textAt } from '../../core/record.ts'
import { protectionOf } from './branch-protection.ts'
import type { GitHub, Parameters } from './connection.ts'
import { notReadable, unreadable } from './unreadable-setting.ts'

/** Reads what a repository is set to. What the token may not read is unknown, and says so. */
export async function readRepositorySettings(github: GitHub, ledgerBranch: string): Promise<RepositorySettings> {
  const { owner, repo } = github
  const { data } = await github.request('GET /repos/{owner}/{repo}')
  const defaultBranch = (isData(data) && textAt(data, 'default_branch')) || 'main'
  return {
    repository: `${owner}/${repo}`,
    defaultBranch,
    mainline: await protectionOf(github, defaultBranch),
    ledger: await protectionOf(github, ledgerBranch),
    runToken: await read(github, 'GET /repos/{owner}/{repo}/actions/permissions/workflow', {}, (answer) => ({
      mayWrite: answer['default_workflow_permissions'] !== 'read',
      mayApprove: answer['can_approve_pull_request_reviews'] !== false,
    })),
    actions: await read(github, 'GET /repos/{owner}/{repo}/actions/permissions', {}, (answer) => ({
      allowed: textAt(answer, 'allowed_actions') ?? 'all',
      mustBePinned: answer['sha_pinning_required'] === true,
    })),
    environments: await environmentsOf(github),
    openSecrets: await openSecretsOf(github),
    workflows: await read(github, 'GET /repos/{owner}/{repo}/actions/workflows', { per_page: 100 }, (answer) => {
      const list = listAt(answer, 'workflows').filter(isData)
      return new Map(list.map((each) => [textAt(each, 'path') ?? '', textAt(each, 'state') ?? 'unknown']))
    }),
  }
}

async function read<Value>(
  github: GitHub,
  route: string,
  parameters: Parameters,
  told: (answer: Data) => Value,
): Promise<Known<Value>> {
  const answer = await github.request(route, parameters, unreadable)
  return answer.status === 200 && isData(answer.data) ? known(told(answer.data)) : notReadable(answer)
}

async function environmentsOf(github: GitHub): Promise<Known<readonly Environment[]>> {
  const answer = await github.request('GET /repos/{owner}/{repo}/environments', { per_page: 100 }, unreadable)
  if (answer.status !== 200 || !isData(answer.data)) return notReadable(answer)
  const list: Environment[] = []
  for (const each of listAt(answer.data, 'environments').filter(isData)) {
    const name = textAt(each, 'name') ?? ''
    const policy = each['deployment_branch_policy']
    if (!isData(policy)) list.push({ name, branches: 'all' })
    else if (policy['custom_branch_policies'] !== true) list.push({ name, branches: 'protected' })
    else {
      const named = await github.request(
        'GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies',
        { environment_name: name, per_page: 100 },
        unreadable,
      )
      if (named.status !== 200 || !isData(named.data)) return notReadable(named)
      const patterns = listAt(named.data, 'branch_policies').filter(isData)
      list.push({ name, branches: patterns.map((pattern) => textAt(pattern, 'name') ?? '') })
    }
  }
  return known(list)
}

/** The names of secrets that no environment guards; GitHub tells no values. */
async function openSecretsOf(github: GitHub): Promise<Known<readonly string[]>> {
  const names: string[] = []
  for (const kind of ['secrets', 'organization-secrets']) {
    const route = `GET /repos/{owner}/{repo}/actions/${kind}`
    const answer = await github.request(route, { per_page: 100 }, unreadable)
    if (answer.status !== 200 || !isData(answer.data)) return notReadable(answer)
    names.push(...listAt(answer.data, 'secrets').flatMap((each) => (isData(each) ? [textAt(each, 'name') ?? ''] : [])))
  }
  return known(names)
}
