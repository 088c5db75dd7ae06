import { illegal } from '../support/illegal.ts'

const recurring = `id: nightly
title: Nightly maintenance
kind: maintenance
owner: platform
recurs:
  rule: FREQ=WEEKLY;BYDAY=SU
  timezone: Europe/Berlin
  start: 2026-01-04T02:00
  duration: PT3H
applies_to:
  cis: [shop-db-1]
  services: [webshop]
`

illegal(
  'records/window/nightly.yaml',
  recurring,
  {},
  {
    'another kind': {
      edits: [['kind: maintenance', 'kind: blackout']],
      finds: ['3: `kind` cannot be `blackout`'],
    },
    'an owner that does not exist': {
      edits: [['owner: platform', 'owner: plattform']],
      finds: ['4: There is no team plattform'],
    },
    'a rule that begins every second': {
      edits: [['WEEKLY;BYDAY=SU', 'SECONDLY']],
      finds: ['6: A window recurs at most once a day, so FREQ=SECONDLY cannot be part of its rule'],
    },
    'a rule without end in count': {
      edits: [['BYDAY=SU', 'COUNT=999999999']],
      finds: ['6: COUNT cannot be 999999999'],
    },
    'a rule in lower case': {
      edits: [['FREQ=WEEKLY', 'freq=weekly']],
      finds: ['6: `recurs.rule` cannot be `freq=weekly;BYDAY=SU`'],
    },
    'a zone that does not exist': {
      edits: [['Europe/Berlin', 'Europe/Atlantis']],
      finds: ['7: `recurs.timezone` is not a known time zone: `Europe/Atlantis`'],
    },
    'a start on another weekday': {
      edits: [['2026-01-04', '2026-01-05']],
      finds: ['8: The start is no day that the rule names'],
    },
    'a start with a zone of its own': {
      edits: [['02:00\n', '02:00:00Z\n']],
      finds: ['8: `recurs.start` cannot be `2026-01-04T02:00:00Z`'],
    },
    'a duration in days': {
      edits: [['PT3H', 'P1D']],
      finds: ['9: `recurs.duration` is not a duration: `P1D`'],
    },
    'a duration of months': {
      edits: [['PT3H', 'PT2000H']],
      finds: ['9: The duration must be longer than nothing and at most 31 days'],
    },
    'an item outside of its services': {
      edits: [['[shop-db-1]', '[shop-db-1, mail-relay-1]']],
      finds: [
        '11: nightly does not cover mail-relay-1, which lies outside of the services or environments that it names',
      ],
    },
    'a service that does not exist': {
      edits: [['[webshop]', '[webshop, webshp]']],
      finds: ['12: There is no service webshp'],
    },
    'nothing to apply to': {
      edits: [['[webshop]', '[]']],
      finds: ['12: `applies_to.services` needs at least 1 entry'],
    },
    'a field of nobody': {
      edits: [['owner: platform', 'blackout: true']],
      finds: ['4: `blackout` is not a known field'],
    },
  },
)

const once = `id: freeze-one
title: A freeze
kind: freeze
from: 2026-11-26T18:00:00+01:00
to: 2026-12-01T06:00:00+01:00
applies_to:
  change_types: [normal]
`

illegal(
  'records/window/freeze-one.yaml',
  once,
  {},
  {
    'an end before the beginning': {
      edits: [['2026-12-01', '2026-11-01']],
      finds: ['5: freeze-one ends before it begins'],
    },
    'no length, told in two zones': {
      edits: [['2026-12-01T06:00:00+01:00', '2026-11-26T17:00:00Z']],
      finds: ['5: freeze-one has no length'],
    },
    'an end without a zone': {
      edits: [['06:00:00+01:00', '06:00:00']],
      finds: ['5: `to` has no zone: `2026-12-01T06:00:00`'],
    },
    'no end': {
      edits: [['to: 2026-12-01T06:00:00+01:00\n', '']],
      finds: ['1: the document must have `from` and `to`, or `recurs`'],
    },
    'types that it allows at once': {
      edits: [['change_types: [normal]\n', 'change_types: [normal]\nallows: [normal]\n']],
      finds: ['7: freeze-one binds no change: it allows every type that it applies to'],
    },
  },
)
