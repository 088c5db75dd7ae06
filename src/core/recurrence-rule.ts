import { isDate } from './instant.ts'

/** What is wrong with a recurrence rule, and what would be right. */
export interface RuleProblem {
  readonly message: string
  readonly hint: string
}

const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']
const tooOften = ['SECONDLY', 'MINUTELY', 'HOURLY']
const timeParts = ['BYHOUR', 'BYMINUTE', 'BYSECOND']

/** The parts of a rule, each with the form of its value. Bounds keep a rule of any author cheap to expand. */
const parts: { readonly [name: string]: { readonly fits: (value: string) => boolean; readonly form: string } } = {
  FREQ: { fits: (value) => frequencies.includes(value), form: 'DAILY, WEEKLY, MONTHLY or YEARLY' },
  INTERVAL: { fits: numberUpTo(1000), form: 'a number from 1 to 1000' },
  COUNT: { fits: numberUpTo(10_000), form: 'a number from 1 to 10000' },
  UNTIL: { fits: isUntil, form: 'a day or an instant in UTC: 20261231, 20261231T220000Z' },
  BYDAY: {
    fits: listOf(/^([+-]?([1-9]|[1-4]\d|5[0-3]))?(MO|TU|WE|TH|FR|SA|SU)$/),
    form: 'weekdays as MO, TU, WE, TH, FR, SA, SU, by month or year also counted: 2TU, -1SU',
  },
  BYMONTH: { fits: listUpTo(12, false), form: 'months from 1 to 12' },
  BYMONTHDAY: { fits: listUpTo(31, true), form: 'days of the month from 1 to 31, or from its end as -1' },
  BYYEARDAY: { fits: listUpTo(366, true), form: 'days of the year from 1 to 366, or from its end as -1' },
  BYWEEKNO: { fits: listUpTo(53, true), form: 'weeks of the year from 1 to 53, or from its end as -1' },
  BYSETPOS: { fits: listUpTo(366, true), form: 'positions from 1 to 366, or from the end as -1' },
  WKST: { fits: listOf(/^(MO|TU|WE|TH|FR|SA|SU)$/), form: 'the weekday on which weeks begin, as MO' },
}

/**
 * Why a text is no recurrence rule that a window may have; `undefined` where it is one. The rules are those of RFC 5545
 * that begin at most once a day: the time of day is that of the start. What a library would silently read past
 * (unknown parts, a 13th month, a part said twice) is refused.
 */
export function ruleProblem(text: string): RuleProblem | undefined {
  const told = text.split(';').map((part) => part.split('=', 2))
  const names = told.map(([name = '']) => name)
  for (const [name = '', value = ''] of told) {
    if (names.indexOf(name) !== names.lastIndexOf(name)) {
      return { message: `The rule says ${name} twice`, hint: 'Say it once, with commas between several values' }
    }
    if (timeParts.includes(name) || (name === 'FREQ' && tooOften.includes(value))) {
      return {
        message: `A window recurs at most once a day, so ${name}=${value} cannot be part of its rule`,
        hint: 'Let start say the time of day, and write a second window for a second time of day',
      }
    }
    const part = Object.hasOwn(parts, name) ? parts[name] : undefined
    if (!part) {
      return { message: `Recurrence rules have no part ${name}`, hint: `Use ${Object.keys(parts).join(', ')}` }
    }
    if (!part.fits(value)) return { message: `${name} cannot be ${value}`, hint: `Write ${part.form}` }
  }
  if (!names.includes('FREQ')) {
    return { message: 'The rule does not say how often', hint: 'Begin with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY' }
  }
  if (names.includes('COUNT') && names.includes('UNTIL')) {
    return { message: 'COUNT and UNTIL cannot stand in one rule', hint: 'Keep the one that says when it ends' }
  }
  return undefined
}

function numberUpTo(most: number): (value: string) => boolean {
  return (value) => /^[1-9]\d{0,4}$/.test(value) && Number(value) <= most
}

function listOf(form: RegExp): (value: string) => boolean {
  return (value) => value.split(',').every((item) => form.test(item))
}

function listUpTo(most: number, fromEnd: boolean): (value: string) => boolean {
  const form = fromEnd ? /^[+-]?[1-9]\d{0,2}$/ : /^[1-9]\d{0,2}$/
  return (value) => value.split(',').every((item) => form.test(item) && Math.abs(Number(item)) <= most)
}

function isUntil(value: string): boolean {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})(?:T([01]\d|2[0-3])[0-5]\d[0-5]\dZ)?$/.exec(value) ?? []
  return year !== undefined && isDate(`${year}-${month}-${day}`)
}
