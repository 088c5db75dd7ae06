import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

// References are read from the files that hold them: a process for each question is most of what a test would take.

const commitId = /^[0-9a-f]{40}$/

/** The commit that a reference of a repository names; `undefined` where there is none. */
export function readRef(gitFolder: string, ref: string): string | undefined {
  return loose(join(gitFolder, ref)) ?? packed(gitFolder).get(ref)
}

/** The branches of a repository by name, and the commit that each ends in. */
export function readTips(gitFolder: string): ReadonlyMap<string, string> {
  const [folder, prefix] = [join(gitFolder, 'refs', 'heads'), 'refs/heads/']
  const tips = new Map<string, string>()
  for (const [ref, tip] of packed(gitFolder)) if (ref.startsWith(prefix)) tips.set(ref.slice(prefix.length), tip)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name)
    const tip = entry.isFile() ? loose(file) : undefined
    if (tip !== undefined) tips.set(file.slice(folder.length + 1), tip)
  }
  return tips
}

/** The commit that is checked out; `undefined` before the first one, and where `.git` is no folder. */
export function readHead(gitFolder: string): string | undefined {
  const said = content(join(gitFolder, 'HEAD'))?.trim() ?? ''
  return said.startsWith('ref: ') ? readRef(gitFolder, said.slice(5)) : commitId.test(said) ? said : undefined
}

function loose(file: string): string | undefined {
  const said = content(file)?.trim() ?? ''
  return commitId.test(said) ? said : undefined
}

function packed(gitFolder: string): ReadonlyMap<string, string> {
  const lines = content(join(gitFolder, 'packed-refs'))?.split('\n') ?? []
  return new Map(
    lines.flatMap((line) => {
      const [, id, ref] = /^([0-9a-f]{40}) (\S+)$/.exec(line) ?? []
      return id && ref ? [[ref, id] as const] : []
    }),
  )
}

/** What a file holds; `undefined` where there is no such file. */
function content(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
