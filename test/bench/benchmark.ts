import type { Sample } from './command.ts'

/** One way of doing the work: runs it once and says what it took. */
export type Side = () => Promise<Sample>

/** The work made ready: what is measured, and the least that any program would have to do. */
export interface Contest {
  readonly measured: Side
  readonly floor: Side
}

/** What a benchmark should reach; every part is a bound of its own. */
export interface Goal {
  /** The most that the ratio to the floor may be. */
  readonly ratio?: number
  /** Seconds that may come on top of that ratio. */
  readonly besides?: number
  /** The least that may be done in a second, in the benchmark's unit. */
  readonly rate?: number
  /** The most memory the measured process may take, in bytes. */
  readonly peak?: number
}

/** One benchmark, as listed in `index.ts`. */
export interface Benchmark {
  readonly name: string
  /** What is measured, in words. */
  readonly what: string
  /** What it is measured against, in words. */
  readonly against: string
  /** How often each side runs; the sides take turns. */
  readonly runs: number
  /** How much one run does, for a figure per second. */
  readonly work: { readonly count: number; readonly unit: string }
  readonly goal?: Goal
  /** Builds what the runs need in an empty folder, which is removed afterwards. */
  prepare(folder: string): Promise<Contest>
}

/** The runs of one side. */
export interface Runs {
  /** Seconds, the median of all runs. */
  readonly median: number
  readonly fastest: number
  readonly slowest: number
  /** Bytes, the most of all runs; absent where the system does not tell. */
  readonly peak?: number
}

/** What a benchmark found. Times are in seconds, memory in bytes. */
export interface Result {
  readonly name: string
  readonly what: string
  readonly against: string
  readonly runs: number
  readonly preparation: number
  readonly measured: Runs
  readonly floor: Runs
  /** The measured median in medians of the floor. */
  readonly ratio: number
  /** What the measured side does in a second. */
  readonly rate: number
  readonly unit: string
  readonly goal?: Goal
}

/** Prepares a benchmark in a folder and lets both sides run in turn, after one run of each that does not count. */
export async function measure(benchmark: Benchmark, folder: string): Promise<Result> {
  const { name, what, against, runs, work, goal } = benchmark
  const began = performance.now()
  const { measured, floor } = await benchmark.prepare(folder)
  const preparation = (performance.now() - began) / 1000
  const samples: { readonly measured: Sample[]; readonly floor: Sample[] } = { measured: [], floor: [] }
  await floor()
  await measured()
  for (let run = 0; run < runs; run++) {
    samples.floor.push(await floor())
    samples.measured.push(await measured())
  }
  const [ours, least] = [summary(samples.measured), summary(samples.floor)]
  return {
    ...{ name, what, against, runs, preparation },
    measured: ours,
    floor: least,
    ratio: ours.median / least.median,
    rate: work.count / ours.median,
    unit: work.unit,
    ...(goal && { goal }),
  }
}

function summary(samples: readonly Sample[]): Runs {
  const times = samples.map(({ seconds }) => seconds).toSorted((a, b) => a - b)
  const peaks = samples.flatMap(({ peak }) => peak ?? [])
  return {
    median: ((times[(times.length - 1) >> 1] ?? 0) + (times[times.length >> 1] ?? 0)) / 2,
    fastest: times[0] ?? 0,
    slowest: times.at(-1) ?? 0,
    ...(peaks.length > 0 && { peak: Math.max(...peaks) }),
  }
}
