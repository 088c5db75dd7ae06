import { kpiIsConsistent } from '../../src/rules/kpi-is-consistent.ts'
import { cases } from '../support/cases.ts'

const file = 'records/kpi/k.yaml'
const series = { 'records/measurement/load.yaml': 'id: load\nunit: sessions\n' }

cases(kpiIsConsistent, {
  'a formula in its unit, direction and scope passes': {
    now: {
      [file]:
        'id: k\nunit: h\ndirection: down\nformula: mttr\nscope: { service: webshop, team: operations, priority: P1 }\n',
    },
  },
  'availability within the hours of a calendar passes': {
    now: { [file]: 'id: k\nunit: "%"\ndirection: up\nformula: availability\ncalendar: store-hours\n' },
  },
  'either direction passes where neither is better': {
    now: { [file]: 'id: k\nunit: "#"\ndirection: up\nformula: opened\n' },
  },
  'a measurement in its unit passes, and another column in a unit of its own': {
    now: {
      ...series,
      [file]: 'id: k\nunit: sessions\ndirection: up\nmeasurement: load\naggregation: max\ncalendar: store-hours\n',
      'records/kpi/l.yaml': 'id: l\nunit: ms\ndirection: down\nmeasurement: load\ncolumn: wait\naggregation: max\n',
    },
  },
  'a gap that says what is missing passes': {
    now: { [file]: 'id: k\nunit: "%"\ndirection: down\ntarget: 60\nmissing: Baskets are not counted\n' },
  },
  'a formula and a measurement at once are reported': {
    now: {
      ...series,
      [file]:
        'id: k\nunit: h\ndirection: down\nformula: mttr\nmeasurement: load # <- A KPI is taken from a formula or from a measurement, not from both\naggregation: max\n',
    },
  },
  'a formula that nobody knows is reported': {
    now: { [file]: 'id: k\nunit: h\ndirection: down\nformula: mtttr # <- The catalogue has no formula mtttr\n' },
  },
  'another unit than that of the formula is reported': {
    now: { [file]: 'id: k\nunit: min # <- mttr is measured in h\ndirection: down\nformula: mttr\n' },
  },
  'another direction than that of the formula is reported': {
    now: { [file]: 'id: k\nunit: h\ndirection: up # <- Of mttr, less is better\nformula: mttr\n' },
  },
  'a scope that a formula does not know is reported': {
    now: {
      [file]:
        'id: k\nunit: "%"\ndirection: up\nformula: availability\nscope:\n  priority: P1 # <- availability cannot be restricted to a priority\n',
    },
  },
  'hours for a formula without any are reported': {
    now: {
      [file]:
        'id: k\nunit: h\ndirection: down\nformula: mttr\ncalendar: store-hours # <- mttr knows no hours of service\n',
    },
  },
  'a measurement without aggregation is reported': {
    now: {
      ...series,
      [file]:
        'id: k\nunit: sessions\ndirection: up\nmeasurement: load # <- It is not said how the values of a period become one figure\n',
    },
  },
  'another unit than that of the measurement is reported': {
    now: {
      ...series,
      [file]: 'id: k\nunit: ms # <- load is measured in sessions\ndirection: up\nmeasurement: load\naggregation: max\n',
    },
  },
  'a scope of a measurement is reported': {
    now: {
      ...series,
      [file]:
        'id: k\nunit: sessions\ndirection: up\nmeasurement: load\naggregation: max\nscope: { service: webshop } # <- scope says nothing without a formula\n',
    },
  },
  'an aggregation and a column of nothing are reported': {
    now: {
      [file]:
        'id: k\nunit: h\ndirection: down\nformula: mttr\naggregation: max # <- aggregation says nothing without a measurement\ncolumn: wait # <- column says nothing without a measurement\n',
    },
  },
  'something missing from what can be measured is reported': {
    now: {
      [file]:
        'id: k\nunit: h\ndirection: down\nformula: mttr\nmissing: Everything # <- This KPI can be measured, so nothing is missing\n',
    },
  },
})
