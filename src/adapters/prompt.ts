import type { Writable } from 'node:stream'
import { isCancel, select, text } from '@clack/prompts'
import { Fault } from '../core/fault.ts'
import type { Question } from '../core/question.ts'

/**
 * Asks the person at the terminal and gives back the answer. `problem` says what is wrong with an answer, if anything.
 * A `Fault` when the person breaks off.
 */
export async function ask(
  output: Writable,
  { title, description, choices, suggestion }: Question,
  problem: (answer: string) => string | undefined,
): Promise<string> {
  const message = description === '' ? title : `${title}: ${description}`
  const answer =
    choices.length > 0
      ? await select({
          message,
          options: choices.map((value) => ({ value })),
          ...(suggestion !== undefined && { initialValue: suggestion }),
          output,
        })
      : await text({
          message,
          ...(suggestion !== undefined && { placeholder: suggestion, defaultValue: suggestion }),
          validate: (given) => problem(given || suggestion || ''),
          output,
        })
  if (isCancel(answer))
    throw new Fault('Nothing was written', { cure: 'Answer the questions, or give the answers as options' })
  return answer
}
