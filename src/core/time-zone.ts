const known = new Map<string, boolean>()

/** Whether a text names a zone of the IANA time zone database, as `Europe/Berlin`. Bare offsets (`+01:00`) are none. */
export function isTimeZone(name: string): boolean {
  // No name of the database comes near this length, and the answers to longer texts would pile up.
  if (name.length > 64 || !/^[A-Za-z]/.test(name)) return false
  const before = known.get(name)
  if (before !== undefined) return before
  const found = hasZone(name)
  known.set(name, found)
  return found
}

/** The database has no list to look into that knows aliases, so a formatter is made, which takes a millisecond. */
function hasZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
    return true
  } catch {
    return false
  }
}
