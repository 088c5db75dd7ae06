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
  const environments = await environmentsOf(github)
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
    environments,
    openSecrets: await openSecretsOf(github),
    gateApp: await gateAppOf(github, environments),
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

/** The environment that the gate runs in. */
const gateEnvironment = 'gitsm-gate'

/** The variable that names the App, from the nearest place that has it: environment, repository, organisation. */
async function gateAppOf(github: GitHub, environments: Known<readonly Environment[]>): Promise<Known<string | null>> {
  if (!environments.known) return environments
  const hasOwn = environments.value.some(({ name }) => name === gateEnvironment)
  const places = [
    ...(hasOwn ? [`environments/${gateEnvironment}/variables`] : []),
    'actions/variables',
    'actions/organization-variables',
  ]
  for (const place of places) {
    const value = await variableIn(github, `GET /repos/{owner}/{repo}/${place}`, 'GITSM_APP_ID')
    if (!value.known || value.value !== null) return value
  }
  return known(null)
}

/** So many variables are on a page at most. */
const variablesOnPage = 30

/** The value of a variable in a list of them; `null` where it is not there. */
async function variableIn(github: GitHub, route: string, name: string): Promise<Known<string | null>> {
  for (let page = 1; ; page++) {
    const answer = await github.request(route, { per_page: variablesOnPage, page }, unreadable)
    if (answer.status !== 200 || !isData(answer.data)) return notReadable(answer)
    const list = listAt(answer.data, 'variables').filter(isData)
    const found = list.find((each) => textAt(each, 'name') === name)
    if (found) return known(textAt(found, 'value') ?? null)
    if (list.length < variablesOnPage) return known(null)
  }
}
