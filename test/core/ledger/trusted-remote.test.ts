import { describe, expect, test } from 'vitest'
import { mainlineName, mainlineRemote, namingRemote } from '../../../src/core/ledger/trusted-remote.ts'

function remotes(names: readonly string[], upstreams: Readonly<Record<string, string>> = {}) {
  return { names, upstreams: new Map(Object.entries(upstreams)) }
}

const none = () => false

describe('the name of the mainline', () => {
  test.each<[string, string | undefined, string | undefined, readonly string[], string, string | undefined]>([
    ['is what origin calls its default branch', 'origin', 'trunk', ['main'], 'topic', 'trunk'],
    ['else main', 'origin', undefined, ['main', 'master'], 'topic', 'main'],
    ['else master', undefined, undefined, ['master'], 'topic', 'master'],
    ['is not what a fork calls its default branch', 'fork', 'topic', ['main'], 'topic', 'main'],
    ['is the branch checked out where its remote calls it the default', 'company', 'trunk', [], 'trunk', 'trunk'],
    ['is not the branch checked out where its remote does not', 'company', 'trunk', [], 'topic', undefined],
    ['is not known where nothing tells', undefined, undefined, [], 'topic', undefined],
  ])('%s', (_, naming, defaultBranch, has, current, expected) => {
    const known = { ...(defaultBranch !== undefined && { defaultBranch }), has: (name: string) => has.includes(name) }
    expect(mainlineName(known, naming, current)).toBe(expected)
  })

  test('is asked of origin first, and only of remotes that are set up', () => {
    const following = { topic: 'fork' }
    expect(namingRemote(remotes(['fork', 'origin'], following), 'topic')).toBe('origin')
    expect(namingRemote(remotes(['fork'], following), 'topic')).toBe('fork')
    expect(namingRemote(remotes([], following), 'topic')).toBeUndefined()
    expect(mainlineName({ has: none }, undefined, undefined)).toBeUndefined()
  })
})

describe('the remote that the mainline comes from', () => {
  test.each([
    ['the one that it follows', remotes(['origin', 'upstream'], { main: 'upstream' }), 'upstream'],
    ['origin where it follows none', remotes(['origin', 'fork'], { topic: 'fork' }), 'origin'],
    ['origin where it follows an address', remotes(['origin'], { main: 'https://forge.example/fork' }), 'origin'],
    ['origin where it follows a branch of this clone', remotes(['origin'], { main: '.' }), 'origin'],
    ['none where there is only somebody else', remotes(['fork'], { topic: 'fork' }), undefined],
  ])('is %s', (_, clone, expected) => {
    expect(mainlineRemote(clone, 'main')).toBe(expected)
  })
})
