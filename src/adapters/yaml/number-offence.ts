import type { Scalar } from 'yaml'
import { fragment } from '../../core/fragment.ts'

/** What is wrong with a number, without its position. Not unsafe to read, but it does not mean what it says. */
export interface NumberOffence {
  readonly rule: 'number-unsafe'
  readonly message: string
  readonly hint: string
  readonly refused: false
}

/** A number that cannot be kept exactly: not finite, beyond ±(2^53 − 1), or so near zero that it becomes zero. */
export function numberOffence({ value, source = '' }: Scalar): NumberOffence | undefined {
  if (typeof value !== 'number') return undefined
  const vanished = value === 0 && (Object.is(value, -0) || /^[-+]?[\d.]*[1-9]/.test(source))
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER && !vanished) return undefined
  return {
    rule: 'number-unsafe',
    message: `${fragment(source)} is a number that cannot be kept exactly`,
    hint: 'Write a smaller number, or put it in quotes if it is an identifier.',
    refused: false,
  }
}
