import { type CatalogueForm, openForm } from '../adapters/catalogue-form.ts'
import type { RecordIndex, Rulebook } from '../core/facts.ts'
import { textAt } from '../core/record.ts'
import type { Finding } from '../core/rule.ts'

/**
 * What the forms of the catalogue find wrong with the requests that are still open, and with themselves. A request that
 * has ended was judged by the form of its day.
 */
export function formFindings(records: RecordIndex, { types }: Rulebook): readonly Finding[] {
  const forms = new Map<string, CatalogueForm>()
  for (const item of records.ofType('catalogue-item')) {
    if (item.data['form'] !== undefined) forms.set(item.id, openForm(item))
  }
  const states = types.get('request')?.lifecycle?.states
  const open = records.ofType('request').filter(({ data }) => states?.get(textAt(data, 'state') ?? '')?.final !== true)
  return [
    ...[...forms.values()].flatMap(({ findings }) => findings),
    ...open.flatMap((request) => forms.get(textAt(request.data, 'item') ?? '')?.judge(request) ?? []),
  ]
}
