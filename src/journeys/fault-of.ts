import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'

/** Any error as a fault, so that what goes wrong with one of many keeps none of the others from being looked at. */
export function faultOf(error: unknown): Fault {
  if (error instanceof Fault) return error
  return new Fault(`Internal error: ${error instanceof Error ? error.message : String(error)}`, {
    cure: 'Report it, with what the pull request changes',
    code: exit.internal,
    cause: error,
  })
}
