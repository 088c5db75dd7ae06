import { illegal } from '../support/illegal.ts'

const file = 'records/calendar/warehouse-shifts.yaml'

const legal = `id: warehouse-shifts
title: Shifts in the warehouse
timezone: Europe/Berlin
hours:
  mon-fri: ["06:00-14:00", "14:30-22:00"]
  sat: ["06:00-12:00"]
holidays:
  - 2026-12-25
  - { date: 2026-12-24, title: Christmas Eve, hours: ["06:00-10:00"] }
  - { from: 2027-08-01, to: 2027-08-15, title: Stocktaking }
`

illegal(
  file,
  legal,
  {},
  {
    'no time zone': { edits: [['timezone: Europe/Berlin\n', '']], finds: ['1: `timezone` is missing'] },
    'a zone that does not exist': {
      edits: [['Europe/Berlin', 'Europe/Munich']],
      finds: ['3: `timezone` is not a known time zone: `Europe/Munich`'],
    },
    'an abbreviation as a zone': {
      edits: [['Europe/Berlin', 'CEST']],
      finds: ['3: `timezone` is not a known time zone: `CEST`'],
    },
    'a weekday of another language': { edits: [['sat:', 'sam:']], finds: ['6: `hours` cannot have a field `sam`'] },
    'a weekday told twice': { edits: [['sat:', 'fri:']], finds: ['6: 06:00-12:00 overlaps 06:00-14:00'] },
    'hours that are no list': {
      edits: [['["06:00-12:00"]', '06:00-12:00']],
      finds: ['6: `hours.sat` must be a list, but is a text'],
    },
    'hours with one digit': { edits: [['"06:00-12:00"', '"6-12"']], finds: ['6: `hours.sat[0]` cannot be `6-12`'] },
    'an hour that no clock shows': {
      edits: [['12:00"]', '25:00"]']],
      finds: ['6: `hours.sat[0]` cannot be `06:00-25:00`'],
    },
    'closing before opening': {
      edits: [['"06:00-12:00"', '"12:00-06:00"']],
      finds: ['6: 12:00-06:00 ends before it begins'],
    },
    'a night shift in one span': {
      edits: [['14:30-22:00', '22:00-06:00']],
      finds: ['5: 22:00-06:00 ends before it begins'],
    },
    'opening and closing at once': {
      edits: [['"06:00-12:00"', '"06:00-06:00"']],
      finds: ['6: 06:00-06:00 ends when it begins'],
    },
    'shifts that overlap': { edits: [['14:30-22:00', '13:00-22:00']], finds: ['5: 13:00-22:00 overlaps 06:00-14:00'] },
    'a calendar that never opens': {
      edits: [
        ['mon-fri: ["06:00-14:00", "14:30-22:00"]', 'mon-fri: []'],
        ['sat: ["06:00-12:00"]', 'sat: []'],
        [', hours: ["06:00-10:00"]', ''],
      ],
      finds: ['4: warehouse-shifts never opens, so no time would ever pass on it'],
    },
    'a day that does not exist': {
      edits: [['2026-12-25', '2026-02-30']],
      finds: ['8: `holidays[0]` names a date that does not exist: `2026-02-30`'],
    },
    'a date as it is spoken': {
      edits: [['2026-12-25', '25.12.2026']],
      finds: ['8: `holidays[0]` is not a date: `25.12.2026`'],
    },
    'a holiday that ends before it begins': {
      edits: [['to: 2027-08-15', 'to: 2027-07-15']],
      finds: ['10: 2027-08-01 to 2027-07-15 ends before it begins'],
    },
    'a holiday without an end': {
      edits: [['to: 2027-08-15, ', '']],
      finds: ['10: `holidays[2]` must have `date`, or `from` and `to`'],
    },
    'a holiday with a date and a stretch': {
      edits: [['from: 2027-08-01', 'date: 2027-08-01, from: 2027-08-01']],
      finds: ['10: `holidays[2]` must have `date`, or `from` and `to`, but not both'],
    },
    'the same holiday twice': {
      edits: [['date: 2026-12-24', 'date: 2026-12-25']],
      finds: ['9: 2026-12-25 is listed as a holiday twice'],
    },
    'hours on a holiday that overlap': {
      edits: [['"06:00-10:00"', '"06:00-10:00", "09:00-11:00"']],
      finds: ['9: 09:00-11:00 overlaps 06:00-10:00'],
    },
    'a rule for every year': {
      edits: [['- 2026-12-25', '- { date: 2026-12-25, yearly: true }']],
      finds: ['8: `holidays[0].yearly` is not a known field'],
    },
    'the name of the calendar that is built in': {
      edits: [['id: warehouse-shifts', 'id: always']],
      finds: ['1: `id` cannot be `always`'],
    },
  },
)
