import { illegal } from '../support/illegal.ts'

const file = 'records/kpi/checkout-quick.yaml'

const legal = `id: checkout-quick
title: The checkout answers quickly
owner: operations
unit: ms
direction: down
target: 450
measurement: checkout-response-time
aggregation: p90
calendar: store-hours
`

illegal(
  file,
  legal,
  {},
  {
    'nobody who answers for it': { edits: [['owner: operations\n', '']], finds: ['1: `owner` is missing'] },
    'an owner that does not exist': {
      edits: [['owner: operations', 'owner: operation']],
      finds: ['3: There is no team operation'],
    },
    'a direction of its own': {
      edits: [['direction: down', 'direction: sideways']],
      finds: ['5: `direction` cannot be `sideways`'],
    },
    'a target in words': {
      edits: [['target: 450', 'target: fast']],
      finds: ['6: `target` must be a number, but is a text'],
    },
    'a measurement that does not exist': {
      edits: [['checkout-response-time', 'checkout-response']],
      finds: ['7: There is no measurement checkout-response'],
    },
    'a column that the series does not have': {
      edits: [['aggregation: p90', 'aggregation: p90\ncolumn: visits']],
      finds: ['9: checkout-response-time has no column visits'],
    },
    'a percentile that nobody computes': { edits: [['p90', 'p75']], finds: ['8: `aggregation` cannot be `p75`'] },
    'another unit than that of the series': {
      edits: [['unit: ms', 'unit: s']],
      finds: ['4: checkout-response-time is measured in ms'],
    },
    'a calendar that does not exist': {
      edits: [['store-hours', 'shop-hours']],
      finds: ['9: There is no calendar shop-hours'],
    },
    'a formula beside a measurement': {
      edits: [['measurement:', 'formula: mttr\nmeasurement:']],
      finds: ['8: A KPI is taken from a formula or from a measurement, not from both'],
    },
    'a formula that nobody knows': {
      edits: [['measurement: checkout-response-time\naggregation: p90\ncalendar: store-hours\n', 'formula: mttx\n']],
      finds: ['7: The catalogue has no formula mttx'],
    },
    'a figure of delivery over all services': {
      edits: [
        ['unit: ms', "unit: '%'"],
        [
          'measurement: checkout-response-time\naggregation: p90\ncalendar: store-hours\n',
          'formula: change-fail-rate\n',
        ],
      ],
      finds: ['7: change-fail-rate is a figure of one service, never of several together'],
    },
    'a scope that a series does not have': {
      edits: [['aggregation: p90', 'aggregation: p90\nscope: { team: operations }']],
      finds: ['9: scope says nothing without a formula'],
    },
    'a stored figure': {
      edits: [['target: 450', 'target: 450\nvalue: 434']],
      finds: ['7: `value` is not a known field'],
    },
  },
)
