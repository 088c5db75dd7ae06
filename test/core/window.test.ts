import { describe, expect, test } from 'vitest'
import type { Data, RecordDoc } from '../../src/core/record.ts'
import {
  binds,
  coversItem,
  coversService,
  isLockdown,
  type Window,
  windowOf,
  windowsOf,
} from '../../src/core/window.ts'
import { concernsService, windowTimes } from '../../src/core/window-schedule.ts'
import { instant } from '../support/life.ts'

function windowRecord(fields: Data, id = 'w'): RecordDoc {
  const times = { from: '2026-11-26T18:00:00Z', to: '2026-12-01T06:00:00Z' }
  return { type: 'window', id, file: `records/window/${id}.yaml`, data: { id, kind: 'freeze', ...times, ...fields } }
}

function windowWith(fields: Data, id?: string): Window {
  const window = windowOf(windowRecord(fields, id))
  if (!window) throw new Error('no window')
  return window
}

function item(id: string, data: Data = {}): RecordDoc {
  return { type: 'ci', id, file: `records/ci/${id}.yaml`, data: { id, ...data } }
}

describe('a window covers', () => {
  test('everything where it names nothing', () => {
    expect(coversItem(windowWith({}), item('web-1', { environment: 'test' }))).toBe(true)
    expect(coversService(windowWith({}), 'webshop')).toBe(true)
  })

  test('what all its keys agree on', () => {
    const window = windowWith({ applies_to: { services: ['webshop'], environments: ['production'] } })
    const web = { services: ['webshop', 'payment'], environment: 'production' }
    expect(coversItem(window, item('web-1', web))).toBe(true)
    expect(coversItem(window, item('web-9', { ...web, environment: 'staging' }))).toBe(false)
    expect(coversItem(window, item('pay-1', { ...web, services: ['payment'] }))).toBe(false)
    expect(coversService(window, 'webshop')).toBe(true)
    expect(coversService(window, 'payment')).toBe(false)
  })

  test('services and items without an environment as production', () => {
    const window = windowWith({ applies_to: { environments: ['production'] } })
    expect(coversItem(window, item('web-1'))).toBe(true)
    expect(coversService(window, 'webshop')).toBe(true)
    expect(coversService(windowWith({ applies_to: { environments: ['test'] } }), 'webshop')).toBe(false)
  })

  test('no service where it names items, which still concern their services', () => {
    const window = windowWith({ applies_to: { cis: ['web-1'] } })
    expect(coversService(window, 'webshop')).toBe(false)
    expect(concernsService(window, 'webshop', [item('web-1', { services: ['webshop'] })])).toBe(true)
    expect(concernsService(window, 'webshop', [item('web-2', { services: ['webshop'] })])).toBe(false)
  })
})

describe('a window binds', () => {
  test('all but emergencies, unless it says what it allows', () => {
    expect(['normal', 'standard', 'emergency'].map((type) => binds(windowWith({}), type))).toEqual([true, true, false])
    const strict = windowWith({ allows: ['standard'] })
    expect(['normal', 'standard', 'emergency'].map((type) => binds(strict, type))).toEqual([true, false, true])
  })

  test('only the types that it applies to', () => {
    const window = windowWith({ applies_to: { change_types: ['normal'] } })
    expect(['normal', 'standard', 'emergency'].map((type) => binds(window, type))).toEqual([true, false, false])
  })

  test('everything in a lockdown, which only a freeze can be', () => {
    expect(isLockdown(windowWith({ allows: [] }))).toBe(true)
    expect(binds(windowWith({ allows: [] }), 'emergency')).toBe(true)
    expect(isLockdown(windowWith({}))).toBe(false)
    expect(isLockdown(windowWith({ kind: 'maintenance', allows: [] }))).toBe(false)
  })
})

test('a window that makes no sense is no window', () => {
  const records = [
    windowRecord({}),
    windowRecord({ to: '2026-11-26T18:00:00Z' }, 'void'),
    windowRecord({ recurs: {} }, 'x'),
  ]
  expect(windowsOf(records).map(({ id }) => id)).toEqual(['w'])
})

test('the times of windows are told in order', () => {
  const daily = { recurs: { rule: 'FREQ=DAILY', timezone: 'UTC', start: '2026-01-01T18:00', duration: 'PT1H' } }
  const windows = [windowWith(daily, 'b'), windowWith({}, 'c'), windowWith(daily, 'a')]
  const span = { from: instant('2026-11-25T19:00:00Z'), until: instant('2026-11-27T18:00:00Z') }
  expect(windowTimes(windows, span).map(({ window }) => window.id)).toEqual(['a', 'b', 'c'])
})
