import { describe, expect, test } from 'vitest'
import { pathProblem } from '../../src/adapters/path-guard.ts'

describe('ordinary paths are trusted', () => {
  for (const path of [
    'gitsm.yaml',
    'records/incident/2026/11/INC-20261121-K7QX.yaml',
    'records/.gitkeep',
    'records/service/büro-mitte.yaml',
    'records/ci/コンソール.yaml',
    'records/ci/console.yaml',
    'records/ci/con-1.yaml',
    'records/incident/INC-1 (copy).yaml',
    `records/${'x'.repeat(192)}`,
  ]) {
    test(path, () => expect(pathProblem(path)).toBeUndefined())
  }
})

describe('a path that could mean something else is not', () => {
  const hostile: { readonly [path: string]: string } = {
    'records/a\nb.yaml': 'it contains a control character',
    'records/\u001b[2J.yaml': 'it contains a control character',
    'records/\u202elmay.exe': 'it contains a character that cannot be seen',
    'records/inc\u200b-1.yaml': 'it contains a character that cannot be seen',
    'records/.g\u200cit/config': 'it contains a character that cannot be seen',
    'records/INC\u{e0041}.yaml': 'it contains a character that cannot be seen',
    'records/\ufffd.yaml': 'it is not UTF-8',
    'records/\ud800.yaml': 'it is not UTF-8',
    [`records/${'x'.repeat(193)}`]: 'it is longer than 200 bytes',
    [`records/${'é'.repeat(97)}`]: 'it is longer than 200 bytes',
    ':(glob)*': 'it contains :',
    'records/*.yaml': 'it contains *',
    'records\\..\\x': 'it contains \\',
    'records/.git::$INDEX_ALLOCATION/config': 'it contains :',
    '/etc/passwd': 'a name in it is empty',
    'records//x.yaml': 'a name in it is empty',
    '': 'a name in it is empty',
    'records/../../etc/passwd': 'it leads through . or ..',
    './x': 'it leads through . or ..',
    '--upload-pack=x': 'a name in it begins with a dash',
    'records/-rf/x.yaml': 'a name in it begins with a dash',
    'records/x.yaml.': 'a name in it ends in a dot or a space',
    'records/x /y.yaml': 'a name in it ends in a dot or a space',
    '.git/config': "it leads into git's own folder",
    'records/.GIT/hooks/x': "it leads into git's own folder",
    'records/git~1/x': "it leads into git's own folder",
    'records/CON.yaml': 'a name in it means a device on Windows',
    'records/aux/x.yaml': 'a name in it means a device on Windows',
    'records/Lpt1.tar.yaml': 'a name in it means a device on Windows',
    'records/nul .yaml': 'a name in it means a device on Windows',
  }
  for (const [path, problem] of Object.entries(hostile)) {
    test(JSON.stringify(path).slice(0, 60), () => expect(pathProblem(path)).toBe(problem))
  }
})
