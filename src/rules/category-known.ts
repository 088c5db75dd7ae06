import { nearest } from '../core/nearest.ts'
import { textAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'

/**
 * A category is one of the taxonomy in `gitsm.yaml`.
 *
 * Figures by category are worth something only while everyone uses the same words. An organisation without a taxonomy
 * leaves the words free.
 */
export const categoryKnown: Rule = {
  id: 'category-known',
  severity: 'error',
  summary: 'Categories are those of the taxonomy in gitsm.yaml',
  local: true,
  *check({ records, rulebook }) {
    const { categories } = rulebook.config
    if (categories.length === 0) return
    const known = new Set(categories)
    for (const { file, data } of records.all) {
      const category = textAt(data, 'category')
      if (category === undefined || known.has(category)) continue
      const guess = nearest(category, categories)
      yield {
        message: `There is no category ${category}`,
        place: { file, route: ['category'] },
        hint: guess ? `Did you mean ${guess}?` : `Choose one of ${categories.join(', ')}, or add it to gitsm.yaml`,
      }
    }
  },
}
