import type { Diagnostic } from '../diagnostic.ts'

/** What is known to be wrong already, so that only what is new is laid at a commit's door. */
export interface StandingFindings {
  /** Replaces what stood in a scope, such as a file or a rule, and gives back what did not stand there before. */
  replace(scope: string, found: readonly Diagnostic[]): readonly Diagnostic[]
}

/** Nothing wrong so far. */
export function standingFindings(): StandingFindings {
  const counts = new Map<string, ReadonlyMap<string, number>>()
  return {
    replace(scope, found) {
      const before = counts.get(scope)
      const now = new Map<string, number>()
      const fresh = found.filter((finding) => {
        const key = nameOf(finding)
        const count = (now.get(key) ?? 0) + 1
        now.set(key, count)
        return count > (before?.get(key) ?? 0)
      })
      if (now.size === 0) counts.delete(scope)
      else counts.set(scope, now)
      return fresh
    },
  }
}

/** What makes two findings the same: places move when lines are added above them, so they are left out. */
function nameOf({ rule, message, place }: Diagnostic): string {
  return `${rule}\0${place.file}\0${message}`
}
