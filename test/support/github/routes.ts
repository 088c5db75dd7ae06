import type { Reply } from './faults.ts'
import {
  activityShape,
  changedFiles,
  checkShape,
  commitShape,
  eventShape,
  pullShape,
  reviewShape,
  userShape,
} from './shapes.ts'
import { addEvent, type Check, mergePull, noticePushes, type Pull, type State, userOfAddress } from './state.ts'

/** A request that the stand-in answers. */
export interface Asked {
  readonly url: string
  readonly values: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: Readonly<Record<string, unknown>>
  /** Asks `emulate` for the same or for something else, in the name of the token. */
  readonly emulated: (method?: string, path?: string, body?: unknown) => Promise<Reply>
}

export type Handler = (state: State, asked: Asked) => Reply | Promise<Reply>

const ok = (body: unknown): Reply => ({ status: 200, body })
const list = (items: readonly unknown[]): Reply => ({ status: 200, list: { items, wrap: (page) => page } })

/** GitHub's way of saying no. */
export function refused(status: number, message: string, errors?: readonly unknown[]): Reply {
  return { status, body: { message, ...(errors && { errors }), documentation_url: 'https://docs.github.com/rest' } }
}

const notFound = refused(404, 'Not Found')

function pullOf(state: State, { values }: Asked): Pull | undefined {
  return state.pulls.get(Number(values['pull_number'] ?? values['issue_number']))
}

async function shown(state: State, asked: Asked, pull: Pull, whole: boolean): Promise<object> {
  const { body } = await asked.emulated('GET', `/repos/${state.owner}/${state.repo}/pulls/${pull.number}`)
  return pullShape(asked.url, state, pull, Object(body), whole)
}

function shownAll(state: State, asked: Asked, pulls: readonly Pull[]): Reply {
  const shape = (item: unknown) => shown(state, asked, pulls.find((pull) => pull === item) ?? Object(item), false)
  return { status: 200, list: { items: pulls, wrap: (page) => page, shape } }
}

/** Secrets by name; GitHub tells no values. */
function secretsAnswer(items: readonly Record<string, unknown>[]): Reply {
  return { status: 200, list: { items, wrap: (page) => ({ total_count: items.length, secrets: page }) } }
}

/** Variables of a place by name and value. */
function variablesAnswer(items: readonly Record<string, unknown>[] = []): Reply {
  return { status: 200, list: { items, wrap: (page) => ({ total_count: items.length, variables: page }) } }
}

const own = '/repos/{owner}/{repo}'

/** The routes that `emulate` lacks, or tells otherwise than GitHub does. */
export const routes: Readonly<Record<string, Handler>> = {
  [`GET ${own}/pulls`]: (state, asked) => {
    const { query } = asked
    const wanted = query.get('state') ?? 'open'
    const [owner, branch] = query.get('head')?.split(/:(.*)/s) ?? []
    const pulls = [...state.pulls.values()].filter(
      (pull) =>
        (wanted === 'all' || pull.state === wanted) &&
        (query.get('base') ?? pull.base) === pull.base &&
        (branch === undefined || (pull.branch === branch && (pull.fork ?? state.owner).split('/')[0] === owner)),
    )
    const by = query.get('sort') === 'updated' ? ('updatedAt' as const) : ('createdAt' as const)
    const rising = pulls.toSorted((a, b) => a[by].localeCompare(b[by]) || a.number - b.number)
    return shownAll(state, asked, query.get('direction') === 'asc' ? rising : rising.toReversed())
  },

  [`POST ${own}/pulls`]: async (state, asked) => {
    const { title, body, head, base = '', draft = false } = asked.body
    const branch = String(head).replace(`${state.owner}:`, '')
    const sha = state.bare.resolve(`refs/heads/${branch}`)
    const onto = state.bare.resolve(`refs/heads/${String(base)}`)
    const wrong = (message: string) =>
      refused(422, 'Validation Failed', [{ resource: 'PullRequest', code: 'custom', message }])
    if (!sha || !onto)
      return refused(422, 'Validation Failed', [{ resource: 'PullRequest', field: 'head', code: 'invalid' }])
    if (state.bare.isAncestor(sha, onto)) return wrong(`No commits between ${String(base)} and ${branch}`)
    const pulls = [...state.pulls.values()]
    if (pulls.some((pull) => pull.state === 'open' && pull.branch === branch && pull.base === base)) {
      return wrong(`A pull request already exists for ${state.owner}:${branch}.`)
    }
    const pull = await addPull(state, asked.emulated, {
      title: String(title),
      body: typeof body === 'string' ? body : null,
      branch,
      base: String(base),
      head: sha,
      draft: draft === true,
      author: state.self,
      fork: undefined,
    })
    return { status: 201, body: await shown(state, asked, pull, true) }
  },

  [`GET ${own}/pulls/{pull_number}`]: async (state, asked) => {
    const pull = pullOf(state, asked)
    return pull ? ok(await shown(state, asked, pull, true)) : notFound
  },

  [`PATCH ${own}/pulls/{pull_number}`]: async (state, asked) => {
    const pull = pullOf(state, asked)
    if (!pull) return notFound
    const { title, body, state: wanted, base } = asked.body
    const at = state.clock.tick()
    if (typeof title === 'string') pull.title = title
    if (typeof body === 'string') pull.body = body
    if (typeof base === 'string') pull.base = base
    if (wanted === 'open' || wanted === 'closed') {
      pull.state = wanted
      pull.closedAt = wanted === 'closed' ? at : null
    }
    pull.updatedAt = at
    return ok(await shown(state, asked, pull, true))
  },

  [`GET ${own}/pulls/{pull_number}/commits`]: (state, asked) => {
    const pull = pullOf(state, asked)
    if (!pull) return notFound
    const base = pull.merged ? `${pull.merged}^1` : (state.tips.get(pull.base) ?? pull.base)
    const shas = state.bare
      .told('rev-list', '--reverse', '--topo-order', pull.head, `^${base}`)
      .split('\n')
      .filter(Boolean)
    // GitHub tells of 250 and not of one more.
    return list(shas.slice(0, 250).map((sha) => commitShape(asked.url, state, sha)))
  },

  [`GET ${own}/pulls/{pull_number}/files`]: (state, asked) => {
    const pull = pullOf(state, asked)
    if (!pull) return notFound
    const status: Readonly<Record<string, string>> = { A: 'added', M: 'modified', D: 'removed', T: 'changed' }
    const raw = `${asked.url}/${state.owner}/${state.repo}/raw/${pull.head}`
    return list(
      changedFiles(state, pull).map(([letter, path]) => ({
        sha: state.bare.resolve(pull.head),
        filename: path,
        status: status[letter] ?? 'modified',
        additions: 1,
        deletions: 0,
        changes: 1,
        blob_url: `${raw}/${encodeURIComponent(path)}`,
        raw_url: `${raw}/${encodeURIComponent(path)}`,
        contents_url: `${raw}/${encodeURIComponent(path)}`,
      })),
    )
  },

  [`PUT ${own}/pulls/{pull_number}/merge`]: (state, asked) => {
    const pull = pullOf(state, asked)
    if (!pull) return notFound
    if (pull.state !== 'open' || pull.draft) return refused(405, 'Pull Request is not mergeable')
    if (asked.body['sha'] !== undefined && asked.body['sha'] !== pull.head) {
      return refused(409, 'Head branch was modified. Review and try the merge again.')
    }
    const method = asked.body['merge_method']
    const sha = mergePull(state, pull, method === 'squash' || method === 'rebase' ? method : 'merge', state.self)
    return ok({ sha, merged: true, message: 'Pull Request successfully merged' })
  },

  [`GET ${own}/pulls/{pull_number}/reviews`]: (state, asked) => {
    const pull = pullOf(state, asked)
    if (!pull) return notFound
    return list(
      state.reviews.filter((review) => review.pull === pull.number).map((each) => reviewShape(asked.url, state, each)),
    )
  },

  [`GET ${own}/issues/{issue_number}/timeline`]: (state, asked) => {
    const pull = pullOf(state, asked)
    if (!pull) return list([])
    return list(pull.timeline.map((event) => eventShape(asked.url, state, pull, event)))
  },

  [`GET ${own}/activity`]: (state, asked) => {
    const { owner, repo } = asked.values
    // The activity of a fork is not shown to the token of another repository.
    if (owner !== state.owner || repo !== state.repo) return notFound
    const ref = asked.query.get('ref')
    const events = state.activity.filter((event) => ref === null || [event.ref, event.ref.slice(11)].includes(ref))
    return list(events.toReversed().map((event) => activityShape(asked.url, event)))
  },

  [`POST ${own}/check-runs`]: (state, asked) => {
    const { body } = asked
    if (!state.bare.resolve(String(body['head_sha'])))
      return refused(422, `No commit found for SHA: ${String(body['head_sha'])}`)
    const at = state.clock.tick()
    state.ids += 1
    const check: Check = {
      id: state.ids,
      name: String(body['name']),
      head: String(body['head_sha']),
      externalId: '',
      status: 'queued',
      conclusion: null,
      startedAt: typeof body['started_at'] === 'string' ? body['started_at'] : at,
      completedAt: null,
      title: null,
      summary: null,
      text: null,
      annotations: [],
      app: state.appId,
    }
    const wrong = changeCheck(check, body, at)
    if (wrong) return wrong
    state.checks.push(check)
    return { status: 201, body: checkShape(asked.url, state, check) }
  },

  [`PATCH ${own}/check-runs/{check_run_id}`]: (state, asked) => {
    const check = state.checks.find(({ id }) => String(id) === asked.values['check_run_id'])
    if (!check) return notFound
    if (check.app !== state.appId)
      return refused(403, 'Invalid app_id `0` - check run can only be modified by the GitHub App that created it.')
    return changeCheck(check, asked.body, state.clock.tick()) ?? ok(checkShape(asked.url, state, check))
  },

  [`GET ${own}/check-runs/{check_run_id}`]: (state, asked) => {
    const check = state.checks.find(({ id }) => String(id) === asked.values['check_run_id'])
    return check ? ok(checkShape(asked.url, state, check)) : notFound
  },

  [`GET ${own}/check-runs/{check_run_id}/annotations`]: (state, asked) => {
    const check = state.checks.find(({ id }) => String(id) === asked.values['check_run_id'])
    if (!check) return notFound
    return list(
      check.annotations.map((each) => ({
        ...each,
        title: Object(each).title ?? null,
        raw_details: null,
        start_column: Object(each).start_column ?? null,
        end_column: Object(each).end_column ?? null,
        blob_href: asked.url,
      })),
    )
  },

  [`GET ${own}/commits/{ref}/check-runs`]: (state, asked) => {
    const sha = state.bare.resolve(asked.values['ref'] ?? '')
    if (!sha) return refused(422, `No commit found for SHA: ${asked.values['ref']}`)
    const { query } = asked
    const named = state.checks.filter(
      (check) =>
        check.head === sha &&
        (query.get('check_name') ?? check.name) === check.name &&
        (query.get('app_id') ?? String(check.app)) === String(check.app),
    )
    const newest = new Map(named.map((check) => [`${check.app} ${check.name}`, check]))
    const checks = (query.get('filter') === 'all' ? named : [...newest.values()]).toReversed()
    const items = checks.map((check) => checkShape(asked.url, state, check))
    return { status: 200, list: { items, wrap: (page) => ({ total_count: items.length, check_runs: page }) } }
  },

  [`GET ${own}/commits/{commit_sha}/pulls`]: (state, asked) => {
    const sha = state.bare.resolve(asked.values['commit_sha'] ?? '')
    if (!sha) return refused(422, `No commit found for SHA: ${asked.values['commit_sha']}`)
    const pulls = [...state.pulls.values()].filter(
      (pull) =>
        pull.merged === sha ||
        (state.bare.isAncestor(sha, pull.merged ?? pull.head) &&
          !state.bare.isAncestor(sha, pull.merged ? `${pull.merged}^1` : `refs/heads/${pull.base}`)),
    )
    return shownAll(state, asked, pulls)
  },

  [`GET ${own}/commits/{ref}`]: (state, asked) => {
    const sha = state.bare.resolve(asked.values['ref'] ?? '')
    return sha
      ? ok(commitShape(asked.url, state, sha))
      : refused(422, `No commit found for SHA: ${asked.values['ref']}`)
  },

  [`GET ${own}/commits`]: (state, asked) => {
    const from = asked.query.get('sha') ?? 'main'
    const shas = state.bare.git(['rev-list', '-n', '300', from]).split('\n').filter(Boolean)
    return list(shas.map((sha) => commitShape(asked.url, state, sha)))
  },

  [`GET ${own}/git/ref/{ref}`]: (state, asked) => {
    const ref = asked.values['ref'] ?? ''
    const sha = state.bare.resolve(`refs/${ref}`)
    const object = { type: 'commit', sha, url: `${asked.url}/repos/${state.owner}/${state.repo}/git/commits/${sha}` }
    return sha ? ok({ ref: `refs/${ref}`, node_id: 'REF', url: object.url, object }) : notFound
  },

  [`GET ${own}/branches/{branch}/protection`]: ({ settings }, { values }) => {
    const protection = settings.protection[values['branch'] ?? '']
    return protection ? ok(protection) : refused(404, 'Branch not protected')
  },
  [`GET ${own}/rules/branches/{branch}`]: ({ settings }, { values }) =>
    list(settings.rules[values['branch'] ?? ''] ?? []),
  [`GET ${own}/rulesets`]: ({ settings }) => list(settings.rulesets),
  [`GET ${own}/rulesets/{ruleset_id}`]: ({ settings }, { values }) => {
    const ruleset = settings.rulesets.find(({ id }) => String(id) === values['ruleset_id'])
    return ruleset ? ok(ruleset) : notFound
  },
  [`GET ${own}/actions/permissions`]: ({ settings }) => ok(settings.actions),
  [`GET ${own}/actions/permissions/workflow`]: ({ settings }) => ok(settings.workflowRights),
  [`GET ${own}/actions/secrets`]: ({ settings }) => secretsAnswer(settings.secrets.repository),
  [`GET ${own}/actions/organization-secrets`]: ({ settings }) => secretsAnswer(settings.secrets.organization),
  [`GET ${own}/actions/variables`]: ({ settings }) => variablesAnswer(settings.variables['repository']),
  [`GET ${own}/actions/organization-variables`]: ({ settings }) => variablesAnswer(settings.variables['organization']),
  [`GET ${own}/environments/{environment_name}/variables`]: ({ settings }, { values }) =>
    variablesAnswer(settings.variables[values['environment_name'] ?? '']),
  [`GET ${own}/environments`]: ({ settings }) => {
    const items = settings.environments
    return { status: 200, list: { items, wrap: (page) => ({ total_count: items.length, environments: page }) } }
  },
  [`GET ${own}/environments/{environment_name}`]: ({ settings }, { values }) => {
    const found = settings.environments.find(({ name }) => name === values['environment_name'])
    return found ? ok(found) : notFound
  },
  [`GET ${own}/environments/{environment_name}/deployment-branch-policies`]: ({ settings }, { values }) => {
    const items = settings.branchPolicies[values['environment_name'] ?? ''] ?? []
    return { status: 200, list: { items, wrap: (page) => ({ total_count: items.length, branch_policies: page }) } }
  },
  [`GET ${own}/actions/workflows`]: ({ settings }) => {
    const items = settings.workflows
    return { status: 200, list: { items, wrap: (page) => ({ total_count: items.length, workflows: page }) } }
  },

  'GET /user': (state, asked) =>
    // The token of an app or a workflow is nobody's.
    state.self.type === 'Bot'
      ? refused(403, 'Resource not accessible by integration')
      : ok({ ...userShape(asked.url, state.self), ...publicFields }),

  'POST /graphql': (state, { body }) => {
    if (String(body['query']).includes('authors(')) return authorsAnswer(state, String(body['query']))
    const id = Object(body['variables'])['id']
    const pull = [...state.pulls.values()].find(({ number }) => `PR_${number}` === id)
    const wrong = (type: string, message: string) =>
      ok({
        data: { enablePullRequestAutoMerge: null },
        errors: [{ type, path: ['enablePullRequestAutoMerge'], message }],
      })
    if (!String(body['query']).includes('enablePullRequestAutoMerge')) return wrong('undefinedField', 'No such field')
    if (!pull) return wrong('NOT_FOUND', `Could not resolve to a node with the global id of '${String(id)}'`)
    if (!state.settings.autoMerge) return wrong('UNPROCESSABLE', 'Auto merge is not allowed for this repository')
    pull.autoMerge = true
    return ok({ data: { enablePullRequestAutoMerge: { pullRequest: { id } } } })
  },
}

/** The authors of the commits that a question names, each with the account that has the address. */
function authorsAnswer(state: State, query: string): Reply {
  const asked = Array.from(query.matchAll(/(\w+): object\(oid: "([0-9a-f]{40})"\)/g))
  const answers = asked.map(([, name, sha = '']) => {
    const [author = '', message = ''] = state.bare.told('log', '-1', '--format=%ae%x00%B', sha).split('\0')
    const others = Array.from(message.matchAll(/^co-authored-by:[^<\n]*<([^>\n]+)>/gim), ([, address = '']) => address)
    const nodes = [author, ...others].map((email) => {
      const user = userOfAddress(state, email)
      return { email, user: user && { login: user.login, databaseId: user.id } }
    })
    return [name, { authors: { nodes } }]
  })
  return ok({ data: { repository: Object.fromEntries(answers) } })
}

const publicFields = {
  name: null,
  company: null,
  blog: '',
  location: null,
  email: null,
  hireable: null,
  bio: null,
  public_repos: 0,
  public_gists: 0,
  followers: 0,
  following: 0,
  created_at: '2020-01-01T00:00:00Z',
  updated_at: '2020-01-01T00:00:00Z',
}

/** Changes a check run as GitHub does: what is not named stays, annotations are added, a conclusion completes it. */
function changeCheck(check: Check, body: Readonly<Record<string, unknown>>, at: string): Reply | undefined {
  const output = Object(body['output'])
  const annotations: readonly unknown[] = Array.isArray(output.annotations) ? output.annotations : []
  if (annotations.length > 50)
    return refused(422, 'Invalid request. No more than 50 items are allowed; 51 were supplied.')
  for (const text of [output.summary, output.text]) {
    if (typeof text === 'string' && text.length > 65535)
      return refused(422, 'Invalid request. Only 65535 characters are allowed.')
  }
  if (body['status'] === 'completed' && body['conclusion'] === undefined) return refused(422, 'conclusion is required')
  if (typeof body['external_id'] === 'string') check.externalId = body['external_id']
  // Once completed it stays so: GitHub takes another conclusion, and passes over any other status.
  if (typeof body['conclusion'] === 'string') {
    Object.assign(check, { status: 'completed', conclusion: body['conclusion'], completedAt: at })
  } else if (typeof body['status'] === 'string' && check.status !== 'completed') check.status = body['status']
  if (body['output'] !== undefined) {
    Object.assign(check, { title: output.title, summary: output.summary, text: output.text ?? check.text })
  }
  check.annotations.push(...annotations.filter((each) => typeof each === 'object' && each !== null))
  return undefined
}

/** Adds a pull request to the stand-in and to `emulate`, which numbers it. */
export async function addPull(
  state: State,
  emulated: Asked['emulated'],
  told: Pick<Pull, 'title' | 'body' | 'branch' | 'base' | 'head' | 'draft' | 'author' | 'fork'>,
): Promise<Pull> {
  const path = `/repos/${state.owner}/${state.repo}/pulls`
  const alias = `${told.branch}-${state.pulls.size}`.replace(/[^\w./-]/g, '-')
  const { body } = await emulated('POST', path, { title: 'pull request', head: alias, base: 'main' })
  const at = state.clock.tick()
  const number = Number(Object(body).number)
  const pull: Pull = {
    ...told,
    number,
    state: 'open',
    autoMerge: false,
    merged: null,
    mergedAt: null,
    closedAt: null,
    createdAt: at,
    updatedAt: at,
    timeline: [],
  }
  state.pulls.set(number, pull)
  state.bare.git(['update-ref', `refs/pull/${number}/head`, told.head])
  if (told.author) addEvent(state, pull, 'subscribed', told.author, at)
  noticePushes(state)
  return pull
}
