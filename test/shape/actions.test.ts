import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readYaml } from '../../src/adapters/yaml/read.ts'
import { type Data, isData, listAt, textAt } from '../../src/core/record.ts'
import { projectRoot } from '../support/shipped.ts'

const names = readdirSync(join(projectRoot, 'actions'))

function actionOf(name: string): Data {
  const path = `actions/${name}/action.yml`
  const { data } = readYaml(path, readFileSync(join(projectRoot, path)))
  if (!isData(data)) throw new Error(`${path} cannot be read`)
  return data
}

function stepsOf(name: string): readonly Data[] {
  const { runs } = actionOf(name)
  return isData(runs) ? listAt(runs, 'steps').filter(isData) : []
}

describe('composite actions', () => {
  test.each(names)('%s names what it uses by its full commit', (name) => {
    const used = stepsOf(name).flatMap((step) => textAt(step, 'uses') ?? [])
    expect(used.length).toBeGreaterThan(0)
    for (const each of used) expect(each).toMatch(/^[\w.-]+\/[\w.-]+@[0-9a-f]{40}$/)
  })

  test.each(names)('%s puts no expression into a script: what is asked goes through the environment', (name) => {
    const scripts = stepsOf(name).flatMap((step) => textAt(step, 'run') ?? [])
    expect(scripts.length).toBeGreaterThan(0)
    for (const script of scripts) expect(script).not.toContain('${{')
  })

  test.each(names)('%s checks out no other branch than the default one', (name) => {
    for (const step of stepsOf(name)) {
      if (!textAt(step, 'uses')?.startsWith('actions/checkout@')) continue
      expect(Object.keys(isData(step['with']) ? step['with'] : {})).not.toContain('ref')
    }
  })

  test.each(names)('%s describes every input', (name) => {
    const { inputs } = actionOf(name)
    for (const [input, told] of Object.entries(isData(inputs) ? inputs : {})) {
      expect(isData(told) && textAt(told, 'description'), input).toBeTruthy()
    }
  })
})
