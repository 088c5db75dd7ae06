import { describe, expect, test } from 'vitest'
import { indexRecords } from '../../src/core/facts.ts'
import { operatorOf } from '../../src/core/operation/operator.ts'
import { commandIn, requestIn } from '../../src/core/operation/request.ts'
import { wordsOf } from '../../src/core/operation/words.ts'

describe('the words of a command', () => {
  test.each([
    ['move INC-1 resolved', ['move', 'INC-1', 'resolved']],
    ['note INC-1 "two words"', ['note', 'INC-1', 'two words']],
    ['--set title="Mail is down"', ['--set', 'title=Mail is down']],
    ["--set 'title=It is “down”'", ['--set', 'title=It is “down”']],
    ['note INC-1 “two words”', ['note', 'INC-1', 'two words']],
    ['note INC-1 „zwei Wörter“', ['note', 'INC-1', 'zwei Wörter']],
    ["note INC-1 don't", ['note', 'INC-1', "don't"]],
    [String.raw`note INC-1 "say \"no\" \\ n"`, ['note', 'INC-1', String.raw`say "no" \ n`]],
    ['note INC-1 ""', ['note', 'INC-1', '']],
    ['note INC-1 "first\nsecond"\nmove INC-2 closed', ['note', 'INC-1', 'first\nsecond']],
    ['note INC-1 $(rm) `id` $HOME ; | &', ['note', 'INC-1', '$(rm)', '`id`', '$HOME', ';', '|', '&']],
  ])('%s', (line, words) => {
    expect(wordsOf(line)).toEqual({ words })
  })

  test('a quote that is not closed and a text without end are refused', () => {
    expect(wordsOf('note INC-1 "open')).toEqual({ wrong: 'The quote that " opens is not closed' })
    expect(wordsOf('x'.repeat(8001))).toHaveProperty('wrong')
    expect(wordsOf('x '.repeat(300))).toHaveProperty('wrong')
  })
})

describe('a request', () => {
  test.each([
    ['new incident --set title=Down', { kind: 'new', type: 'incident', set: ['title=Down'] }],
    [
      'move INC-1 resolved --set=team=operations --note "Restarted it" --with-children',
      {
        kind: 'move',
        ...{ id: 'INC-1', state: 'resolved', set: ['team=operations'], note: 'Restarted it', withChildren: true },
      },
    ],
    ['note INC-1 "Still slow"', { kind: 'note', id: 'INC-1', note: 'Still slow' }],
    [
      'move INC-1 closed —note Fine',
      { kind: 'move', id: 'INC-1', state: 'closed', set: [], note: 'Fine', withChildren: false },
    ],
  ])('%s', (command, request) => {
    expect(requestIn(command)).toEqual({ request })
  })

  test.each([
    ['', 'It says nothing'],
    ['delete INC-1', 'It begins with none of new, move and note'],
    ['move INC-1', 'After move come an id and a state'],
    ['move INC-1 resolved it works', 'After move come an id and a state'],
    ['move INC-1 resolved --force', 'There is no option --force here'],
    ['move INC-1 resolved --push evil', 'There is no option --push here'],
    ['move INC-1 resolved --set', '--set says nothing'],
    ['new incident problem', 'After new comes one record type'],
    ['new incident --note x', 'new takes --set only'],
    ['note INC-1', 'After note come an id and a text'],
    ['note INC-1 "  "', 'After note come an id and a text'],
  ])('is none: %s', (command, wrong) => {
    expect(requestIn(command)).toEqual({ wrong: expect.stringContaining(wrong) })
  })

  test.each([
    ['/gitsm move INC-1 closed', 'move INC-1 closed'],
    ['/gitsm\tnote', 'note'],
    ['/gitsm', ''],
    ['> /gitsm move INC-1 closed', undefined],
    [' /gitsm move INC-1 closed', undefined],
    ['Please /gitsm move', undefined],
    ['/gitsmove INC-1', undefined],
    ['```\n/gitsm move\n```', undefined],
  ])('is looked for at the very beginning of a comment: %j', (comment, command) => {
    expect(commandIn(comment)).toBe(command)
  })
})

describe('who may operate', () => {
  const team = (id: string, members: readonly object[]) => {
    return { type: 'team', id, file: `records/team/${id}.yaml`, data: { id, members } }
  }
  const records = indexRecords([
    team('operations', [{ login: 'ada', id: 1 }, { login: 'bob' }]),
    team('finance', [{ login: 'carla', id: 3 }]),
  ])
  const ask = (login: string, id: number, teams?: readonly string[], program = false) =>
    operatorOf({ login, id, program }, records, teams)

  test('members of any team, known by their number before their name', () => {
    expect(ask('ada', 1)).toEqual({ login: 'ada' })
    expect(ask('ada-renamed', 1)).toEqual({ login: 'ada' })
    expect(ask('Bob', 99)).toEqual({ login: 'bob' })
    expect(ask('ada', 666)).toEqual({ barred: 'ada (user 666) is not in any team' })
    expect(ask('mallory', 5)).toHaveProperty('barred')
  })

  test('only those of the teams that gitsm.yaml names, where it does', () => {
    expect(ask('ada', 1, ['operations'])).toEqual({ login: 'ada' })
    expect(ask('carla', 3, ['operations'])).toEqual({ barred: 'carla (user 3) is not in operations' })
    expect(ask('carla', 3, [])).toHaveProperty('barred')
  })

  test('no program', () => {
    expect(ask('bob', 2, undefined, true)).toEqual({ barred: 'bob is a program' })
    expect(ask('bob[bot]', 2)).toEqual({ barred: 'bob[bot] is a program' })
  })
})
