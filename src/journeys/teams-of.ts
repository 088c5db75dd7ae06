import { hasCommit } from '../adapters/git/first-parent.ts'
import { pathRoot } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { readTree } from '../adapters/git/tree.ts'
import { readYamlFile } from '../adapters/yaml/read.ts'
import { indexRecords, type RecordIndex } from '../core/facts.ts'
import { isData } from '../core/record.ts'
import { recordPath } from '../core/record-path.ts'

/** Finds the teams that a commit had, each commit read once; `undefined` for a commit that is not here. */
export function teamsOf(git: GitDir): (commit: string) => Promise<RecordIndex | undefined> {
  const known = new Map<string, Promise<RecordIndex | undefined>>()
  return (commit) => {
    const found = known.get(commit) ?? readTeams(git, commit)
    known.set(commit, found)
    return found
  }
}

async function readTeams(git: GitDir, commit: string): Promise<RecordIndex | undefined> {
  if (!(await hasCommit(git, commit))) return undefined
  const files = await readTree(await pathRoot(git), commit, ['records/team'])
  return indexRecords(
    files.flatMap((file) => {
      const path = recordPath(file.path)
      const { data } = path ? readYamlFile(file) : {}
      return path && isData(data) ? [{ type: path.type, id: path.basename, file: file.path, data }] : []
    }),
  )
}
