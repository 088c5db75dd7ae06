import { isScalar, type Node } from 'yaml'
import { fragment } from '../../core/fragment.ts'

/** What is wrong with the name of a field, without its position. */
export interface KeyOffence {
  readonly rule: string
  readonly message: string
  readonly hint: string
  readonly refused: true
}

/** Names that every object of JavaScript already has: as fields of a record they could change how programs behave. */
const reserved: ReadonlySet<string> = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype'])

/** What is wrong with a name in itself. */
export function keyOffence(name: string): KeyOffence | undefined {
  if (reserved.has(name))
    return {
      rule: 'yaml-reserved-key',
      message: `\`${name}\` is reserved and cannot name a field`,
      hint: 'Choose another name.',
      refused: true,
    }
  if (name === '<<')
    return {
      rule: 'yaml-merge-key',
      message: '`<<` merges mappings, which records may not do',
      hint: 'Write the fields out.',
      refused: true,
    }
  return undefined
}

/** A key that is no text. Every parser makes something else of it. */
export function notText(key: Node | null): KeyOffence {
  const shown = isScalar(key) && key.source ? `\`${fragment(key.source)}\`` : 'This key'
  return {
    rule: 'yaml-key',
    message: `${shown} is not a text and cannot name a field`,
    hint: isScalar(key) && key.source ? `Put the name in quotes: "${fragment(key.source)}".` : 'Name fields by a text.',
    refused: true,
  }
}

/** A name that the mapping already has, or has in another Unicode form that looks the same. */
export function duplicateKey(name: string, twin: string, line: number): KeyOffence {
  const same = name === twin
  return {
    rule: 'yaml-duplicate-key',
    message: same
      ? `\`${fragment(name)}\` is given twice, first in line ${line}`
      : `\`${fragment(name)}\` looks the same as the field in line ${line} but is written with other characters`,
    hint: same ? 'Keep one of the two.' : 'Keep one of the two, or choose another name.',
    refused: true,
  }
}
