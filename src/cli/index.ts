import { addCheck } from './check.ts'
import type { AddCommand } from './command.ts'
import { addValidate } from './validate.ts'

/** Every command, in the order of the help and of the README's table. */
export const commands: readonly AddCommand[] = [addValidate, addCheck]
