import { isDate, parseDuration, parseInstant } from '../core/instant.ts'

const zoneForm = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/

/** The formats of our own that schemas use, each with the test that a text must pass. All are linear in the text. */
export const formats: { readonly [format: string]: (text: string) => boolean } = {
  'date-time': (text) => parseInstant(text) !== undefined,
  date: isDate,
  duration: (text) => parseDuration(text) !== undefined,
  'time-zone': isTimeZone,
}

/** Whether a text names a zone of the IANA database, as the running Node knows it; offsets are no zones. */
function isTimeZone(text: string): boolean {
  if (text.length > 64 || !zoneForm.test(text)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    return true
  } catch {
    return false
  }
}

/** The names of the zones, to suggest one from. */
export function timeZones(): readonly string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone')]
}
