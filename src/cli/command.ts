import type { Command } from 'commander'
import type { Format } from '../core/judgement.ts'
import type { Outcome, World } from '../journeys/world.ts'

/** Runs a journey once the arguments are read: `formats` are those that the command can print. */
export type Run = (formats: readonly Format[], journey: (world: World) => Promise<Outcome>) => Promise<void>

/** A command of the command line: it describes itself to commander and starts its journey through `run`. */
export type AddCommand = (program: Command, run: Run) => void
