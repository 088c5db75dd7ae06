import { riskNotUnderstated } from '../../src/rules/risk-not-understated.ts'
import { cases } from '../support/cases.ts'

const file = 'records/change/CHG-1.yaml'
const shop = {
  'records/service/webshop.yaml': 'id: webshop\ntier: 1\nstate: operational\n',
  'records/ci/db.yaml': 'id: db\nenvironment: production\nstate: operational\nservices: [webshop]\n',
}
const answers = 'risk_answers: { tested: same_environment, backout: minutes, experience: often, helpers: one_team }\n'
const change = (state: string, risk: string) =>
  `id: CHG-1\nstate: ${state}\nchange_type: normal\ncis: [db]\nrisk: ${risk}\n${answers}`
const told = 'CHG-1 declares moderate risk, but the computed one is high: a vital service fails with it'

cases(riskNotUnderstated, {
  'the computed risk passes': { before: shop, now: { ...shop, [file]: change('assess', 'high') } },
  'more passes': { before: shop, now: { ...shop, [file]: change('authorize', 'very_high') } },
  'less is refused': {
    before: shop,
    now: {
      ...shop,
      [file]: change('assess', `moderate # <- ${told} (tier reached 1 (webshop); environment production (db))`),
    },
  },
  'a draft may still be wrong': { before: shop, now: { ...shop, [file]: change('new', 'low') } },
  'what was authorised and is under way is not weighed again': {
    before: { ...shop, [file]: change('implement', 'low') },
    now: { ...shop, [file]: `${change('implement', 'low')}title: x\n` },
  },
  'an organisation may weigh otherwise': {
    before: shop,
    now: { ...shop, [file]: change('assess', 'low') },
    rulebook: (rulebook) => ({
      ...rulebook,
      config: {
        ...rulebook.config,
        risk: { conditions: [], questions: [], thresholds: [], historyDays: 1, nearbyHours: 1 },
      },
    }),
  },
})
