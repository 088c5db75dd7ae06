import { type GitDir, startGit } from './run.ts'

/**
 * The newest mainline commit up to a tip that touches anything outside a folder of generated files, so that committing
 * reports does not change what the next report rests on. The tip itself when there is none.
 */
export async function newestContentCommit(git: GitDir, tip: string, generated: string): Promise<string> {
  const args = [
    'log',
    '--first-parent',
    '--diff-merges=first-parent',
    '--name-only',
    '-z',
    '--no-renames',
    '-O/dev/null',
    '--root',
  ]
  const child = startGit(git, [...args, '--format=%x01%H', tip])
  child.stdin.end()
  child.stderr.resume()
  let [commit, rest] = ['', '']
  try {
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      const tokens = (rest + chunk.toString('utf8')).split('\0')
      rest = tokens.pop() ?? ''
      for (const token of tokens.map((each) => each.replace(/^\n/, ''))) {
        if (token.startsWith('\x01')) commit = token.slice(1)
        else if (token !== '' && !token.startsWith(`${generated}/`)) return commit
      }
    }
  } finally {
    child.kill()
  }
  return tip
}
