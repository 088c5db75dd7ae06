import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Benchmark } from './benchmark.ts'
import { run } from './command.ts'
import { beside, gitsm, packageRoot } from './program.ts'
import { snapshotRepository } from './service-repository.ts'

const incidents = 10_000
const work = { count: incidents, unit: 'records' }

/** Judges a tree of which nothing is known yet. */
function cold(folder: string) {
  rmSync(join(folder, '.git/gitsm'), { recursive: true, force: true })
  return run(gitsm(folder, ['validate']))
}

const floor: Benchmark = {
  name: 'validate',
  what: 'gitsm validate, 10,000 incidents, nothing known before',
  against: 'a Node program that reads the same files',
  runs: 5,
  work,
  async prepare(folder) {
    await snapshotRepository(folder, incidents)
    return {
      measured: () => cold(folder),
      floor: () => run(beside(folder, 'read-files', ['gitsm.yaml', 'schemas', 'records'])),
    }
  },
}

const competitor: Benchmark = {
  name: 'validate-ajv',
  what: 'gitsm validate, 10,000 incidents, nothing known before',
  against: 'ajv-cli 5 with the schema of incidents on the same incidents',
  runs: 5,
  work,
  goal: { ratio: 1 },
  async prepare(folder) {
    // Its YAML is that of 1.1, where an instant without quotes is no text.
    const quoted = (text: string): string => text.replace(/(?<=: )\d{4}-\d\d-\d\dT[\d:]+Z/g, '"$&"')
    await snapshotRepository(folder, incidents, quoted)
    // It knows a schema by its $id only, so what ours refers to in another file is put into one.
    const schemas = join(folder, 'schemas')
    const common: { $defs: object } = JSON.parse(readFileSync(join(schemas, '_meta/common.json'), 'utf8'))
    const own: { $defs?: object } = JSON.parse(readFileSync(join(schemas, 'incident/schema.json'), 'utf8'))
    const schema = join(folder, '.git/incident.json')
    const text = JSON.stringify({ ...own, $defs: { ...common.$defs, ...own.$defs } })
    writeFileSync(schema, text.replaceAll('../_meta/common.json#/', '#/'))
    const ajv = join(packageRoot, 'node_modules/ajv-cli/dist/index.js')
    const options = ['--spec=draft2020', '--strict=false', '-c', 'ajv-formats', '-s', schema]
    const args = [ajv, 'validate', ...options, '-d', 'records/incident/**/*.yaml']
    return {
      measured: () => cold(folder),
      floor: () => run({ program: process.execPath, args, dir: folder }),
    }
  },
}

const warm: Benchmark = {
  name: 'validate-warm',
  what: 'gitsm validate, 10,000 incidents, when nothing has changed since the last time',
  against: 'the same when nothing is known before',
  runs: 5,
  work,
  goal: { ratio: 0.1 },
  async prepare(folder) {
    await snapshotRepository(folder, incidents)
    return { measured: () => run(gitsm(folder, ['validate'])), floor: () => cold(folder) }
  },
}

/** How long it takes to judge a large tree of records. */
export const validate: readonly Benchmark[] = [floor, competitor, warm]
