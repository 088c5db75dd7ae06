import type { Activity, Check, Pull, Review, State, User } from './state.ts'
import { userOfAddress } from './state.ts'

// What the stand-in tells, in the shapes of GitHub's description.

export function userShape(url: string, user: User | null): object | null {
  if (!user) return null
  const own = `${url}/users/${encodeURIComponent(user.login)}`
  return {
    login: user.login,
    id: user.id,
    node_id: `U_${user.id}`,
    avatar_url: `${url}/avatars/u/${user.id}`,
    gravatar_id: '',
    url: own,
    html_url: `${url}/${encodeURIComponent(user.login)}`,
    followers_url: `${own}/followers`,
    following_url: `${own}/following{/other_user}`,
    gists_url: `${own}/gists{/gist_id}`,
    starred_url: `${own}/starred{/owner}{/repo}`,
    subscriptions_url: `${own}/subscriptions`,
    organizations_url: `${own}/orgs`,
    repos_url: `${own}/repos`,
    events_url: `${own}/events{/privacy}`,
    received_events_url: `${own}/received_events`,
    type: user.type,
    site_admin: false,
  }
}

export function reviewShape(url: string, state: State, review: Review): object {
  const pull = `${url}/repos/${state.owner}/${state.repo}/pulls/${review.pull}`
  return {
    id: review.id,
    node_id: `PRR_${review.id}`,
    user: userShape(url, review.user),
    body: review.body,
    state: review.state,
    html_url: `${pull}#pullrequestreview-${review.id}`,
    pull_request_url: pull,
    _links: { html: { href: pull }, pull_request: { href: pull } },
    ...(review.state !== 'PENDING' && { submitted_at: review.at }),
    commit_id: review.commit,
    author_association: 'MEMBER',
  }
}

export function checkShape(url: string, state: State, check: Check): object {
  const own = `${url}/repos/${state.owner}/${state.repo}/check-runs/${check.id}`
  return {
    id: check.id,
    head_sha: check.head,
    node_id: `CR_${check.id}`,
    external_id: check.externalId,
    url: own,
    html_url: own,
    details_url: own,
    status: check.status,
    conclusion: check.conclusion,
    started_at: check.startedAt,
    completed_at: check.completedAt,
    output: {
      title: check.title,
      summary: check.summary,
      text: check.text,
      annotations_count: check.annotations.length,
      annotations_url: `${own}/annotations`,
    },
    name: check.name,
    check_suite: { id: 5 },
    app: {
      id: check.app,
      slug: check.app === 15368 ? 'github-actions' : 'gitsm-gate',
      node_id: `A_${check.app}`,
      owner: userShape(url, state.self),
      name: check.app === 15368 ? 'GitHub Actions' : 'GitSM gate',
      description: '',
      external_url: url,
      html_url: url,
      created_at: '2018-07-30T09:30:17Z',
      updated_at: '2018-07-30T09:30:17Z',
      permissions: { checks: 'write', metadata: 'read' },
      events: [],
    },
    pull_requests: [],
  }
}

export function activityShape(url: string, activity: Activity): object {
  return {
    id: activity.id,
    node_id: `PSH_${activity.id}`,
    before: activity.before,
    after: activity.after,
    ref: activity.ref,
    timestamp: activity.at,
    activity_type: activity.kind,
    actor: userShape(url, activity.actor),
  }
}

export function commitShape(url: string, state: State, sha: string): object {
  const format = ['%H', '%T', '%P', '%an', '%ae', '%aI', '%cn', '%ce', '%cI', '%B'].join('%x00')
  const told = state.bare.told('log', '-1', `--format=${format}`, sha).split('\0')
  const [id = '', tree, parents = '', an, ae = '', ad, cn, ce = '', cd, message = ''] = told
  const own = `${url}/repos/${state.owner}/${state.repo}`
  return {
    url: `${own}/commits/${id}`,
    sha: id,
    node_id: `C_${id}`,
    html_url: `${url}/${state.owner}/${state.repo}/commit/${id}`,
    comments_url: `${own}/commits/${id}/comments`,
    commit: {
      url: `${own}/git/commits/${id}`,
      author: { name: an, email: ae, date: ad },
      committer: { name: cn, email: ce, date: cd },
      message: message.trimEnd(),
      comment_count: 0,
      tree: { sha: tree, url: `${own}/git/trees/${tree}` },
      verification: { verified: false, reason: 'unsigned', payload: null, signature: null, verified_at: null },
    },
    author: userShape(url, userOfAddress(state, ae)),
    committer: userShape(url, userOfAddress(state, ce)),
    parents: parents
      .split(' ')
      .filter(Boolean)
      .map((parent) => ({ sha: parent, url: `${own}/commits/${parent}`, html_url: `${own}/commit/${parent}` })),
  }
}

export function eventShape(url: string, state: State, pull: Pull, event: object): object {
  const { id, event: name, actor, at, more, review } = Object(event)
  if (review) return { ...reviewShape(url, state, review), event: 'reviewed' }
  const own = `${url}/repos/${state.owner}/${state.repo}/issues/events/${id}`
  return {
    id,
    node_id: `EV_${id}`,
    url: own,
    actor: userShape(url, actor),
    event: name,
    commit_id: null,
    commit_url: null,
    created_at: at,
    performed_via_github_app: null,
    ...more,
    ...(more?.commit_id && { commit_url: `${url}/repos/${state.owner}/${state.repo}/commits/${more.commit_id}` }),
    issue_number: pull.number,
  }
}

/** A pull request: as `emulate` tells it, with everything that depends on commits as it really is. */
export function pullShape(
  url: string,
  state: State,
  pull: Pull,
  told: Record<string, unknown>,
  whole: boolean,
): object {
  const { bare } = state
  const base = state.tips.get(pull.base) ?? ''
  const repository = Object(told['base'])['repo']
  const own = `${url}/repos/${state.owner}/${state.repo}`
  const from = pull.fork === undefined ? `${state.owner}/${state.repo}` : pull.fork
  const [forkOwner = ''] = (from ?? 'ghost/gone').split('/')
  const forkUser = userShape(url, state.users.get(forkOwner) ?? state.self)
  const mergeable = pull.state === 'open' ? isMergeable(state, base, pull.head) : null
  const shape = {
    ...told,
    url: `${own}/pulls/${pull.number}`,
    html_url: `${url}/${state.owner}/${state.repo}/pull/${pull.number}`,
    node_id: `PR_${pull.number}`,
    title: pull.title,
    body: pull.body,
    user: userShape(url, pull.author),
    state: pull.state,
    draft: pull.draft,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.merged,
    auto_merge: pull.autoMerge
      ? { enabled_by: userShape(url, state.self), merge_method: 'merge', commit_title: '', commit_message: '' }
      : null,
    head: {
      label: `${forkOwner}:${pull.branch}`,
      ref: pull.branch,
      sha: pull.head,
      user: pull.fork === undefined ? Object(told['base'])['user'] : forkUser,
      repo: from === null ? null : { ...repository, full_name: from, fork: pull.fork !== undefined },
    },
    base: { ...Object(told['base']), label: `${state.owner}:${pull.base}`, ref: pull.base, sha: base },
  }
  if (!whole) return shape
  const range = pull.merged ? [pull.head, `^${pull.merged}^1`] : [pull.head, `^${base}`]
  return {
    ...shape,
    merged: pull.merged !== null,
    merged_by: pull.merged === null ? null : userShape(url, state.self),
    mergeable,
    mergeable_state: mergeable === false ? 'dirty' : 'clean',
    rebaseable: mergeable,
    commits: Number(bare.told('rev-list', '--count', ...range)),
    changed_files: changedFiles(state, pull).length,
    additions: 1,
    deletions: 0,
    comments: 0,
    review_comments: 0,
    maintainer_can_modify: pull.maintainersMayPush ?? false,
  }
}

function isMergeable(state: State, base: string, head: string): boolean {
  try {
    state.bare.told('merge-tree', '--write-tree', base, head)
    return true
  } catch {
    return false
  }
}

/** The files that a pull request changes against where it left its base: status letter and path. */
export function changedFiles(state: State, pull: Pull): readonly (readonly [status: string, path: string])[] {
  const base = pull.merged ? `${pull.merged}^1` : (state.bare.resolve(`refs/heads/${pull.base}`) ?? pull.base)
  const from = state.bare.told('merge-base', base, pull.head)
  const words = state.bare
    .told('diff', '--name-status', '--no-renames', '-z', from, pull.head)
    .split('\0')
    .filter(Boolean)
  return words.flatMap((word, at) => (at % 2 === 0 ? [[word, words[at + 1] ?? ''] as const] : []))
}
