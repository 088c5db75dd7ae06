import { isDate, parseDuration, parseInstant } from '../core/instant.ts'
import { isTimeZone } from '../core/time-zone.ts'

const zoneForm = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/

/** The formats of our own that schemas use, each with the test that a text must pass. All are linear in the text. */
export const formats: { readonly [format: string]: (text: string) => boolean } = {
  'date-time': (text) => parseInstant(text) !== undefined,
  date: isDate,
  duration: (text) => parseDuration(text) !== undefined,
  'time-zone': (text) => zoneForm.test(text) && isTimeZone(text),
}

/** The names of the zones, to suggest one from. */
export function timeZones(): readonly string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone')]
}
