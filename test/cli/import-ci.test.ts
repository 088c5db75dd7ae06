import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gitsm, gitsmJson } from '../support/gitsm.ts'
import { temporaryFolder } from '../support/repo.ts'
import { webshop } from '../support/webshop.ts'

const header = 'id,title,class,environment,owner,services,criticality,state,attributes.memory_gib,depends_on'
const vm = 'vm-1,Machine 1,virtual_machine,production,platform,webshop,low,operational,16,san-1'

function table(...lines: readonly string[]): string {
  const file = join(temporaryFolder(), 'cis.csv')
  writeFileSync(file, `${[header, ...lines].join('\n')}\n`)
  return file
}

describe('gitsm import ci from a table', () => {
  test('adds items that validate, and says so', () => {
    const { dir } = webshop()
    const { code, stdout } = gitsm(
      ['import', 'ci', table(vm, vm.replaceAll('-1,', '-2,').replace('Machine 1', 'Machine 2'))],
      { dir },
    )
    expect(stdout).toBe(
      'added    records/ci/vm-1.yaml\nadded    records/ci/vm-2.yaml\n2 added, 0 updated, 0 left as they are\n',
    )
    expect(code).toBe(0)
    expect(readFileSync(join(dir, 'records/ci/vm-1.yaml'), 'utf8')).toMatch(
      /^# yaml-language-server: .*\nid: vm-1\ntitle: Machine 1\n/,
    )
    expect(gitsm(['validate'], { dir }).code).toBe(0)
  })

  test('run again it changes nothing; with news, only what is new, and nothing written by hand', () => {
    const { dir, write } = webshop()
    const file = join(dir, 'records/ci/vm-1.yaml')
    gitsm(['import', 'ci', table(vm)], { dir })
    expect(gitsm(['import', 'ci', table(vm)], { dir }).stdout).toBe('0 added, 0 updated, 1 left as they are\n')
    const byHand = `${readFileSync(file, 'utf8').replace('owner: platform', 'owner: platform # since May')}verified_at: 2026-11-01T08:00:00Z\n`
    write({ 'records/ci/vm-1.yaml': byHand })
    const { json } = gitsmJson(['import', 'ci', table(vm.replace(',16,', ',32,').replace('san-1', 'san-2'))], { dir })
    expect(json).toMatchObject({
      written: true,
      added: [],
      updated: [{ id: 'vm-1', fields: ['attributes.memory_gib', 'depends_on'] }],
      untold: [{ id: 'vm-1', untold: ['depends_on san-1'] }],
    })
    const after = readFileSync(file, 'utf8')
    expect(after).toContain('owner: platform # since May\n')
    expect(after).toContain('verified_at: 2026-11-01T08:00:00Z\n')
    expect(after).toMatch(/san-1[\s\S]*san-2/)
  })

  test('writes nothing when a single row is wrong, and names each place', () => {
    const { dir, git } = webshop()
    const { code, stdout } = gitsm(
      [
        'import',
        'ci',
        table(
          vm,
          'vm-2,M,virtual_machine,production,plattform,webshop,low,operational,16,',
          'vm-3,M,virtual_machin,production,platform,,low,flying,16,',
        ),
      ],
      { dir },
    )
    expect(code).toBe(1)
    expect(stdout).toMatch(/^cis\.csv:3: vm-2: There is no team plattform\n {2}Did you mean platform\?$/m)
    expect(stdout).toMatch(/^cis\.csv:4: vm-3: .*state/m)
    expect(stdout).toContain('Nothing was written: ')
    expect(git(['status', '--porcelain'])).toBe('')
  })

  test('a controlled item is refreshed only under a change', () => {
    const { dir, git } = webshop()
    const row = 'shop-db-1,Other title,database,production,platform,,critical,operational,,'
    const { code, stdout } = gitsm(['import', 'ci', table(row)], { dir })
    expect(code).toBe(1)
    expect(stdout).toContain(
      'cis.csv:2: shop-db-1 is controlled (database), and no change in implement names it: title cannot change',
    )
    expect(git(['status', '--porcelain'])).toBe('')
  })

  test('--dry-run tells and writes nothing', () => {
    const { dir, git } = webshop()
    expect(gitsm(['import', 'ci', table(vm), '--dry-run'], { dir }).stdout).toContain('Would be: 1 added, 0 updated')
    expect(git(['status', '--porcelain'])).toBe('')
  })

  test.each([
    ['no such file', 'none.csv', /There is no file .*none\.csv\n/],
    ['no table', 'gitsm.yaml', /lacks the columns id, class\n/],
  ])('%s is a fault with its cure', (_, source, message) => {
    const { dir } = webshop()
    const { code, stderr } = gitsm(['import', 'ci', source], { dir })
    expect(code).toBe(2)
    expect(stderr).toMatch(message)
  })

  test('control characters and endless cells do not get in', () => {
    const { dir, git } = webshop()
    for (const title of ['a\u001b[2Jb', 'x'.repeat(70_000), '\u202egnp']) {
      const { code, stdout } = gitsm(['import', 'ci', table(vm.replace('Machine 1', title))], { dir })
      expect(code).toBe(1)
      expect(stdout).not.toContain('\u001b')
      expect(git(['status', '--porcelain'])).toBe('')
    }
  })
})

const component = (name: string, more = '') => `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  annotations:
    gitsm.dev/attributes.version: "1.0"
spec:
  type: service
  lifecycle: production
  owner: platform
${more}`

describe('gitsm import ci from Backstage', () => {
  test('reads every catalog-info.yaml below a folder, several documents too', () => {
    const { dir } = webshop()
    const catalogue = temporaryFolder()
    mkdirSync(join(catalogue, 'shop/api'), { recursive: true })
    mkdirSync(join(catalogue, 'node_modules/x'), { recursive: true })
    writeFileSync(join(catalogue, 'node_modules/x/catalog-info.yaml'), 'not: {one')
    writeFileSync(
      join(catalogue, 'catalog-info.yaml'),
      `# teams\n---\n${component('front', '  dependsOn: ["component:back"]\n')}`,
    )
    writeFileSync(
      join(catalogue, 'shop/api/catalog-info.yaml'),
      `${component('back', '  system: fulfilment\n')}---\napiVersion: backstage.io/v1alpha1\nkind: System\nmetadata: { name: fulfilment }\nspec: { owner: platform }\n`,
    )
    const { code, stdout } = gitsm(['import', 'ci', catalogue], { dir })
    expect(stdout).toContain('3 added, 0 updated, 0 left as they are')
    expect(code).toBe(0)
    expect(gitsm(['validate'], { dir }).code).toBe(0)
    expect(gitsm(['impact', 'back'], { dir }).stdout).toMatch(/down +service +fulfilment/)
    expect(gitsm(['import', 'ci', catalogue], { dir }).stdout).toBe('0 added, 0 updated, 3 left as they are\n')
    writeFileSync(join(catalogue, 'catalog-info.yaml'), component('front'))
    writeFileSync(join(catalogue, 'shop/api/catalog-info.yaml'), component('middle'))
    const { json } = gitsmJson(['import', 'ci', catalogue], { dir })
    expect(json).toMatchObject({ vanished: ['back', 'fulfilment'], untold: [], added: [{ id: 'middle' }] })
    expect(existsSync(join(dir, 'records/ci/back.yaml'))).toBe(true)
  })

  test('names what is wrong at its line, and writes nothing', () => {
    const { dir, git } = webshop()
    const catalogue = temporaryFolder()
    writeFileSync(join(catalogue, 'catalog-info.yaml'), `${component('front')}---\na: &x 1\nb: *x\n`)
    const { code, stdout } = gitsm(['import', 'ci', catalogue], { dir })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^catalog-info\.yaml:12: /m)
    expect(git(['status', '--porcelain'])).toBe('')
  })

  test('follows no symbolic link, and takes no file for a catalogue that is too large', () => {
    const { dir } = webshop()
    const [catalogue, elsewhere] = [temporaryFolder(), temporaryFolder()]
    writeFileSync(join(elsewhere, 'catalog-info.yaml'), component('secret'))
    symlinkSync(elsewhere, join(catalogue, 'link'))
    symlinkSync(join(elsewhere, 'catalog-info.yaml'), join(catalogue, 'catalog-info.yaml'))
    expect(gitsm(['import', 'ci', catalogue], { dir })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('holds no catalog-info.yaml'),
    })
    mkdirSync(join(catalogue, 'big'))
    writeFileSync(join(catalogue, 'big/catalog-info.yaml'), `# ${'x'.repeat(1024 * 1024)}\n`)
    expect(gitsm(['import', 'ci', catalogue], { dir })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('is larger than'),
    })
    expect(readdirSync(join(dir, 'records/ci'))).not.toContain('secret.yaml')
  })
})
