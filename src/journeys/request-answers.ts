import { openForm } from '../adapters/catalogue-form.ts'
import { ask } from '../adapters/prompt.ts'
import type { RecordIndex } from '../core/facts.ts'
import { type Data, textAt } from '../core/record.ts'
import type { RecordType } from '../core/record-type.ts'
import { formQuestions, requestFrom } from '../core/request-draft.ts'
import { withValue } from '../core/with-value.ts'
import type { World } from './world.ts'

/** What the catalogue item of a new request settles; other records stay as they are. */
export function settledByItem({ name }: RecordType, data: Data, records: RecordIndex): Data {
  const item = name === 'request' ? records.find('catalogue-item', textAt(data, 'item') ?? '') : undefined
  return item ? requestFrom(item, data) : data
}

/** A new request with the form of its catalogue item filled in by the person at the terminal. */
export async function withFormAnswered(
  world: World,
  { name }: RecordType,
  data: Data,
  records: RecordIndex,
  meant: (data: Data, field: string, text: string) => unknown,
): Promise<Data> {
  const item = name === 'request' ? records.find('catalogue-item', textAt(data, 'item') ?? '') : undefined
  if (!item || !world.questions) return data
  const form = openForm(item)
  let answered = data
  for (const question of formQuestions(item, data)) {
    const route = ['form', question.field]
    const withAnswer = (text: string) => withValue(answered, route, meant(answered, question.field, text))
    const problem = (text: string) => {
      const request = { type: name, id: '', file: '', data: withAnswer(text) }
      return form.judge(request).find(({ place }) => place.route[1] === question.field)?.message
    }
    answered = withAnswer(await ask(world.questions, question, problem))
  }
  return answered
}
