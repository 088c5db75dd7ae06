import { columns } from '../../src/render/terminal.ts'
import type { Goal, Result, Runs } from './benchmark.ts'

const headings = ['benchmark', 'median', 'floor', 'ratio', 'rate', 'memory', 'floor', 'goal', '']

/** The results as a table, and below it what was measured against what. */
export function table(results: readonly Result[]): string {
  const rows = results.map((result) => [
    result.name,
    time(result.measured.median),
    time(result.floor.median),
    `${result.ratio.toFixed(2)}×`,
    `${frequency(result.rate)} ${result.unit}/s`,
    memory(result.measured),
    memory(result.floor),
    goalText(result.goal),
    reached(result),
  ])
  const words = results.map(({ name, what, against, runs, measured, floor, preparation }) => [
    name,
    `${what}, against ${against}; ${runs} runs each, ${span(measured)} against ${span(floor)}; prepared in ${time(preparation)}`,
  ])
  return `${columns([headings, ...rows], [1, 2, 3, 4, 5, 6])}\n\n${columns(words)}\n`
}

function goalText(goal: Goal | undefined): string {
  if (!goal) return '–'
  const { ratio, besides, rate, peak } = goal
  return [
    ...(ratio === undefined ? [] : [`≤ ${ratio}×${besides === undefined ? '' : ` + ${besides} s`}`]),
    ...(rate === undefined ? [] : [`≥ ${frequency(rate)}/s`]),
    ...(peak === undefined ? [] : [`≤ ${mebibytes(peak)}`]),
  ].join(', ')
}

function reached({ goal, rate, measured, floor }: Result): string {
  if (!goal) return ''
  const missed =
    measured.median > (goal.ratio ?? Number.POSITIVE_INFINITY) * floor.median + (goal.besides ?? 0) ||
    rate < (goal.rate ?? 0) ||
    (measured.peak ?? 0) > (goal.peak ?? Number.POSITIVE_INFINITY)
  return missed ? 'missed' : 'reached'
}

function span({ fastest, slowest }: Runs): string {
  return `${time(fastest)} to ${time(slowest)}`
}

function time(seconds: number): string {
  return seconds < 1 ? `${(seconds * 1000).toFixed(0)} ms` : `${seconds.toFixed(2)} s`
}

function memory({ peak }: Runs): string {
  return peak === undefined ? '–' : mebibytes(peak)
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(0)} MiB`
}

/** A number of things a second; of slow ones also the tenths. */
function frequency(rate: number): string {
  return rate < 10 ? rate.toFixed(1) : whole(rate)
}

function whole(number: number): string {
  return String(Math.round(number)).replaceAll(/\B(?=(\d{3})+$)/g, ',')
}
