import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Benchmark, measure, type Result } from './benchmark.ts'
import { calendar } from './calendar.ts'
import { changeGate } from './change-gate.ts'
import { check } from './check.ts'
import { checkLarge } from './check-large.ts'
import { conflicts } from './conflicts.ts'
import { reports } from './reports.ts'
import { sla } from './sla.ts'
import { start } from './start.ts'
import { table } from './table.ts'
import { validate } from './validate.ts'
import { verify } from './verify.ts'

const benchmarks: readonly Benchmark[] = [
  start,
  check,
  checkLarge,
  changeGate,
  ...validate,
  ...sla,
  verify,
  calendar,
  ...conflicts,
  ...reports,
]

const { values, positionals } = parseArgs({ options: { json: { type: 'string' } }, allowPositionals: true })
const names = benchmarks.map(({ name }) => name)
const unknown = positionals.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}; there are ${names.join(', ')}`)
  process.exit(2)
}

/** Measures in a folder of its own, which is gone afterwards, also when the run is interrupted. */
async function measureApart(benchmark: Benchmark): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'gitsm-bench-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  const interrupted = (): never => {
    remove()
    process.exit(130)
  }
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  try {
    return await measure(benchmark, folder)
  } finally {
    remove()
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
  }
}

const load = (): number => loadavg()[0] ?? 0
const before = load()
const results: Result[] = []
for (const benchmark of benchmarks) {
  if (positionals.length > 0 && !positionals.includes(benchmark.name)) continue
  console.error(`${benchmark.name}: ${benchmark.what} …`)
  results.push(await measureApart(benchmark))
}

const machine = {
  node: process.version,
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  load: { before, after: load() },
}
const { node, cpu, cores } = machine
console.log(
  `\n${table(results)}\nNode ${node} on ${cores} × ${cpu}, load ${before.toFixed(2)} to ${machine.load.after.toFixed(2)}`,
)
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ machine, results }, null, 2)}\n`)
