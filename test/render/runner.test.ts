import { expect, test } from 'vitest'
import { Fault } from '../../src/core/fault.ts'
import { faultCommand, fencedFromCommands, withoutCommands } from '../../src/render/runner.ts'

/** What the runner takes for a command: `::name` at the beginning of a line, `##[name]` anywhere. */
function commandsIn(log: string): readonly string[] {
  let stop: string | undefined
  return log.split(/\r?\n/).flatMap((line) => {
    const said = /^\s*::([^\s:]+)[^:]*::(.*)$/.exec(line) ?? /##\[([^\s\]]+)[^\]]*\](.*)$/.exec(line)
    if (stop !== undefined) {
      if (line.trim() === `::${stop}::`) stop = undefined
      return []
    }
    if (said?.[1] === 'stop-commands') stop = said[2]
    return said?.[1] === undefined || said[1] === 'stop-commands' ? [] : [said[1]]
  })
}

const hostile = '::add-mask::e\n  ::set-output name=verdict::pass\nx ##[error]bad\n::stop-commands::x\n'

test('the words of the test are commands to the runner', () => {
  expect(commandsIn(hostile)).toEqual(['add-mask', 'set-output', 'error'])
})

test('what people are told holds no commands', () => {
  expect(commandsIn(withoutCommands(hostile))).toEqual([])
  expect(withoutCommands('Entry 1: main ended in 6f0c at 08:15:07 :: #1 ##')).toBe(
    'Entry 1: main ended in 6f0c at 08:15:07 :: #1 ##',
  )
})

test('what programs read stays as it is between fences, with or without a last line break', () => {
  for (const out of [hostile, hostile.trimEnd()]) {
    const fenced = fencedFromCommands(out, 'a-token')
    expect(fenced).toContain(out)
    expect(commandsIn(`${fenced}::notice::after`)).toEqual(['notice'])
  }
  expect(fencedFromCommands('{ "at": "08:15:07Z" }\n', 'a-token')).toBe('{ "at": "08:15:07Z" }\n')
})

test('a fault is one annotation, whatever it tells of', () => {
  const fault = new Fault('There is no file a\n::error::b 100%', { cure: 'Name one\r\n##[add-mask]e' })
  const said = faultCommand(fault)
  expect(commandsIn(said)).toEqual(['error'])
  expect(said.trimEnd().split('\n')).toHaveLength(1)
})
