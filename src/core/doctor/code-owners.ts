/** Places that decide how all others are judged. */
const places = ['.github/', 'schemas/', 'templates/', 'gitsm.yaml']

/**
 * The places of configuration that a CODEOWNERS file gives to nobody. As GitHub reads it, the last pattern that matches
 * counts, and one without an owner takes the ownership away.
 */
export function unownedPlaces(codeOwners: string | undefined): readonly string[] {
  const lines = (codeOwners ?? '')
    .split('\n')
    .map((line) =>
      line
        .replace(/(^|\s)#.*$/, '')
        .trim()
        .split(/\s+/),
    )
    .filter(([pattern]) => pattern !== '')
  return places.filter((place) => {
    const last = lines.findLast(([pattern = '']) => covers(pattern, place))
    return last === undefined || !last.slice(1).some((owner) => /^@[\w-]+(\/[\w.-]+)?$|^[^@\s]+@[^@\s]+$/.test(owner))
  })
}

/** Whether a pattern covers a whole place: itself, everything in it, or everything there is. */
function covers(pattern: string, place: string): boolean {
  const bare = pattern.replace(/^\//, '').replace(/\*\*$/, '')
  return ['', '*', place, place.replace(/\/$/, '')].includes(bare)
}
