import { type GitDir, runGit } from './run.ts'

/** The newest commit of a mainline whose message ends in a trailer; `undefined` where there is none. */
export async function commitWithTrailer(
  git: GitDir,
  tip: string,
  { key, value }: { readonly key: string; readonly value: string },
): Promise<string | undefined> {
  const format = `--format=%H %(trailers:key=${key},valueonly,unfold,separator=%x1f)`
  const found = await runGit(git, ['log', '--fixed-strings', `--grep=${key}: ${value}`, format, tip])
  for (const line of found.toString('utf8').split('\n')) {
    const [, commit, values = ''] = /^([0-9a-f]+) (.*)$/.exec(line) ?? []
    if (commit !== undefined && values.split('\u001f').includes(value)) return commit
  }
  return undefined
}
