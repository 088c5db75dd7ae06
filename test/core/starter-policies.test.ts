import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readYaml } from '../../src/adapters/yaml/read.ts'
import { isData, textsAt } from '../../src/core/record.ts'
import { projectRoot, shippedTypes } from '../support/shipped.ts'

const folder = `${projectRoot}/starter/records/policy`

/** What governance guards, whoever it belongs to. */
const governed = ['calendar', 'change-model', 'kpi', 'policy', 'sla']

test('a new repository has a policy on every type of record', () => {
  const guarded = readdirSync(folder).flatMap((name) => {
    const { data } = readYaml(name, readFileSync(`${folder}/${name}`))
    return isData(data) ? textsAt(data, 'guards') : []
  })
  expect(guarded).toContain('governance')
  expect(shippedTypes.filter((type) => !guarded.includes(type))).toEqual(governed)
})
