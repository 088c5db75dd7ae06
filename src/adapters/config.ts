import type { Config } from '../core/config.ts'
import { Fault } from '../core/fault.ts'
import { isData, listAt, textAt, textsAt, valueAt } from '../core/record.ts'
import type { TreeFile } from '../core/tree.ts'
import { configurationIn, unknownName } from './configuration-file.ts'
import type { Schemas } from './schema.ts'

/** Path of the configuration of a service repository. */
export const configFile = 'gitsm.yaml'

/** Reads `gitsm.yaml`, with what it leaves out filled in. `types` are the names of the record types. */
export function readConfig(file: TreeFile | undefined, types: readonly string[], schemas: Schemas): Config {
  if (!file) {
    throw new Fault('This is no service repository: gitsm.yaml is missing', {
      cure: 'Run `gitsm init`, or name the repository with -C',
    })
  }
  const data = configurationIn(file, 'schemas/_meta/gitsm.json', schemas)
  const practices = Array.isArray(data['practices']) ? textsAt(data, 'practices') : undefined
  for (const practice of practices ?? []) {
    if (!types.includes(practice)) throw unknownName(configFile, 'the practice', practice, types)
  }
  const matrix = matrixOf(valueAt(data, ['priority', 'matrix']))
  const branch = valueAt(data, ['reports', 'branch'])
  const path = valueAt(data, ['reports', 'path'])
  return {
    organisation: textAt(data, 'organisation') ?? '',
    timezone: textAt(data, 'timezone') ?? 'UTC',
    calendar: textAt(data, 'calendar') ?? 'always',
    categories: textsAt(data, 'categories'),
    shard: data['shard'] === 'day' ? 'day' : 'month',
    reports: {
      path: typeof path === 'string' ? path : 'reports',
      ...(typeof branch === 'string' && { branch }),
    },
    imports: listAt(data, 'imports')
      .filter(isData)
      .map((entry) => ({ system: textAt(entry, 'system') ?? '', until: textAt(entry, 'until') ?? '' })),
    ...(matrix && { matrix }),
    ...(practices && { practices }),
  }
}

function matrixOf(data: unknown): NonNullable<Config['matrix']> | undefined {
  if (!isData(data)) return undefined
  return Object.fromEntries(
    Object.entries(data).map(([impact, row]) => [
      impact,
      Object.fromEntries(
        Object.entries(isData(row) ? row : {}).flatMap(([urgency, priority]) =>
          typeof priority === 'string' ? [[urgency, priority] as const] : [],
        ),
      ),
    ]),
  )
}
