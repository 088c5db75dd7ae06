import { stringify } from 'yaml'
import type { Reading } from '../../src/core/reading.ts'
import type { Data } from '../../src/core/record.ts'
import { type AccountedReading, accountedReadings } from '../../src/core/sla-reading.ts'
import { gatherClocks } from '../../src/journeys/clocks.ts'
import { instant } from './life.ts'
import { repository, type TestRepo } from './repo.ts'

/** One commit to the mainline, as the records that it writes: by `type/id` the fields, or `null` for a removal. */
export interface RecordCommit {
  readonly at: string
  readonly write: { readonly [record: string]: Data | null }
}

/** A real repository whose clocks can be read. */
export interface ClockedRepo extends TestRepo {
  /** The readings of a record as of an instant, each with its account, from the history up to HEAD. */
  readonly accounts: (record: string, asOf: string) => Promise<readonly AccountedReading[]>
  /** The readings alone. */
  readonly readings: (record: string, asOf: string) => Promise<readonly Reading[]>
}

/** Builds a repository of records, committed one after the other; `gitsm` writes the configuration. */
export function clockedRepo(history: readonly RecordCommit[]): ClockedRepo {
  const files = (write: RecordCommit['write']) =>
    Object.entries(write).map(([record, data]): [string, string | null] => {
      const [type = '', id = ''] = record.split('/')
      if (record === 'gitsm') return ['gitsm.yaml', stringify({ version: 1, ...data })]
      return [`records/${type}/${id}.yaml`, data === null ? null : stringify({ id, ...data })]
    })
  const repo = repository(history.map(({ at, write }) => ({ at, write: Object.fromEntries(files(write)) })))
  const accounts: ClockedRepo['accounts'] = async (name, asOf) => {
    const { records, levels } = await gatherClocks({ dir: repo.dir, env: process.env })
    const record = records.find(({ type, id }) => `${type}/${id}` === name)
    return record ? accountedReadings(record, levels, instant(asOf)) : []
  }
  const readings: ClockedRepo['readings'] = async (name, asOf) =>
    (await accounts(name, asOf)).map(({ reading }) => reading)
  return { ...repo, accounts, readings }
}
