import type { ClockedRecord } from './clock-event.ts'
import { textAt } from './record.ts'
import { isSame } from './same.ts'
import { editionAt, type ServiceLevels } from './service-levels.ts'
import { type Matrix, priorityOf } from './sla.ts'
import type { Moment } from './timeline.ts'

/**
 * Records as they would have been under another priority matrix: where the priority was what the matrix of its time
 * made of impact and urgency, it is what the other one makes of them. One that was set by hand against the matrix
 * stays.
 */
export function underMatrix(
  records: readonly ClockedRecord[],
  levels: ServiceLevels,
  matrix: Matrix | undefined,
): readonly ClockedRecord[] {
  if (!matrix || levels.editions.every(({ config }) => isSame(config.matrix, matrix))) return records
  return records.map((record) => ({
    ...record,
    moments: record.moments.map((moment) => repriced(moment, matrixAt(levels, moment), matrix)),
  }))
}

function matrixAt(levels: ServiceLevels, { commit }: Moment): Matrix | undefined {
  return (editionAt(levels, commit.position) ?? levels.editions[0])?.config.matrix
}

function repriced(moment: Moment, own: Matrix | undefined, other: Matrix): Moment {
  const { data } = moment
  const without = { ...data, priority: null }
  const [was, would] = [priorityOf(without, own), priorityOf(without, other)]
  if (was === 'default' || would === 'default' || was === would || textAt(data, 'priority') !== was) return moment
  return { ...moment, data: { ...data, priority: would } }
}
