import { majorIncidentIsReviewed } from '../../src/rules/major-incident-is-reviewed.ts'
import { cases } from '../support/cases.ts'

const file = 'records/incident/INC-1.yaml'
const review = 'records/review/PIR-1.yaml'
const before = { [file]: 'id: INC-1\nstate: resolved\nmajor: true\n' }
const closed = 'id: INC-1\nstate: closed\nmajor: true\n'

cases(majorIncidentIsReviewed, {
  'with a review that was held it closes': {
    before,
    now: { [file]: `${closed}review: PIR-1\n`, [review]: 'id: PIR-1\nstate: held\nof: [INC-1]\n' },
  },
  'without a review it does not': {
    before,
    now: {
      [file]: closed.replace(
        'closed\n',
        'closed # <- INC-1 cannot be closed: it is a major incident without a review\n',
      ),
    },
  },
  'whoever closes it cannot at once say that it was none': {
    before,
    now: {
      [file]:
        'id: INC-1\nstate: closed # <- INC-1 cannot be closed: it is a major incident without a review\nmajor: false\n',
    },
  },
  'a review that is only planned is none yet': {
    before,
    now: {
      [file]: `${closed}review: PIR-1 # <- INC-1 cannot be closed: its review PIR-1 is planned\n`,
      [review]: 'id: PIR-1\nstate: planned\nof: [INC-1]\n',
    },
  },
  'a review of something else is none of it': {
    before,
    now: {
      [file]: `${closed}review: PIR-1 # <- PIR-1 is no review of INC-1\n`,
      [review]: 'id: PIR-1\nstate: held\nof: [INC-2]\n',
    },
  },
  'other incidents close without': {
    before: { [file]: 'id: INC-1\nstate: resolved\n' },
    now: { [file]: 'id: INC-1\nstate: closed\n' },
  },
  'resolving asks for none': {
    before: { [file]: 'id: INC-1\nstate: in_progress\nmajor: true\n' },
    now: { [file]: 'id: INC-1\nstate: resolved\nmajor: true\n' },
  },
  'where there are no reviews none is asked for': {
    before,
    now: { [file]: closed },
    rulebook: (shipped) => ({ ...shipped, types: new Map([...shipped.types].filter(([name]) => name !== 'review')) }),
  },
})
