import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { builtCli } from '../support/build.ts'
import { projectRoot } from '../support/shipped.ts'

describe('dist/gitsm.js', () => {
  const file = join(projectRoot, 'dist/gitsm.js')

  test('is what the sources give: run npm run build before you commit', () => {
    expect(readFileSync(file).equals(readFileSync(builtCli))).toBe(true)
  })

  test('can be started by its name', () => {
    expect(statSync(file).mode & 0o111).toBe(0o111)
    expect(readFileSync(file, 'utf8').startsWith('#!/usr/bin/env node\n')).toBe(true)
  })
})
