import { describe, expect, test } from 'vitest'
import { progressLine, type Stage } from '../../src/render/progress.ts'
import { progressBar } from '../../src/render/progress-bar.ts'

const half: Stage = { step: 'Reading the history', done: 30_000, total: 60_000, elapsed: 5 }

describe('a line of progress', () => {
  test.each<[string, Stage, number, string]>([
    [
      'bar, percentage, count, rate and time left',
      half,
      120,
      'Reading the history  ████████████░░░░░░░░░░░░   50 %  30,000 of 60,000  6,000/s  5 s left',
    ],
    ['no bar where room is short', half, 70, 'Reading the history   50 %  30,000 of 60,000  6,000/s  5 s left'],
    ['no rate where it is shorter', half, 40, 'Reading the history   50 %  5 s left'],
    ['as much as there is room for', half, 10, 'Reading th'],
    ['no total, no promise', { step: 'Reading the log', done: 1234, elapsed: 2 }, 80, 'Reading the log  1,234  617/s'],
    ['a total that was too low', { ...half, done: 60_001 }, 80, 'Reading the history  60,001  12,000/s'],
    [
      'the end',
      { step: 'Judging', done: 7, total: 7, elapsed: 14 },
      80,
      'Judging  ████████████████████████  100 %  7 of 7  0.5/s  0 s left',
    ],
    [
      'the beginning, without a rate yet',
      { step: 'Judging', done: 0, total: 7, elapsed: 0 },
      80,
      'Judging  ░░░░░░░░░░░░░░░░░░░░░░░░    0 %  0 of 7  0.0/s',
    ],
    [
      'a long time left',
      { step: 'Judging', done: 10, total: 40_000, elapsed: 10 },
      120,
      'Judging  ░░░░░░░░░░░░░░░░░░░░░░░░    0 %  10 of 40,000  1/s  11 h 6 min left',
    ],
  ])('%s', (_, stage, columns, line) => {
    expect(progressLine(stage, columns)).toBe(line)
  })
})

describe('a progress bar', () => {
  function drawing() {
    const written: string[] = []
    let now = 5000
    const bar = progressBar({ write: (text) => written.push(text), columns: () => 41, clock: () => now })
    return {
      ...bar,
      written,
      wait: (milliseconds: number) => {
        now += milliseconds
      },
    }
  }

  test('shows nothing in the first second', () => {
    const { tell, clear, wait, written } = drawing()
    tell('Judging', 1, 10)
    wait(999)
    tell('Judging', 5, 10)
    clear()
    expect(written).toEqual([])
  })

  test('is drawn over and over in its line, but no more than ten times a second', () => {
    const { tell, wait, written } = drawing()
    tell('Judging', 0, 10)
    wait(1000)
    tell('Judging', 5, 10)
    wait(99)
    tell('Judging', 6, 10)
    wait(1)
    tell('Judging', 7, 10)
    expect(written).toEqual([
      '\r\u001b[2KJudging   50 %  5 of 10  5/s  1 s left',
      '\r\u001b[2KJudging   70 %  7 of 10  6/s  1 s left',
    ])
  })

  test('a new step has a rate of its own', () => {
    const { tell, wait, written } = drawing()
    tell('Reading', 0)
    wait(9000)
    tell('Judging', 0, 10)
    wait(2000)
    tell('Judging', 4, 10)
    expect(written.at(-1)).toBe('\r\u001b[2KJudging   40 %  4 of 10  2/s  3 s left')
  })

  test('is taken away once', () => {
    const { tell, clear, wait, written } = drawing()
    wait(2000)
    tell('Judging', 4, 10)
    clear()
    clear()
    expect(written.slice(1)).toEqual(['\r\u001b[2K'])
  })
})
