/** Whether a text names a zone of the IANA time zone database, as `Europe/Berlin`. Bare offsets (`+01:00`) are none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
