import { type Config, configOf } from '../core/config.ts'
import { Fault } from '../core/fault.ts'
import { textsAt } from '../core/record.ts'
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
  return configOf(data)
}
