import type { Format } from 'ajv'
import addFormats from 'ajv-formats'
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

/** Every format that schemas may use: our own, and those of the usual ones that a library judges. */
export const knownFormats: typeof formats = {
  ...Object.fromEntries(
    (['email', 'hostname', 'ipv4', 'ipv6', 'uri', 'uuid'] as const).map((name) => [
      name,
      testOf(addFormats.default.get(name)),
    ]),
  ),
  ...formats,
}

function testOf(format: Format): (text: string) => boolean {
  if (format instanceof RegExp) return (text) => format.test(text)
  if (typeof format === 'function') return format
  throw new Error('a format is judged in another way than it used to be')
}

/** The names of the zones, to suggest one from. */
export function timeZones(): readonly string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone')]
}
