import type { Emulated } from './emulated.ts'

/** The issues of the repository, what is written on them, and who is asked to review: all of it kept by `emulate`. */
export interface Tracker {
  /** What somebody with an account writes on an issue or a pull request. */
  readonly comment: (issue: number, options: { readonly by: string; readonly body: string }) => Promise<number>
  readonly deleteComment: (id: number) => Promise<void>
  readonly issue: (options: {
    readonly by: string
    readonly title: string
    readonly body?: string
    readonly labels?: readonly string[]
  }) => Promise<number>
  readonly comments: (
    issue: number,
  ) => Promise<readonly { readonly id: number; readonly by: string; readonly body: string }[]>
  readonly issues: () => Promise<
    readonly {
      readonly number: number
      readonly title: string
      readonly body: string
      readonly state: string
      readonly labels: readonly string[]
    }[]
  >
  readonly labels: (issue: number) => Promise<readonly string[]>
  readonly reviewersAsked: (pull: number) => Promise<readonly string[]>
}

/** The issues of a repository that `emulate` keeps, seen by one of its people. */
export function trackerOf(own: string, self: string, emulated: Emulated): Tracker {
  const ask = (method: string, path: string, body?: unknown, by = self) =>
    emulated.ask(method, `${own}${path}`, body, by)
  const rows = async (path: string): Promise<readonly Record<string, unknown>[]> => {
    const all: Record<string, unknown>[] = []
    for (let page = 1; all.length === (page - 1) * 100; page++) {
      const { body } = await ask('GET', `${path}per_page=100&page=${page}`)
      if (!Array.isArray(body)) break
      all.push(...body.map((each) => Object(each)))
    }
    return all
  }
  return {
    comment: async (issue, { by, body }) => {
      const reply = await ask('POST', `/issues/${issue}/comments`, { body }, by)
      return Number(Object(reply.body).id)
    },
    deleteComment: async (id) => void (await ask('DELETE', `/issues/comments/${id}`)),
    issue: async ({ by, title, body = '', labels = [] }) => {
      const reply = await ask('POST', '/issues', { title, body, labels }, by)
      return Number(Object(reply.body).number)
    },
    comments: async (issue) =>
      (await rows(`/issues/${issue}/comments?`)).map((each) => ({
        id: Number(each['id']),
        by: String(Object(each['user']).login),
        body: String(each['body']),
      })),
    issues: async () =>
      (await rows('/issues?state=all&'))
        .filter((each) => !each['pull_request'])
        .map((each) => ({
          number: Number(each['number']),
          title: String(each['title']),
          body: String(each['body']),
          state: String(each['state']),
          labels: Array.from(Object(each['labels']), (label) => String(Object(label).name)),
        })),
    labels: async (issue) => (await rows(`/issues/${issue}/labels?`)).map((label) => String(label['name'])),
    reviewersAsked: async (number) => {
      const { body } = await ask('GET', `/pulls/${number}`)
      return Array.from(Object(Object(body).requested_reviewers), (each) => String(Object(each).login))
    },
  }
}
