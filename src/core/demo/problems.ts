import { houseProblems } from './house-problems.ts'
import { overloadProblem } from './overload-problem.ts'
import type { StoryRecord } from './record-telling.ts'
import { shopProblems } from './shop-problems.ts'
import type { Told } from './told.ts'

/** Every problem of the year; between them they come to each end that a problem can come to. */
export function problems(incidents: readonly StoryRecord[]): readonly Told[] {
  return [overloadProblem(incidents), ...shopProblems(incidents), ...houseProblems(incidents)]
}
