import { changedFiles } from './changed-files.ts'
import { type GitDir, runGit } from './run.ts'

/** By which a commit is known as what somebody asked for. */
export interface Asked {
  readonly trailer: { readonly key: string; readonly value: string }
  /** The address under which it was made for whoever asked. */
  readonly email: string
}

/** A commit, and the files that it changed. */
export interface CommitFound {
  readonly commit: string
  readonly files: readonly { readonly path: string; readonly isNew: boolean }[]
}

/**
 * The commits of a mainline that carry out what somebody asked for, newest first. What a merge brought along is looked
 * past, and so is what somebody else wrote or took over: a forge that puts others' commits there is their committer.
 */
export async function commitsAsked(git: GitDir, tip: string, asked: Asked): Promise<readonly CommitFound[]> {
  const { email } = asked
  const { key, value } = asked.trailer
  const format = `--format=%H %ae%x1f%ce%x1f%(trailers:key=${key},valueonly,unfold,separator=%x1f)`
  const chain = ['log', '--first-parent', '--no-merges', '--fixed-strings', `--grep=${key}: ${value}`]
  const found: CommitFound[] = []
  for (const line of (await runGit(git, [...chain, format, tip])).toString('utf8').split('\n')) {
    const [, commit, rest = ''] = /^([0-9a-f]+) (.*)$/.exec(line) ?? []
    const [author, committer, ...values] = rest.split('\u001f')
    if (commit === undefined || author !== email || committer !== email || !values.includes(value)) continue
    const changes = await changedFiles(git, `${commit}^`, commit)
    found.push({ commit, files: changes.map(({ path, before }) => ({ path, isNew: before === null })) })
  }
  return found
}
