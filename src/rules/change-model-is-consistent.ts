import { isData, type RecordDoc, textAt } from '../core/record.ts'
import type { Finding, Rule } from '../core/rule.ts'

/** What a model leaves open and what it says must fit together: a misspelt parameter would let nobody follow it. */
export const changeModelIsConsistent: Rule = {
  id: 'change-model-is-consistent',
  severity: 'error',
  summary: 'A change model uses the parameters that it has, and expires after it is published',
  local: true,
  *check({ records }) {
    for (const model of records.ofType('change-model')) {
      yield* aboutParameters(model)
      const [published, expires] = [textAt(model.data, 'published_at'), textAt(model.data, 'expires')]
      if (published === undefined || expires === undefined || published <= expires) continue
      yield {
        message: `${model.id} expires before it is published`,
        place: { file: model.file, route: ['expires'] },
        hint: `Give a day after ${published}`,
      }
    }
  },
}

function* aboutParameters({ id, file, data }: RecordDoc): Generator<Finding> {
  const parameters = isData(data['parameters']) ? data['parameters'] : {}
  const defaults = isData(data['defaults']) ? data['defaults'] : {}
  for (const [field, value] of Object.entries(defaults)) {
    for (const name of parametersIn(value)) {
      if (Object.hasOwn(parameters, name)) continue
      const known = Object.keys(parameters).join(', ')
      yield {
        message: `${id} has no parameter ${name}`,
        place: { file, route: ['defaults', field] },
        hint: known === '' ? 'Add it to parameters' : `Its parameters are ${known}`,
      }
    }
  }
}

/** The names in braces, each once. */
function parametersIn(value: unknown): readonly string[] {
  const texts = Array.isArray(value) ? value : [value]
  const found = texts.flatMap((text) =>
    typeof text === 'string' ? Array.from(text.matchAll(/\{([a-z][a-z0-9_]*)\}/g), ([, name = '']) => name) : [],
  )
  return [...new Set(found)]
}
