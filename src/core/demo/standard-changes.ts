import { formatInstant } from '../instant.ts'
import { type Data, isData, textAt } from '../record.ts'
import { instantOf, luckOf, minute, type Told } from './told.ts'

/** A change that follows a model: when, who, and what the model lets vary. */
type Routine = readonly [id: string, model: string, start: string, by: string, parameters: Data, reason: string]

/** The standard changes of the year, filled in from the models as they are shipped. */
export function standardChanges(models: ReadonlyMap<string, Data>): readonly Told[] {
  return routines.flatMap((routine) => {
    const model = models.get(routine[1])
    return model ? [standardChange(routine, model)] : []
  })
}

function standardChange([id, name, start, by, parameters, reason]: Routine, model: Data): Told {
  const luck = luckOf(id)
  const filled = fill(isData(model['defaults']) ? model['defaults'] : {}, parameters)
  const planned = minute(start)
  const [from, to] = [planned + luck.between(1, 4) * 60, planned + luck.between(12, 24) * 60]
  const opened = planned - luck.between(18, 40) * 3600
  return {
    type: 'change',
    id,
    steps: [
      [
        opened,
        by,
        {
          state: 'new',
          ...(isData(filled) ? filled : {}),
          change_type: 'standard',
          model: name,
          parameters,
          requester: by,
          implementer: by,
          opened_at: formatInstant(opened),
          reason: `${reason}\n`,
        },
        `${textAt(model, 'title')}: ${Object.values(parameters).join(', ')}`,
      ],
      [
        opened + 300,
        by,
        { state: 'scheduled', planned_start: instantOf(start), planned_end: formatInstant(planned + 1800) },
        `authorised by its model, ${name}`,
      ],
      [from, by, { state: 'implement', actual_start: formatInstant(from) }, 'begun'],
      [to, by, { state: 'review', actual_end: formatInstant(to), outcome: 'successful' }, 'successful'],
      [
        to + luck.between(30, 300) * 60,
        by,
        { state: 'closed', review_notes: 'As the model says.\n' },
        'as the model says',
      ],
    ],
  }
}

/** The defaults of a model with its parameters in place of their names in braces. */
function fill(value: unknown, parameters: Data): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(/\{(\w+)\}/g, (all, name: string) => textAt(parameters, name) ?? all)
  }
  if (Array.isArray(value)) return value.map((each) => fill(each, parameters))
  if (isData(value))
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fill(each, parameters)]))
  return value
}

const patch = 'patch-virtual-machine'
const certificate = 'renew-certificate'
const restart = 'restart-web-server'
const printer = 'update-printer-firmware'

const routines: readonly Routine[] = [
  ['CHG-20251110-V1AA', patch, '2025-11-12 05:00', 'erik', { machine: 'monitoring-1' }, 'Corrections of November.'],
  ['CHG-20251208-V1AB', patch, '2025-12-10 05:00', 'fatima', { machine: 'search-1' }, 'Corrections of December.'],
  ['CHG-20251208-V1AC', patch, '2025-12-10 06:00', 'fatima', { machine: 'search-2' }, 'Corrections of December.'],
  [
    'CHG-20260112-K1AD',
    certificate,
    '2026-01-14 05:00',
    'erik',
    { certificate: 'cert-shop' },
    'It ends on 23 January.',
  ],
  ['CHG-20260113-V1AE', patch, '2026-01-15 05:00', 'erik', { machine: 'monitoring-1' }, 'Corrections of January.'],
  ['CHG-20260209-V1AF', patch, '2026-02-11 05:00', 'fatima', { machine: 'search-1' }, 'Corrections of February.'],
  ['CHG-20260223-K1AG', certificate, '2026-02-25 05:00', 'erik', { certificate: 'cert-mail' }, 'It ends on 6 March.'],
  ['CHG-20260309-V1AH', patch, '2026-03-11 05:00', 'fatima', { machine: 'web-staging-1' }, 'Corrections of March.'],
  ['CHG-20260312-R1AJ', restart, '2026-03-13 05:00', 'dmitri', { server: 'web-2' }, 'Memory grows since Monday.'],
  ['CHG-20260407-V1AK', patch, '2026-04-09 05:00', 'erik', { machine: 'monitoring-2' }, 'Corrections of April.'],
  [
    'CHG-20260409-R1AM',
    restart,
    '2026-04-10 05:00',
    'fatima',
    { server: 'web-1' },
    'Connections of the day before are kept.',
  ],
  [
    'CHG-20260415-K1AN',
    certificate,
    '2026-04-16 05:00',
    'dmitri',
    { certificate: 'cert-payment' },
    'It ends on 29 April.',
  ],
  [
    'CHG-20260507-R1AP',
    restart,
    '2026-05-08 05:00',
    'dmitri',
    { server: 'web-3' },
    "Before the Friday of Mother's Day week.",
  ],
  ['CHG-20260513-V1AQ', patch, '2026-05-15 05:00', 'fatima', { machine: 'search-1' }, 'Corrections of May.'],
  ['CHG-20260610-V1AR', patch, '2026-06-12 05:00', 'erik', { machine: 'monitoring-1' }, 'Corrections of June.'],
  [
    'CHG-20260624-R1AS',
    restart,
    '2026-06-25 05:00',
    'dmitri',
    { server: 'web-1' },
    'In the summer sale its memory does not come back.',
  ],
  [
    'CHG-20260625-R1AT',
    restart,
    '2026-06-26 05:00',
    'dmitri',
    { server: 'web-2' },
    'In the summer sale its memory does not come back.',
  ],
  ['CHG-20260707-K1AV', certificate, '2026-07-08 05:00', 'erik', { certificate: 'cert-shop' }, 'It ends on 20 July.'],
  ['CHG-20260708-V1AW', patch, '2026-07-10 05:00', 'fatima', { machine: 'search-2' }, 'Corrections of July.'],
  [
    'CHG-20260804-P1AX',
    printer,
    '2026-08-08 22:30',
    'jonas',
    { printer: 'label-printer-1', version: '5.2' },
    'So that all printers have the firmware of this year.',
  ],
  ['CHG-20260812-V1AY', patch, '2026-08-14 05:00', 'erik', { machine: 'monitoring-2' }, 'Corrections of August.'],
  [
    'CHG-20260831-K1AZ',
    certificate,
    '2026-09-01 05:00',
    'fatima',
    { certificate: 'cert-mail' },
    'It ends on 12 September.',
  ],
  ['CHG-20260909-V1BA', patch, '2026-09-11 05:00', 'erik', { machine: 'monitoring-1' }, 'Corrections of September.'],
  [
    'CHG-20260915-P1BB',
    printer,
    '2026-09-19 22:30',
    'jonas',
    { printer: 'label-printer-2', version: '5.2' },
    'So that all printers have the firmware of this year.',
  ],
  ['CHG-20261013-V1BC', patch, '2026-10-15 05:00', 'fatima', { machine: 'search-1' }, 'Corrections of October.'],
  [
    'CHG-20261020-K1BD',
    certificate,
    '2026-10-21 05:00',
    'erik',
    { certificate: 'cert-payment' },
    'It ends on 2 November.',
  ],
]
