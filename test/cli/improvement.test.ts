import { describe, expect, test } from 'vitest'
import { gitsm, gitsmJson, type Ran } from '../support/gitsm.ts'
import type { TestRepo } from '../support/repo.ts'
import { shippedText } from '../support/shipped.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const file = 'records/improvement/2026/06/IMP-20260602-4DTW.yaml'
const closed = shippedText(file)
const closing = /^measured_value[\s\S]*?^log:/m

/** The improvement of the example as it stood before it was closed. */
const reviewed = closed
  .replace('state: closed', 'state: review')
  .replace(closing, 'log:')
  .replace(/\n.*state: closed \}\n/, '\n')

/** A repository in which the improvement is in review, with the commit that is the base. */
function shop(): { readonly repo: TestRepo; readonly base: string } {
  const repo = webshop()
  const base = repo.commit({ at: '2026-08-17T20:30:00Z', write: { [file]: reviewed } })
  return { repo, base }
}

function check({ repo, base }: ReturnType<typeof shop>, text: string, asOf = '2026-11-21T00:00:00Z'): Ran {
  repo.git(['switch', '--quiet', '--create', 'close'])
  repo.commit({ at: '2026-11-05T09:00:00Z', write: { [file]: text } })
  return gitsm(['--as-of', asOf, 'check', '--base', base, '--head', 'close'], repo)
}

describe('new values of a series', () => {
  test('are an edit of their measurement, and ask once for the owner', () => {
    const repo = webshop()
    const base = repo.git(['rev-parse', 'HEAD'])
    const series = 'records/measurement/webshop-downtime.csv'
    repo.git(['switch', '--quiet', '--create', 'values'])
    repo.commit({
      at: '2026-11-21T09:00:00Z',
      write: { [series]: `${shippedText(series)}2026-11-16T00:00:00+01:00,3,\n` },
    })
    expect(gitsmJson(['check', '--base', base, '--head', 'values'], repo)).toMatchObject({
      code: 0,
      json: {
        changes: [{ id: 'webshop-downtime', type: 'measurement', kind: 'edited' }],
        approvals: [{ id: series, met: false }],
      },
    })
  })

  test('that are wrong are refused on their line', () => {
    const repo = webshop()
    const base = repo.git(['rev-parse', 'HEAD'])
    const series = 'records/measurement/webshop-downtime.csv'
    repo.git(['switch', '--quiet', '--create', 'values'])
    const text = `${shippedText(series)}2026-11-16T00:00:00+01:00,three,\n`
    repo.commit({ at: '2026-11-21T09:00:00Z', write: { [series]: text } })
    const { code, stdout } = gitsm(['check', '--base', base, '--head', 'values'], repo)
    expect(code).toBe(1)
    expect(stdout).toContain(
      `${series}:${text.split('\n').length - 1}:1  error  "three" is no number in the column value`,
    )
  })
})

describe('closing an improvement', () => {
  test('passes when the figures bear it out', () => {
    expect(check(shop(), closed)).toMatchObject({ code: 0, stderr: '' })
  })

  test('is refused with another value, on its line, with the figure', () => {
    const { code, stdout } = check(shop(), closed.replace('measured_value: 2.38', 'measured_value: 1.9'))
    expect(code).toBe(1)
    expect(stdout).toContain(
      'webshop-daily-downtime is 2.385 min from 2026-08-18 to before 2026-11-04, not 1.9  improvement-is-borne-out',
    )
    expect(stdout).toContain('measured_value: 1.9')
  })

  test('is refused with a baseline that was worse than it was', () => {
    const { code, stdout } = check(shop(), closed.replace('value: 4.99', 'value: 9.5'))
    expect(code).toBe(1)
    expect(stdout).toContain('webshop-daily-downtime is 4.987 min from 2026-06-01 to before 2026-08-18, not 9.5')
  })

  test('is refused before the period is over', () => {
    const { code, stdout } = check(shop(), closed, '2026-11-03T22:59:59Z')
    expect(code).toBe(1)
    expect(stdout).toContain('The measured period is not over yet')
  })

  test('is refused when its own change moves the yardstick', () => {
    const { repo, base } = shop()
    repo.git(['switch', '--quiet', '--create', 'close'])
    const kpi = 'records/kpi/webshop-daily-downtime.yaml'
    repo.commit({
      at: '2026-11-05T09:00:00Z',
      write: {
        [kpi]: shippedText(kpi).replace('aggregation: mean', 'aggregation: median'),
        [file]: closed.replace('measured_value: 2.38', 'measured_value: 0').replace('value: 4.99', 'value: 5'),
      },
    })
    const { code, stdout } = gitsm(
      ['--as-of', '2026-11-21T00:00:00Z', 'check', '--base', base, '--head', 'close'],
      repo,
    )
    expect(code).toBe(1)
    expect(stdout).toContain('webshop-daily-downtime is 2.38 min')
  })

  test('takes the baseline from the data as they were when it was recorded', () => {
    const series = 'records/measurement/webshop-downtime.csv'
    const flattered = shippedText(series).replace(/^(2026-06-\d\dT.*?),\d+,/gm, '$1,60,')
    const { repo, base } = shop()
    const later = repo.commit({ at: '2026-11-01T09:00:00Z', write: { [series]: flattered } })
    expect(check({ repo, base: later }, closed)).toMatchObject({ code: 0 })
    const named = closed.replace('to: 2026-08-18\ntarget', `to: 2026-08-18\n  commit: ${later.slice(0, 12)}\ntarget`)
    repo.git(['switch', '--quiet', 'main'])
    repo.git(['branch', '--quiet', '-D', 'close'])
    expect(check({ repo, base: later }, named).stdout).toMatch(/webshop-daily-downtime is 2\d\.\d+ min .*, not 4\.99/)
    expect(base).not.toBe(later)
  })

  test('is refused when the baseline names a commit that the mainline does not have', () => {
    const named = closed.replace('to: 2026-08-18\ntarget', 'to: 2026-08-18\n  commit: abcdef1234\ntarget')
    expect(check(shop(), named).stdout).toContain('the mainline has no commit abcdef1234')
  })

  test('around the gate is found out by verify, and only when it is false', () => {
    const honest = shop()
    honest.repo.commit({ at: '2026-11-05T09:00:00Z', write: { [file]: closed } })
    expect(gitsm(['verify', '--base', honest.base], honest.repo)).toMatchObject({ code: 0 })
    const rosy = shop()
    const text = closed.replace('measured_value: 2.38', 'measured_value: 1.9')
    rosy.repo.commit({ at: '2026-11-05T09:00:00Z', write: { [file]: text } })
    const { code, stdout } = gitsm(['verify', '--base', rosy.base], rosy.repo)
    expect(code).toBe(1)
    expect(stdout).toContain('webshop-daily-downtime is 2.385 min from 2026-08-18 to before 2026-11-04, not 1.9')
  })

  test('works in one step at the command line, and only with the right figure', () => {
    const { repo } = shop()
    const move = (value: string): Ran =>
      gitsm(
        [
          '--as-of',
          '2026-11-21T00:00:00Z',
          'move',
          'IMP-20260602-4DTW',
          'closed',
          '--set',
          `measured_value=${value}`,
          '--set',
          'measured_period.from=2026-08-18',
          '--set',
          'measured_period.to=2026-11-04',
          '--set',
          'result=achieved',
          '--set',
          'lessons=Ask marketing first',
        ],
        repo,
      )
    expect(move('2.1')).toMatchObject({ code: 1 })
    expect(move('2.1').stdout).toContain('not 2.1')
    expect(move('2.4')).toMatchObject({ code: 0 })
  })

  test('computes a formula from the history, over the period alone', () => {
    const solve = (id: string, opened: string, resolved: string) => [
      { at: opened, write: { [incidentFile(id)]: incident(id, 'new', { opened_at: opened }) } },
      {
        at: resolved,
        write: {
          [incidentFile(id)]: incident(id, 'resolved', {
            opened_at: opened,
            team: 'operations',
            resolution_code: 'fixed',
            resolution: 'Done',
          }),
        },
      },
    ]
    const repo = webshop(
      ...solve('INC-1', '2026-02-02T08:00:00Z', '2026-02-03T08:00:00Z'), // 24 h
      ...solve('INC-2', '2026-04-02T08:00:00Z', '2026-04-02T12:00:00Z'), // 4 h
      ...solve('INC-3', '2026-05-02T08:00:00Z', '2026-05-04T08:00:00Z'), // later
    )
    const id = 'IMP-20260301-AAAA'
    const path = `records/improvement/2026/03/${id}.yaml`
    const text = (state: string, value: string): string =>
      closed
        .replace(/^id: .*/m, `id: ${id}`)
        .replace(/^state: .*/m, `state: ${state}`)
        .replace(/^kpi: .*/m, 'kpi: webshop-time-to-resolve')
        .replace(/^baseline:[\s\S]*?^target.*/m, 'baseline: { value: 24, from: 2026-02-01, to: 2026-03-01 }\ntarget: 8')
        .replace(/^opened_at.*/m, 'opened_at: 2026-03-01T00:00:00Z')
        .replace(/^observe_days.*\n/m, '')
        .replace(/^implemented_at.*/m, 'implemented_at: 2026-03-20T00:00:00Z')
        .replace(
          /^measured_value[\s\S]*?^result.*/m,
          state === 'closed'
            ? `measured_value: ${value}\nmeasured_period: { from: 2026-04-01, to: 2026-05-01 }\nresult: achieved`
            : '',
        )
        .replace(/^log:[\s\S]*/m, '')
    const base = repo.commit({ at: '2026-05-20T00:00:00Z', write: { [path]: text('review', '') } })
    repo.git(['switch', '--quiet', '--create', 'close'])
    repo.commit({ at: '2026-05-21T00:00:00Z', write: { [path]: text('closed', '4') } })
    const args = ['--as-of', '2026-06-01T00:00:00Z', 'check', '--base', base, '--head', 'close']
    expect(gitsmJson(args, repo)).toMatchObject({ code: 0, json: { diagnostics: [] } })
    repo.commit({ at: '2026-05-21T00:00:00Z', write: { [path]: text('closed', '3') } })
    expect(gitsm(args, repo).stdout).toContain(
      'webshop-time-to-resolve is 4 h from 2026-04-01 to before 2026-05-01, not 3',
    )
  })
})
