import type { Awaits, Verdict } from '../verdict.ts'

/** Whom a pull request waits for: what could still be given to the approvals that it lacks, each requirement once. */
export function awaitedOf(decisions: readonly Verdict[]): readonly Awaits[] {
  const found = new Map<string, Awaits>()
  for (const decision of decisions) {
    for (const awaits of decision.met ? [] : awaitedIn(decision)) found.set(JSON.stringify(awaits), awaits)
  }
  return [...found.values()]
}

function awaitedIn({ awaits, parts }: Verdict): readonly Awaits[] {
  return [...(awaits ? [awaits] : []), ...parts.filter(({ met }) => !met).flatMap(awaitedIn)]
}
