import { retirementIsClean } from '../../src/rules/retirement-is-clean.ts'
import { cases } from '../support/cases.ts'

const web = 'records/ci/web.yaml'
const used = { [web]: 'id: web\nstate: operational\n' }

cases(retirementIsClean, {
  'what nothing names may be retired': { before: used, now: { [web]: 'id: web\nstate: retired\n' } },
  'open work and what is in use stand against it': {
    before: used,
    now: {
      [web]: 'id: web\nstate: retired # <- web cannot be retired while it is named by ci lb, incident INC-1\n',
      'records/ci/lb.yaml': 'id: lb\nstate: operational\ndepends_on: [{ ci: web }]\n',
      'records/incident/INC-1.yaml': 'id: INC-1\nstate: new\ncis: [web]\n',
    },
  },
  'what is over does not': {
    before: used,
    now: {
      [web]: 'id: web\nstate: retired\n',
      'records/ci/lb.yaml': 'id: lb\nstate: disposed\ndepends_on: [{ ci: web }]\n',
      'records/incident/INC-1.yaml': 'id: INC-1\nstate: closed\ncis: [web]\n',
    },
  },
  'two that need each other may go together': {
    before: { ...used, 'records/ci/lb.yaml': 'id: lb\nstate: operational\ndepends_on: [{ ci: web }]\n' },
    now: {
      [web]: 'id: web\nstate: retired\n',
      'records/ci/lb.yaml': 'id: lb\nstate: retired\ndepends_on: [{ ci: web }]\n',
    },
  },
  'a service is held by agreements, items and services': {
    before: { 'records/service/shop.yaml': 'id: shop\nstate: operational\n' },
    now: {
      'records/service/shop.yaml':
        'id: shop\nstate: retired # <- shop cannot be retired while it is named by ci web, service portal, sla gold\n',
      'records/ci/web.yaml': 'id: web\nstate: operational\nservices: [shop]\n',
      'records/service/portal.yaml': 'id: portal\nstate: operational\ndepends_on: [shop]\n',
      'records/sla/gold.yaml': 'id: gold\nstate: active\napplies_to: { service: [shop] }\n',
    },
  },
  'many names are counted': {
    before: used,
    now: {
      [web]:
        'id: web\nstate: disposed # <- web cannot be disposed while it is named by ci a, ci b, ci c, ci d, ci e and 1 more\n',
      ...Object.fromEntries(
        [...'abcdef'].map((id) => [
          `records/ci/${id}.yaml`,
          `id: ${id}\nstate: operational\ndepends_on: [{ ci: web }]\n`,
        ]),
      ),
    },
  },
  'what was retired before is not asked again': {
    before: { [web]: 'id: web\nstate: retired\n' },
    now: {
      [web]: 'id: web\nstate: retired\ntitle: Old\n',
      'records/incident/INC-1.yaml': 'id: INC-1\nstate: new\ncis: [web]\n',
    },
  },
})
