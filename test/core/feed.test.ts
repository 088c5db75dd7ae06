import { XMLParser, XMLValidator } from 'fast-xml-parser'
import ICAL from 'ical.js'
import { describe, expect, test } from 'vitest'
import { type CalendarEvent, calendarFile } from '../../src/core/feed/calendar-file.ts'
import { majorIncidentNews } from '../../src/core/feed/major-incidents.ts'
import { rssFile } from '../../src/core/feed/rss-file.ts'
import { calendarDays, scheduleEvents } from '../../src/core/feed/schedule.ts'
import { statusOf } from '../../src/core/feed/status.ts'
import type { Data } from '../../src/core/record.ts'
import type { ReportFacts } from '../../src/core/report.ts'
import { forwardSchedule } from '../../src/core/report-change-schedule.ts'
import { naughtyList } from '../reports/naughty-list.ts'
import { at, facts, incident, reading, record, type Step } from '../reports/web-shop.ts'

const event: CalendarEvent = {
  uid: 'CHG-1.change@abc.gitsm',
  stamp: at('2026-03-01T09:00'),
  sequence: 2,
  from: at('2026-03-08T01:15'),
  until: at('2026-03-08T02:55'),
  summary: 'CHG-1: More memory; for the checkout, and search',
  description: 'One line\nand another \\ one',
  categories: ['Change', 'normal'],
  status: 'TENTATIVE',
  busy: true,
}

function parsedEvents(text: string): readonly InstanceType<typeof ICAL.Event>[] {
  const calendar = new ICAL.Component(ICAL.parse(text))
  return calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each))
}

describe('a calendar file', () => {
  test('is read as it was meant', () => {
    const [read] = parsedEvents(calendarFile('Shop: changes', [event]))
    expect(read?.uid).toBe(event.uid)
    expect(read?.summary).toBe(event.summary)
    expect(read?.description).toBe(event.description)
    expect(read?.startDate.toUnixTime()).toBe(event.from)
    expect(read?.endDate.toUnixTime()).toBe(event.until)
    expect(read?.sequence).toBe(2)
    expect(read?.component.getFirstPropertyValue('dtstamp')?.toString()).toBe('2026-03-01T09:00:00Z')
  })

  test('holds one event whatever its texts say', () => {
    for (const text of naughtyList) {
      const file = calendarFile(text, [{ ...event, summary: text, description: text, categories: [text] }])
      const lines = file.split('\r\n')
      expect(lines.filter((line) => Buffer.byteLength(line) > 75 || /[\n\r]/.test(line))).toEqual([])
      expect(parsedEvents(file), text).toHaveLength(1)
      expect(file.match(/^BEGIN:/gm)).toHaveLength(2)
    }
  })

  test('tears no character where it folds a line', () => {
    const summary = '🛒ä'.repeat(60)
    expect(parsedEvents(calendarFile('x', [{ ...event, summary }]))[0]?.summary).toBe(summary)
  })
})

describe('an RSS file', () => {
  const head = { title: 'Shop', link: 'urn:gitsm:abc', description: 'News', at: at('2026-03-08T01:15') }
  const item = { guid: 'INC-1.declared@abc', at: at('2026-03-02T09:00'), description: 'x', categories: ['x'] }
  const read = (text: string) => {
    const file = rssFile({ ...head, title: text }, [{ ...item, title: text, description: text, categories: [text] }])
    expect(XMLValidator.validate(file)).toBe(true)
    return new XMLParser({ trimValues: false, ignoreAttributes: false }).parse(file).rss
  }

  test('is read as it was meant', () => {
    const { '@_version': version, channel } = read('Checkout <b>&amp;</b> "search"')
    expect(version).toBe('2.0')
    expect(channel.item.title).toBe('Checkout <b>&amp;</b> "search"')
    expect(channel.item.pubDate).toBe('Mon, 02 Mar 2026 09:00:00 GMT')
    expect(channel.item.guid).toEqual({ '#text': 'INC-1.declared@abc', '@_isPermaLink': 'false' })
  })

  test('holds one item whatever its texts say', () => {
    for (const text of naughtyList) {
      const { channel } = read(text)
      expect(Object.keys(channel.item).toSorted(), text).toEqual(
        ['#text', 'category', 'description', 'guid', 'pubDate', 'title'].toSorted(),
      )
    }
  })
})

const steps: readonly Step[] = [{ at: '2026-03-02T09:00', state: 'in_progress' }]

describe('news of major incidents', () => {
  const given = facts({
    period: '2026-03',
    incidents: [
      incident('INC-1', { title: 'Checkout is down', major: true, priority: 'P1' }, [
        ...steps,
        { at: '2026-03-02T10:00', state: 'in_progress', set: { restored_at: '2026-03-02T09:50:00Z' } },
        { at: '2026-03-02T12:00', state: 'resolved', set: { resolution: 'Restarted' } },
        { at: '2026-03-05T12:00', state: 'closed' },
      ]),
      incident('INC-2', { title: 'A printer' }, steps),
      incident('INC-3', { title: 'No incident', major: true }, [
        ...steps,
        { at: '2026-03-02T10:00', state: 'cancelled' },
      ]),
    ],
  })

  test('tell when each was known, the newest first', () => {
    expect(majorIncidentNews(given, 'abc').map(({ at: when, title, guid }) => [when, title, guid])).toEqual([
      [at('2026-03-02T12:00'), 'Resolved: Checkout is down', 'INC-1.resolved@abc'],
      [at('2026-03-02T10:00'), 'Service restored: Checkout is down', 'INC-1.restored@abc'],
      [at('2026-03-02T09:00'), 'Major incident: Checkout is down', 'INC-1.declared@abc'],
    ])
  })

  test('tell of one that is opened again, and when it is resolved for good', () => {
    const reopened = incident('INC-4', { title: 'Search', major: true }, [
      { at: '2026-03-02T09:00', state: 'in_progress' },
      { at: '2026-03-02T12:00', state: 'resolved' },
      { at: '2026-03-03T08:00', state: 'in_progress' },
      { at: '2026-03-03T09:00', state: 'on_hold' },
      { at: '2026-03-04T12:00', state: 'resolved' },
      { at: '2026-03-06T12:00', state: 'closed' },
    ])
    const told = majorIncidentNews(facts({ period: '2026-03', incidents: [reopened] }), 'abc')
    expect(told.map(({ at: when, title, guid }) => [when, title, guid])).toEqual([
      [at('2026-03-04T12:00'), 'Resolved: Search', 'INC-4.resolved.2@abc'],
      [at('2026-03-03T08:00'), 'Reopened: Search', 'INC-4.reopened@abc'],
      [at('2026-03-02T12:00'), 'Resolved: Search', 'INC-4.resolved@abc'],
      [at('2026-03-02T09:00'), 'Major incident: Search', 'INC-4.declared@abc'],
    ])
  })

  test('say nothing of what became of an incident before it was a major one', () => {
    const late = incident('INC-5', { title: 'Search' }, [
      { at: '2026-03-02T09:00', state: 'in_progress' },
      { at: '2026-03-02T10:00', state: 'resolved' },
      { at: '2026-03-02T11:00', state: 'in_progress' },
      { at: '2026-03-02T12:00', state: 'in_progress', set: { major: true } },
    ])
    const declared = { ...late, data: { ...late.data, major: true } }
    const told = majorIncidentNews(facts({ period: '2026-03', incidents: [declared] }), 'abc')
    expect(told.map(({ title }) => title)).toEqual(['Major incident: Search'])
  })

  test('link to the record where the address of the repository is known', () => {
    const [first] = majorIncidentNews(given, 'abc', 'https://example.org/blob/main')
    expect(first?.link).toBe('https://example.org/blob/main/records/incident/2026/INC-1.yaml')
    expect(majorIncidentNews(given, 'abc')[0]).not.toHaveProperty('link')
  })
})

describe('the status of services', () => {
  const statusWith = (fields: Data, more: Partial<Parameters<typeof facts>[0]> = {}) => {
    const given = facts({
      period: '2026-03',
      asOf: '2026-03-02T12:00',
      incidents: [incident('INC-1', fields, steps)],
      services: [
        record('service', 'webshop', { title: 'Web shop', owner: 'operations', tier: 1 }),
        record('service', 'mail', { title: 'Mail' }),
        record('service', 'fax', { title: 'Fax', state: 'retired' }),
      ],
      ...more,
    })
    return statusOf(given, forwardSchedule(given, given.asOf, calendarDays)).services
  }
  const told = (fields: Data) => statusWith(fields).map(({ id, status }) => `${id} ${status}`)

  test('is told of all that are not retired', () => {
    expect(told({ priority: 'P3' })).toEqual(['mail operational', 'webshop operational'])
  })

  test.each([
    ['a grave incident degrades its service', { priority: 'P2' }, 'degraded'],
    ['a restored one does not', { priority: 'P1', restored_at: '2026-03-02T11:00:00Z' }, 'operational'],
    ['a major one is an outage', { priority: 'P1', major: true }, 'outage'],
    ['so is one whose outage has not ended', { priority: 'P3', outage: [{ from: '2026-03-02T09:00:00Z' }] }, 'outage'],
    [
      'but not one whose outage has ended',
      { priority: 'P3', outage: [{ from: '2026-03-02T09:00:00Z', to: '2026-03-02T10:00:00Z' }] },
      'operational',
    ],
    [
      'a major one whose outage has ended leaves it degraded',
      { major: true, outage: [{ from: '2026-03-02T09:00:00Z', to: '2026-03-02T10:00:00Z' }] },
      'degraded',
    ],
  ])('%s', (_, fields, status) => {
    expect(told(fields)).toEqual(['mail operational', `webshop ${status}`])
  })

  test('an outage counts for the service that it is told of', () => {
    const outage = [{ service: 'mail', from: '2026-03-02T09:00:00Z' }]
    expect(told({ priority: 'P3', outage })).toEqual(['mail outage', 'webshop operational'])
  })

  test('gives compliance with its population, and none without data', () => {
    const clock = reading('INC-1', { start: '2026-03-02T09:00', stop: '2026-03-02T10:00', used: 1, of: 4 })
    const [mail, webshop] = statusWith({}, { incidents: [incident('INC-1', {}, steps, [clock])] })
    expect([mail?.compliance, webshop?.compliance]).toEqual([
      { percent: null, met: 0, n: 0 },
      { percent: 100, met: 1, n: 1 },
    ])
  })

  test('names what comes first of a window and a change that takes the service down', () => {
    const window = record('window', 'sunday', {
      title: 'Sunday',
      kind: 'maintenance',
      from: '2026-03-08T01:00:00Z',
      to: '2026-03-08T04:00:00Z',
      applies_to: { services: ['webshop'] },
    })
    const [mail, webshop] = statusWith({}, { tree: [window] })
    expect(mail?.nextMaintenance).toBeNull()
    expect(webshop?.nextMaintenance).toEqual({
      kind: 'window',
      id: 'sunday',
      title: 'Sunday',
      from: '2026-03-08T01:00:00Z',
      until: '2026-03-08T04:00:00Z',
    })
  })
})

describe('the schedule', () => {
  const freeze = record('window', 'easter', {
    title: 'Easter',
    kind: 'freeze',
    from: '2026-04-02T16:00:00Z',
    to: '2026-04-07T06:00:00Z',
  })
  const given: ReportFacts = facts({ period: '2026-03', incidents: [], tree: [freeze] })

  test('holds each time of a window under an id that stays', () => {
    const schedule = forwardSchedule(given, given.asOf, calendarDays)
    const [first] = scheduleEvents(schedule, 'abc', () => ({ at: at('2026-01-05T09:00'), count: 3 }))
    expect(first).toMatchObject({
      uid: `easter.${at('2026-04-02T16:00')}.window@abc`,
      stamp: at('2026-01-05T09:00'),
      sequence: 2,
      summary: 'Freeze: Easter',
      busy: false,
    })
    const later = scheduleEvents(forwardSchedule(given, given.asOf + 3600, calendarDays), 'abc', () => undefined)
    expect(later[0]?.uid).toBe(first?.uid)
  })
})
