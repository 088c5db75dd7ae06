import { readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type FormsOptions, forms } from '../../src/journeys/forms.ts'
import { worldOf } from '../support/approval-world.ts'
import { type TestRepo, temporaryFolder } from '../support/repo.ts'
import { shippedText } from '../support/shipped.ts'
import { webshop } from '../support/webshop.ts'

const folder = '.github/ISSUE_TEMPLATE'
const laptop = 'records/catalogue-item/laptop.yaml'

async function run(repo: TestRepo, options: Partial<FormsOptions> = {}) {
  const { code, out } = await forms(worldOf(repo.dir), { types: [], out: folder, check: false, ...options })
  const told: { readonly upToDate: boolean; readonly files: readonly { path: string; state: string }[] } =
    JSON.parse(out)
  return { code, ...told, states: Object.fromEntries(told.files.map(({ path, state }) => [path, state])) }
}

function standing(repo: TestRepo): readonly string[] {
  return readdirSync(join(repo.dir, folder)).toSorted()
}

describe('gitsm forms', () => {
  test('writes the forms and switches blank issues off; run again it changes nothing', async () => {
    const repo = webshop()
    const first = await run(repo)
    expect(first.code).toBe(0)
    expect(standing(repo)).toEqual(['config.yml', ...Object.keys(first.states).filter((name) => name !== 'config.yml')])
    expect(readFileSync(join(repo.dir, folder, 'config.yml'), 'utf8')).toBe('blank_issues_enabled: false\n')
    const again = await run(repo)
    expect(again.upToDate).toBe(true)
    expect((await run(repo, { check: true })).code).toBe(0)
  })

  test('--check fails where the catalogue went on, names the forms, and writes nothing', async () => {
    const repo = webshop()
    await run(repo)
    const before = readFileSync(join(repo.dir, folder, 'gitsm-request-laptop.yml'), 'utf8')
    repo.write({ [laptop]: shippedText(laptop).replace('title: A laptop', 'title: A notebook') })
    const { code, states } = await run(repo, { check: true })
    expect(code).toBe(1)
    expect(states).toMatchObject({ 'gitsm-request-laptop.yml': 'outdated', 'gitsm-incident.yml': 'unchanged' })
    expect(readFileSync(join(repo.dir, folder, 'gitsm-request-laptop.yml'), 'utf8')).toBe(before)
  })

  test('removes the form of an item that can be ordered no more, and no file of anybody else', async () => {
    const repo = webshop()
    await run(repo)
    repo.write({
      [laptop]: shippedText(laptop).replace('state: published', 'state: retired\nretire_reason: |\n  Enough.'),
      [`${folder}/bug.yml`]: 'name: Bug\n',
      [`${folder}/config.yml`]: 'blank_issues_enabled: true\n',
    })
    expect((await run(repo)).states).toMatchObject({ 'gitsm-request-laptop.yml': 'obsolete' })
    expect(standing(repo)).not.toContain('gitsm-request-laptop.yml')
    expect(standing(repo)).toContain('bug.yml')
    expect(readFileSync(join(repo.dir, folder, 'config.yml'), 'utf8')).toBe('blank_issues_enabled: true\n')
  })

  test('says which question GitHub will not take', async () => {
    const repo = webshop()
    repo.write({ [laptop]: shippedText(laptop).replace('title: Reason', 'title: Your Password') })
    const said: string[] = []
    await forms({ ...worldOf(repo.dir), say: (line) => said.push(line) }, { types: [], out: folder, check: false })
    expect(said).toEqual([expect.stringContaining('"Your Password" of "A laptop"')])
  })

  test('of one type leaves those of the others alone', async () => {
    const repo = webshop()
    await run(repo)
    const { states } = await run(repo, { types: ['incident'] })
    expect(states).toEqual({ 'gitsm-incident.yml': 'unchanged' })
    expect(standing(repo)).toContain('gitsm-change.yml')
  })

  test('writes over no file that somebody else made', async () => {
    const repo = webshop()
    repo.write({ [`${folder}/gitsm-incident.yml`]: 'name: Mine\n' })
    await expect(run(repo)).rejects.toThrow('gitsm-incident.yml was not made by gitsm forms')
  })

  test('writes through no symbolic link', async () => {
    const repo = webshop()
    repo.write({ '.github/x': '' })
    const elsewhere = temporaryFolder()
    symlinkSync(elsewhere, join(repo.dir, folder))
    await expect(run(repo)).rejects.toThrow('symbolic link')
    expect(readdirSync(elsewhere)).toEqual([])
  })

  test('names the types that have forms where another is asked for', async () => {
    await expect(run(webshop(), { types: ['release'] })).rejects.toMatchObject({
      cure: 'The forms are for change, improvement, incident, problem, request',
    })
  })
})
