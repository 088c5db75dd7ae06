import { readYaml } from '../../src/adapters/yaml/read.ts'
import { indexRecords, type RecordIndex } from '../../src/core/facts.ts'
import { isData, type RecordDoc } from '../../src/core/record.ts'

/** Records from one YAML text: `<type>/<id>` over the fields of each. */
export function recordsFrom(text: string): RecordIndex {
  const { data, diagnostics } = readYaml('world.yaml', new TextEncoder().encode(text))
  if (!isData(data)) throw new Error(diagnostics[0]?.message ?? 'no records')
  return indexRecords(
    Object.entries(data).map(([key, fields]): RecordDoc => {
      const [type = '', id = ''] = key.split('/')
      return { type, id, file: `records/${key}.yaml`, data: { id, ...(isData(fields) ? fields : {}) } }
    }),
  )
}
