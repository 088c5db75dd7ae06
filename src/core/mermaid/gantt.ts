import type { Instant, Seconds } from '../instant.ts'
import { mermaidText } from '../markdown.ts'
import { localTime } from '../report-time.ts'
import { type Diagram, diagramLimits, partTitle } from './diagram.ts'

/** A bar of a schedule. Where it has no length it is drawn as a diamond. */
export interface GanttTask {
  readonly name: string
  readonly from: Instant
  readonly until: Instant
  /** `critical` stands out, `pale` steps back. Mermaid's look of what runs already cannot be read in the dark. */
  readonly look: 'usual' | 'critical' | 'pale'
}

/** Bars under a common heading. */
export interface GanttSection {
  readonly name: string
  readonly tasks: readonly GanttTask[]
}

/** What a schedule shows. */
export interface Gantt {
  readonly title: string
  /** IANA zone of the wall clock that the schedule is drawn for. */
  readonly zone: string
  readonly sections: readonly GanttSection[]
}

/** More bars than this in one picture are not read by anybody. */
const mostTasks = 40

/** A schedule as Mermaid diagrams: one after the other in the order given, none when there is nothing in it. */
export function gantts({ title, zone, sections }: Gantt, most: number = mostTasks): readonly Diagram[] {
  const parts: GanttSection[][] = []
  let [count, size] = [Number.POSITIVE_INFINITY, 0]
  for (const { name, tasks } of sections) {
    for (const task of tasks) {
      const length = taskLine(task, zone).length + sectionLine(name).length
      if (count >= most || size + length > diagramLimits.characters) {
        parts.push([])
        ;[count, size] = [0, 0]
      }
      const part = parts.at(-1) ?? []
      const last = part.at(-1)
      if (last?.name === name) part[part.length - 1] = { name, tasks: [...last.tasks, task] }
      else part.push({ name, tasks: [task] })
      count++
      size += length
    }
  }
  return parts.map((part, index) => ({
    title: partTitle(title, index + 1, parts.length),
    source: sourceOf(part, zone),
  }))
}

const day: Seconds = 86_400

function sourceOf(sections: readonly GanttSection[], zone: string): string {
  const tasks = sections.flatMap((section) => section.tasks)
  const length = Math.max(...tasks.map(({ until }) => until)) - Math.min(...tasks.map(({ from }) => from))
  // Ticks as far apart as their labels need at the width of a page.
  const axis =
    length > 56 * day
      ? ['axisFormat %d %b', 'tickInterval 1month']
      : length > 12 * day
        ? ['axisFormat %d %b', 'tickInterval 1week']
        : length > 2 * day
          ? ['axisFormat %a %d', 'tickInterval 1day']
          : ['axisFormat %a %H:%M', 'tickInterval 6hour']
  const lines = [
    'dateFormat YYYY-MM-DD HH:mm',
    ...axis,
    // A line where the reader's clock stands would differ for every reader.
    'todayMarker off',
    ...sections.flatMap((section) => [sectionLine(section.name), ...section.tasks.map((task) => taskLine(task, zone))]),
  ]
  return `gantt\n${lines.map((line) => `  ${line}\n`).join('')}`
}

const tags: Readonly<Record<GanttTask['look'], string>> = {
  usual: '',
  critical: 'crit, ',
  pale: 'done, ',
}

function taskLine({ name, from, until, look }: GanttTask, zone: string): string {
  const [start, end] = [localTime(from, zone).text, localTime(Math.max(from, until), zone).text]
  const place = start === end ? `milestone, ${start}, 0min` : `${start}, ${end}`
  return `${ganttText(name)} :${tags[look]}${place}`
}

function sectionLine(name: string): string {
  return `section ${ganttText(name)}`
}

const longestName = 60

/** A name in a schedule. Its first character is coded, so that no name begins like a word of the language or a date. */
function ganttText(name: string): string {
  const characters = Array.from(name)
  const short = characters.length > longestName ? `${characters.slice(0, longestName - 1).join('')}…` : name
  const coded = mermaidText(short)
  return coded.startsWith('#') ? coded : coded.replace(/^./u, (first) => `#${first.codePointAt(0)};`)
}
