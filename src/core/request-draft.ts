import type { Question } from './question.ts'
import { type Data, isData, listAt, type RecordDoc, textsAt } from './record.ts'

/**
 * A new request with what its catalogue item settles, where the request does not say it itself: service, team, tasks.
 */
export function requestFrom(item: RecordDoc, request: Data): Data {
  const tasks = listAt(item.data, 'tasks')
    .filter(isData)
    .map((task) => ({ ...task, done: false }))
  const { service, team } = item.data
  return {
    ...(service !== undefined && { service }),
    ...(team !== undefined && { team }),
    ...(tasks.length > 0 && { tasks }),
    ...request,
  }
}

/** What the form of a catalogue item asks and a request does not answer yet. Optional fields are not asked. */
export function formQuestions(item: RecordDoc, request: Data): readonly Question[] {
  const form = isData(item.data['form']) ? item.data['form'] : {}
  const fields = isData(form['properties']) ? form['properties'] : {}
  const answers = isData(request['form']) ? request['form'] : {}
  return textsAt(form, 'required').flatMap((name) => {
    const field = fields[name]
    if (!isData(field) || Object.hasOwn(answers, name)) return []
    const { title, description, enum: values, default: suggestion } = field
    return [
      {
        field: name,
        title: typeof title === 'string' ? title : name,
        description: typeof description === 'string' ? description : '',
        choices: field['type'] === 'boolean' ? ['true', 'false'] : Array.isArray(values) ? values.map(String) : [],
        ...(suggestion !== undefined && { suggestion: String(suggestion) }),
      },
    ]
  })
}
