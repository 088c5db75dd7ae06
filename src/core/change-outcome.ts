import { type Data, textAt } from './record.ts'

/** Whether a change failed: it did not do what it should, whether it was backed out or not. */
export function hasFailed(data: Data): boolean {
  return textAt(data, 'outcome')?.startsWith('unsuccessful') ?? false
}
