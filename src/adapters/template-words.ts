import { conditionsText } from '../core/approval/policy.ts'
import { requirementOf, requirementText } from '../core/approval/requirement.ts'
import { pictureText } from '../core/chart/picture.ts'
import { enumeration } from '../core/enumeration.ts'
import { humanInstant } from '../core/instant.ts'
import { durationText, noData, percentText } from '../core/kpi-figure.ts'
import { address, cellText, codeText, inlineText, linkText, mermaidText } from '../core/markdown.ts'
import { diagramBlock } from '../core/mermaid/diagram.ts'
import { isData } from '../core/record.ts'
import { hoursText, localTime } from '../core/report-time.ts'

/** The words a template prints with. Each makes text that cannot change the shape of a page. */
export const printing: { readonly [word: string]: (...given: unknown[]) => string } = {
  /** Text from a record, anywhere in running text. */
  md: (given) => inlineText(text(given)),
  /** Text from a record in a table cell; a dash where there is none. */
  cell: (given) => cellText(given === null ? '' : text(given)),
  /** A value of any type from a record, a list or mapping too, in a table cell; a dash where there is none. */
  value: (given) => cellText(valueText(given)),
  code: (given) => codeText(text(given)),
  /** A commit by the first ten digits of its id. */
  revision: (given) => codeText(text(given).slice(0, 10)),
  link: (given, href) => linkText(text(given), text(href)),
  url: (given) => address(text(given)),
  /** Text inside the quotes of a Mermaid label. */
  mermaid: (given) => mermaidText(text(given)),
  /** A diagram of `core/mermaid` in its fence: a block of its own. */
  diagram: (given) => diagramBlock({ source: text(field(given, 'source')) }),
  /** Texts in a sentence: `a, b and c`. */
  list: (given) => enumeration(texts(given).map(inlineText)),
  /** The conditions of a policy's rule, in a table cell. */
  conditions: (given) => cellText(isData(given) ? conditionsText(given) : ''),
  /** Which approvals a policy's rule requires, in a table cell. */
  requirement: (given) => cellText(requirementText(requirementOf(given))),
  /** A number with as many decimals as asked for, else with two at most; and a unit if one is named. */
  number: (given, decimals, unit) => numberText(given, decimals, unit),
  /** `chart "backlog"`: the chart that the page has under this key, as a picture for light and for dark. */
  chart: (key, options) => chartText(text(key), options),
  /** `percent count n`: a share, or `no data` where n is 0. */
  percent: (count, n) => percentText({ count: number(count), n: number(n) }),
  /** The probability that a test gives: `p = 0.012`; `p after Holm = 0.012` where the correction is named. */
  probability: (given, correction) => probabilityText(number(given), correction),
  /** A length of time on the wall in its two largest units, days of 24 hours. */
  duration: (given) => durationText(given === null ? null : number(given)),
  /** `hours length aroundTheClock`: a length of calendar time in hours and minutes, or in days where days have 24 h. */
  hours: (given, always) => (given === null ? noData : hoursText(Math.round(number(given)), always === true)),
  /** An instant to the minute, in the zone of the reports where the page names one, else in UTC. */
  instant: (given, ...rest) => instantText(given, rest.at(-1)),
  /** The day of an instant, in the zone of the reports where the page names one, else in UTC. */
  date: (given, ...rest) => instantText(given, rest.at(-1)).split(' ')[0] ?? '',
  /** `plural n "incident" "incidents"`: the number with the word that fits. */
  plural: (given, one, many) => `${numberText(given)} ${inlineText(text(number(given) === 1 ? one : many))}`,
  /** `bar value most`: up to ten blocks, as long as the value is large. */
  bar: (value, most) => bar(number(value), number(most)),
  /**
   * `spark series` or `spark series 100`: numbers as a line of small bars, from the first number on; a dot where there is
   * none. The tallest bar is the largest of them, or what is given, which nothing less than that reaches.
   */
  spark: (given, ...rest) => spark(given, rest.length > 1 ? number(rest[0]) : undefined),
}

/** The words a template asks with: in `{{#if (eq state "new")}}`. */
export const tests: { readonly [word: string]: (...given: unknown[]) => boolean } = {
  text: (given) => typeof given === 'string',
  eq: (one, other) => one === other,
  gt: (one, other) => number(one) > number(other),
  and: (...given) => given.slice(0, -1).every(holds),
  or: (...given) => given.slice(0, -1).some(holds),
  not: (given) => !holds(given),
}

/** Handlebars' own idea of true: an empty list is not. */
function holds(given: unknown): boolean {
  return Array.isArray(given) ? given.length > 0 : Boolean(given)
}

function text(given: unknown): string {
  if (typeof given === 'string') return given
  throw new TypeError(`a text is needed here, not ${kindOf(given)}`)
}

function valueText(given: unknown): string {
  if (given === null) return ''
  if (Array.isArray(given)) return given.map(valueText).join(', ')
  if (['string', 'number', 'boolean'].includes(typeof given)) return String(given)
  if (isData(given)) {
    const told = Object.entries(given).filter(([, value]) => value !== null)
    return told.map(([key, value]) => `${key} ${valueText(value)}`).join(', ')
  }
  throw new TypeError(`a single value is needed here, not ${kindOf(given)}`)
}

function texts(given: unknown): readonly string[] {
  if (Array.isArray(given)) return given.map(text)
  throw new TypeError(`a list of texts is needed here, not ${kindOf(given)}`)
}

function number(given: unknown): number {
  if (typeof given === 'number' && Number.isFinite(given)) return given
  throw new TypeError(`a number is needed here, not ${kindOf(given)}`)
}

function kindOf(given: unknown): string {
  return given === null ? 'nothing' : Array.isArray(given) ? 'a list' : `a value of type ${typeof given}`
}

function numberText(given: unknown, decimals?: unknown, unit?: unknown): string {
  if (given === null) return noData
  const value = number(given)
  const figure = typeof decimals === 'number' ? value.toFixed(decimals) : String(Number(value.toFixed(2)))
  return typeof unit === 'string' && unit !== '' ? `${figure} ${inlineText(unit)}` : figure
}

function probabilityText(p: number, correction: unknown): string {
  const name = typeof correction === 'string' ? `p ${inlineText(correction)}` : 'p'
  return p < 0.001 ? `${name} below 0.001` : `${name} = ${p.toFixed(3)}`
}

function instantText(given: unknown, options: unknown): string {
  if (given === null) return '–'
  const zone = zoneOf(options)
  return zone === undefined ? humanInstant(number(given)) : localTime(number(given), zone).text
}

/** The zone that the page as a whole names; Handlebars hands the page to a helper as `data.root`. */
function zoneOf(options: unknown): string | undefined {
  const page = field(field(options, 'data'), 'root')
  const zone = field(page, 'zone')
  return typeof zone === 'string' ? zone : undefined
}

/** The page as a whole names itself and holds the charts; Handlebars hands it to a helper as `data.root`. */
function chartText(key: string, options: unknown): string {
  const page = field(field(options, 'data'), 'root')
  const chart = field(field(page, 'charts'), key)
  const [title, description] = [field(chart, 'title'), field(chart, 'description')]
  if (chart === undefined) throw new TypeError(`the page has no chart ${JSON.stringify(key)}`)
  return pictureText(text(field(page, 'name')), key, { title: text(title), description: text(description) })
}

function field(from: unknown, name: string): unknown {
  return typeof from === 'object' && from !== null && Object.hasOwn(from, name) ? Reflect.get(from, name) : undefined
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

function bar(value: number, most: number): string {
  if (most <= 0 || value <= 0) return ''
  const parts = Math.max(1, Math.round((80 * Math.min(value, most)) / most))
  return '█'.repeat(Math.floor(parts / 8)) + eighths[parts % 8]
}

function spark(given: unknown, whole: number | undefined): string {
  if (!Array.isArray(given)) throw new TypeError(`a list of numbers is needed here, not ${kindOf(given)}`)
  const series = given.map((value: unknown) => (value === null ? null : number(value)))
  const most = whole ?? Math.max(0, ...series.filter((value) => value !== null))
  const levels = Array.from('▁▂▃▄▅▆▇█')
  const level = (value: number): number => {
    if (most <= 0) return 0
    const rounded = Math.max(0, Math.min(7, Math.round((7 * value) / most)))
    return whole !== undefined && value < whole ? Math.min(6, rounded) : rounded
  }
  const first = series.findIndex((value) => value !== null)
  return series
    .slice(first === -1 ? series.length : first)
    .map((value) => (value === null ? '·' : (levels[level(value)] ?? '')))
    .join('')
}
