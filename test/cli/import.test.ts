import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { gitsm, gitsmJson } from '../support/gitsm.ts'
import { temporaryFolder } from '../support/repo.ts'

const header =
  'number,incident_state,opened_at,sys_updated_by,sys_updated_at,caller_id,impact,urgency,priority,assignment_group,assigned_to'
const row =
  'INC0000045,New,29-02-2016 01:16,Ada,29-02-2016 01:23,Caller 1,2 - Medium,2 - Medium,3 - Moderate,Group 56,?'

function logIn(...rows: readonly string[]): string {
  const dir = temporaryFolder()
  writeFileSync(join(dir, 'log.csv'), `${[header, ...rows].join('\n')}\n`)
  return dir
}

test('import servicenow makes a repository that validates', () => {
  const dir = logIn(row, row.replace('New', 'Active'))
  const { code, stdout, stderr } = gitsm(['import', 'servicenow', 'log.csv', '--into', 'service'], { dir })
  expect(stderr).toBe('')
  expect(stdout).toContain('service: 2 commits of 1 incident, 2 teams, 0 configuration items\n')
  expect(code).toBe(0)
  expect(gitsm(['-C', 'service', 'validate'], { dir }).code).toBe(0)
})

test('a row that cannot be read is named with its line, and the import goes on', () => {
  const dir = logIn(row, row.replace('New', 'Lost'))
  const { code, json } = gitsmJson(['import', 'servicenow', 'log.csv', '--into', 'service'], { dir })
  expect(code).toBe(0)
  expect(json).toMatchObject({
    rows: 2,
    commits: 1,
    incidents: 1,
    refused: [{ line: 3, reason: expect.stringContaining('incident_state "Lost" is none of') }],
  })
})

test.each([
  ['no such file', ['none.csv', '--into', 'service'], /^gitsm: There is no file .*none\.csv\n {2}cure: /],
  ['a folder for a file', ['.', '--into', 'service'], / is a folder\n {2}cure: /],
  ['a folder that is not empty', ['log.csv', '--into', '.'], / is not empty\n {2}cure: /],
  ['an unknown zone', ['log.csv', '--into', 'service', '--timezone', 'Mars'], /"Mars" is no time zone\n {2}cure: /],
  ['no folder', ['log.csv'], /--into.*\n {2}cure: /],
])('%s is said in two lines, with exit code 2 and nothing written', (_, args, said) => {
  const dir = logIn(row)
  const { code, stdout, stderr } = gitsm(['import', 'servicenow', ...args], { dir })
  expect(stderr).toMatch(said)
  expect(stderr.trimEnd().split('\n')).toHaveLength(2)
  expect(stdout).toBe('')
  expect(code).toBe(2)
  expect(existsSync(join(dir, 'service'))).toBe(false)
  expect(readdirSync(dir)).toEqual(['log.csv'])
})
