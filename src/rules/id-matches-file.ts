import { recordPath } from '../core/record-path.ts'
import type { Rule } from '../core/rule.ts'

/**
 * A record's id is its file's name.
 *
 * People find a record by its file and tools by its id; were they to differ, a reference could lead two ways.
 */
export const idMatchesFile: Rule = {
  id: 'id-matches-file',
  severity: 'error',
  summary: 'The id of a record equals the name of its file',
  local: true,
  *check({ records }) {
    for (const { id, file } of records.all) {
      const basename = recordPath(file)?.basename
      if (basename === undefined || basename === id) continue
      yield {
        message: `id ${id} differs from the file name ${basename}.yaml`,
        place: { file, route: ['id'] },
        hint: `Write id: ${basename}, or rename the file to ${id}.yaml`,
      }
    }
  },
}
