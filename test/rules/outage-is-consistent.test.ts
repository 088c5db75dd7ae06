import { outageIsConsistent } from '../../src/rules/outage-is-consistent.ts'
import { cases } from '../support/cases.ts'

const file = 'records/incident/INC-1.yaml'
const outages = (state: string, ...lines: readonly string[]) =>
  `id: INC-1\nstate: ${state}\noutage:\n${lines.map((line) => `  - ${line}\n`).join('')}`

cases(outageIsConsistent, {
  'one may begin where the other ends': {
    now: {
      [file]: outages(
        'closed',
        '{ service: shop, from: 2026-11-20T10:00:00Z, to: 2026-11-20T11:00:00Z }',
        '{ service: shop, from: 2026-11-20T11:00:00Z, to: 2026-11-20T12:00:00Z }',
      ),
    },
  },
  'two services may be down at once': {
    now: {
      [file]: outages(
        'closed',
        '{ service: shop, from: 2026-11-20T10:00:00Z, to: 2026-11-20T11:00:00Z }',
        '{ service: mail, from: 2026-11-20T10:30:00Z, to: 2026-11-20T11:30:00Z }',
      ),
    },
  },
  'one second told twice is reported': {
    now: {
      [file]: outages(
        'closed',
        '{ service: shop, from: 2026-11-20T10:00:00Z, to: 2026-11-20T11:00:01Z }',
        '{ service: shop, from: 2026-11-20T11:00:00Z, to: 2026-11-20T12:00:00Z } # <- This outage of shop overlaps another',
      ),
    },
  },
  'an end before the beginning is reported, and so is one at it': {
    now: {
      [file]: outages(
        'new',
        '{ service: shop, from: 2026-11-20T10:00:00Z, to: 2026-11-20T09:00:00Z } # <- The outage of shop ends before it begins',
        '{ service: mail, from: 2026-11-20T10:00:00Z, to: 2026-11-20T11:00:00+01:00 } # <- The outage of mail ends before it begins',
      ),
    },
  },
  'while the incident is open the service may still be down': {
    now: { [file]: outages('in_progress', '{ service: shop, from: 2026-11-20T10:00:00Z }') },
  },
  'once it is resolved the outage is over': {
    now: {
      [file]: outages(
        'resolved',
        '{ service: shop, from: 2026-11-20T10:00:00Z } # <- INC-1 is resolved, but the outage of shop has no end',
      ),
    },
  },
  'nothing begins after an outage that has not ended': {
    now: {
      [file]: outages(
        'new',
        '{ service: shop, from: 2026-11-20T10:00:00Z }',
        '{ service: shop, from: 2026-11-20T12:00:00Z, to: 2026-11-20T13:00:00Z } # <- This outage of shop overlaps another',
      ),
    },
  },
})
