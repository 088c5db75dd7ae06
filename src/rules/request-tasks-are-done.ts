import { isData, isFilled, listAt, textAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'

/**
 * A fulfilled request has no open task: each is done, or says why it was not needed.
 *
 * The clock stops at fulfilment, so what is left to do must not hide behind it.
 */
export const requestTasksAreDone: Rule = {
  id: 'request-tasks-are-done',
  severity: 'error',
  summary: 'A fulfilled request has no open task',
  local: true,
  *check({ records }) {
    for (const { id, file, data } of records.ofType('request')) {
      const state = textAt(data, 'state')
      if (state !== 'fulfilled' && state !== 'closed') continue
      for (const [index, task] of listAt(data, 'tasks').entries()) {
        if (!isData(task) || task['done'] === true || isFilled(task['skipped_because'])) continue
        yield {
          message: `${id} is ${state}, but "${textAt(task, 'title') ?? ''}" is not done`,
          place: { file, route: ['tasks', index, 'done'] },
          hint: 'Finish it, or say in skipped_because why it was not needed',
        }
      }
    }
  },
}
