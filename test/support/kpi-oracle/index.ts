import { changeAnswers, deploymentAnswers } from './change.ts'
import { clockAnswers, outageAnswers } from './clock.ts'
import { incidentAnswers } from './incident.ts'
import { otherAnswers } from './other.ts'
import { type Answer, type Asked, none } from './told.ts'

type Answers = { readonly [id: string]: (asked: Asked) => Answer }

function known(answers: Answers): Answers {
  return Object.fromEntries(
    Object.entries(answers).map(([id, answer]) => [
      id,
      (asked: Asked) => (asked.until <= asked.since ? none : answer(asked)),
    ]),
  )
}

/** Of one service only. */
export const perService: ReadonlySet<string> = new Set(Object.keys(deploymentAnswers))

/**
 * Every figure of the catalogue once more, from declared records, in loops that are as plain as can be: what the engine
 * computes must agree. Nothing of the engine is used but the shape of its data, and the readings of clocks.
 */
export const answers: Answers = known({
  ...incidentAnswers,
  ...clockAnswers,
  ...outageAnswers,
  ...changeAnswers,
  ...deploymentAnswers,
  ...otherAnswers,
})
