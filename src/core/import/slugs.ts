import { compare } from '../diagnostic.ts'
import { slugOf } from '../record-id.ts'

/** A text as a slug: `Group 56` → `group-56`; `fallback` where no letter or digit is left. */
export function slug(text: string, fallback: string): string {
  return slugOf(text) || fallback
}

/**
 * A slug for each name, no two alike and none of those taken: a name whose slug another has already gets a number. The
 * order of the names plays no part.
 */
export function slugs(
  names: Iterable<string>,
  fallback: string,
  taken: Iterable<string> = [],
): ReadonlyMap<string, string> {
  const used = new Set(taken)
  const given = new Map<string, string>()
  for (const name of [...new Set(names)].sort(compare)) {
    const base = slug(name, fallback)
    let candidate = base
    for (let next = 2; used.has(candidate); next += 1) candidate = `${base.slice(0, 56).replace(/-$/, '')}-${next}`
    used.add(candidate)
    given.set(name, candidate)
  }
  return given
}
