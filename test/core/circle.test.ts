import { describe, expect, test } from 'vitest'
import { circles } from '../../src/core/circle.ts'

function found(links: Readonly<Record<string, readonly string[]>>): readonly (readonly string[])[] {
  return [...circles(new Map(Object.entries(links)))]
}

describe('circles', () => {
  test('a chain has none', () => {
    expect(found({ a: ['b'], b: ['c'], c: ['nowhere'] })).toEqual([])
  })

  test('two ways to one place are no circle', () => {
    expect(found({ a: ['b', 'c'], b: ['d'], c: ['d'] })).toEqual([])
  })

  test('a circle is told once, whatever leads into it', () => {
    expect(found({ x: ['a'], a: ['b'], b: ['c'], c: ['a'], y: ['c'] })).toEqual([['a', 'b', 'c']])
  })

  test('two circles through one place are two', () => {
    expect(found({ a: ['b', 'c'], b: ['a'], c: ['a'] })).toEqual([
      ['a', 'b'],
      ['a', 'c'],
    ])
  })

  test('a chain of a hundred thousand links is walked without running out of stack', () => {
    const links = new Map(Array.from({ length: 100_000 }, (_, index) => [`${index}`, [`${index + 1}`]]))
    links.set('100000', ['99999'])
    expect([...circles(links)]).toEqual([['99999', '100000']])
  })
})
