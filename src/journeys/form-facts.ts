import { type CatalogueForm, openForm } from '../adapters/catalogue-form.ts'
import type { RecordIndex, Rulebook } from '../core/facts.ts'
import { type RecordDoc, textAt } from '../core/record.ts'
import type { Finding } from '../core/rule.ts'

/**
 * What the forms of the catalogue find wrong with the requests that are still open, and with themselves. A request that
 * has ended was judged by the form of its day.
 */
export function formFindings(
  records: RecordIndex,
  { types }: Rulebook,
  open: (item: RecordDoc) => CatalogueForm = openForm,
): readonly Finding[] {
  const forms = new Map<string, CatalogueForm>()
  for (const item of records.ofType('catalogue-item')) {
    if (item.data['form'] !== undefined) forms.set(item.id, open(item))
  }
  const states = types.get('request')?.lifecycle?.states
  const requests = records
    .ofType('request')
    .filter(({ data }) => states?.get(textAt(data, 'state') ?? '')?.final !== true)
  return [
    ...[...forms.values()].flatMap(({ findings }) => findings),
    ...requests.flatMap((request) => forms.get(textAt(request.data, 'item') ?? '')?.judge(request) ?? []),
  ]
}

/** Judges requests again and again as trees change, and opens the form of each catalogue item once. */
export function formJudge(): (focus: RecordIndex, records: RecordIndex, rulebook: Rulebook) => readonly Finding[] {
  const known = new WeakMap<RecordDoc, CatalogueForm>()
  const open = (item: RecordDoc): CatalogueForm => {
    const form = known.get(item) ?? openForm(item)
    known.set(item, form)
    return form
  }
  return (focus, records, rulebook) => {
    const concerned = focus.ofType('request').length > 0 || focus.ofType('catalogue-item').length > 0
    if (!concerned) return []
    const items = records.ofType('catalogue-item')
    const ofType: RecordIndex['ofType'] = (type) => (type === 'catalogue-item' ? items : focus.ofType(type))
    return formFindings({ ...focus, ofType }, rulebook, open)
  }
}
