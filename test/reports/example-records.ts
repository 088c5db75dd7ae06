import type { MainlineCommit } from '../../src/core/history.ts'
import type { FindingLife, ReachedJudgement } from '../../src/core/judged-mainline.ts'
import type { LedgerDecision } from '../../src/core/ledger/decision.ts'
import type { Data, RecordDoc } from '../../src/core/record.ts'
import type { LifeFacts, ReportFacts } from '../../src/core/report.ts'
import type { GovernedEdit } from '../../src/core/report-governance.ts'
import { at, life, record, type Step } from './web-shop.ts'

type Say = (usual: string) => string

/** Records of the example month besides incidents and improvements; every text is what `say` makes of it. */
export function exampleLives(say: Say): readonly LifeFacts[] {
  return [...problems(say), ...articles(say), ...requests(say), ...reviews(say), ...items(say)]
}

/** Records without a life of the example month. */
export function exampleTree(say: Say): readonly RecordDoc[] {
  return [record('catalogue-item', say('laptop'), { title: say('A laptop'), state: 'published' })]
}

function problems(say: Say): readonly LifeFacts[] {
  return [
    life(
      'problem',
      'PRB-1',
      {
        title: say('Step 1 of the checkout waits for a lock'),
        service: say('webshop'),
        category: say('checkout'),
        priority: say('P2'),
        owner: say('operations'),
        root_cause: say('One row is locked by all'),
        workaround: say('Restart the worker.'),
        known_error: true,
        article: 'KB-1',
        incidents: ['INC-20261109-0000', 'INC-20261116-0001', 'INC-20261005-0000'],
      },
      steps(['2026-10-05T08:00', 'new'], ['2026-10-06T08:00', 'assess'], ['2026-10-20T08:00', 'fix_in_progress']),
    ),
    life(
      'problem',
      'PRB-2',
      {
        title: say('Search is slow'),
        category: say('search'),
        root_cause: say('The index is old'),
        workaround: say('Wait.'),
        known_error: true,
        incidents: ['INC-20261123-0002'],
      },
      steps(['2026-11-05T08:00', 'new'], ['2026-11-06T08:00', 'root_cause_analysis']),
    ),
    life(
      'problem',
      'PRB-3',
      {
        title: say('The old warehouse scanner'),
        resolution_code: 'risk_accepted',
        risk_owner: say('ines'),
        review_by: '2026-11-15',
        incidents: [],
      },
      steps(['2026-06-01T08:00', 'new'], ['2026-11-03T08:00', 'resolved']),
    ),
  ]
}

function articles(say: Say): readonly LifeFacts[] {
  const article = (id: string, title: string, fields: object, ...states: (readonly [string, string])[]) =>
    life('knowledge', id, { title: say(title), owner: say('operations'), ...fields }, steps(...states))
  return [
    article(
      'KB-1',
      'Checkout waits for a lock',
      { kind: 'known_error', services: [say('webshop')], category: say('checkout'), review_by: '2026-11-10' },
      ['2026-10-07T08:00', 'draft'],
      ['2026-10-21T08:00', 'published'],
    ),
    article(
      'KB-2',
      'How to order a laptop',
      { kind: 'how_to', services: [say('laptops')], valid_until: '2026-12-15', review_by: '2027-06-01' },
      ['2026-11-04T08:00', 'review'],
      ['2026-11-05T08:00', 'published'],
    ),
    article(
      'KB-3',
      'Faxes',
      { kind: 'faq', retire_reason: say('Nobody faxes') },
      ['2026-10-01T08:00', 'draft'],
      ['2026-11-09T08:00', 'retired'],
    ),
  ]
}

function requests(say: Say): readonly LifeFacts[] {
  const request = (id: string, fields: object, ...states: (readonly [string, string])[]) =>
    life(
      'request',
      id,
      { title: say('A laptop for Ada'), item: say('laptop'), team: say('operations'), ...fields },
      steps(...states),
    )
  return [
    request(
      'REQ-1',
      { satisfaction: 4, knowledge: ['KB-2', say('KB-77')] },
      ['2026-11-02T08:00', 'submitted'],
      ['2026-11-02T09:00', 'awaiting_approval'],
      ['2026-11-03T09:00', 'approved'],
      ['2026-11-03T10:00', 'in_fulfilment'],
      ['2026-11-05T08:00', 'fulfilled'],
    ),
    request('REQ-2', {}, ['2026-11-12T08:00', 'submitted'], ['2026-11-13T08:00', 'in_fulfilment']),
    request('REQ-3', { item: undefined }, ['2026-11-12T08:00', 'submitted'], ['2026-11-14T08:00', 'rejected']),
    request('REQ-4', {}, ['2026-10-12T08:00', 'submitted'], ['2026-10-13T08:00', 'closed']),
  ]
}

function items(say: Say): readonly LifeFacts[] {
  const item = (id: string, title: string, fields: Data, ...told: (readonly [string, string])[]) =>
    life('ci', id, { title: say(title), owner: say('operations'), opened_at: undefined, ...fields }, steps(...told))
  return [
    item(
      'db-9',
      'The database of all',
      {
        class: say('database'),
        services: [say('webshop')],
        criticality: 'critical',
        environment: 'production',
        controlled: true,
        verified_at: '2026-11-20T08:00:00Z',
        asset: { warranty_until: '2026-12-20', licence_until: '2026-11-15' },
      },
      ['2026-06-01T08:00', 'operational'],
      ['2026-11-12T08:00', 'maintenance'],
      ['2026-11-12T10:00', 'operational'],
    ),
    item(
      'cache-9',
      'A cache of pages',
      { class: say('cache'), depends_on: [{ ci: 'db-9' }], source_of_truth: say('terraform') },
      ['2026-11-14T08:00', 'operational'],
    ),
    item(
      'fax-9',
      'The fax',
      { class: say('printer') },
      ['2026-06-01T08:00', 'operational'],
      ['2026-11-16T08:00', 'retired'],
    ),
  ]
}

function reviews(say: Say): readonly LifeFacts[] {
  return [
    life(
      'review',
      'PIR-2',
      {
        title: say('The Friday that failed'),
        of: ['INC-20261108-0001'],
        owner: say('operations'),
        actions: [
          {
            title: say('Watch the queue'),
            owner: say('operations'),
            due: '2026-11-20',
            state: 'open',
            record: 'CHG-9',
          },
          { title: say('Ask the vendor'), owner: say('ada'), due: '2026-12-20', state: 'open' },
          { title: say('Tell the desk'), owner: say('ada'), due: '2026-11-12', state: 'done', done_on: '2026-11-12' },
        ],
      },
      steps(['2026-11-09T08:00', 'held']),
    ),
  ]
}

function steps(...told: readonly (readonly [at: string, state: string])[]): readonly Step[] {
  return told.map(([at, state]) => ({ at, state }))
}

/** Edits of what judges others, what a ledger knows beside times, and what rules find, in the example month. */
export function exampleGovernance(say: Say): Pick<ReportFacts, 'governed' | 'decisions' | 'findings' | 'judged'> {
  const edit = (type: string, id: string, when: string, kind: GovernedEdit['kind'], commit: string): GovernedEdit => ({
    ...{ type, id, kind, file: `records/${type}/${id}.yaml`, at: at(when), by: say('Ada') },
    ...{ commit: commit.repeat(40), provenance: 'claimed' },
  })
  return {
    governed: [
      edit('sla', say('gold'), '2026-10-03T08:00', 'added', 'a'),
      edit('team', say('operations'), '2026-11-03T08:00', 'edited', 'b'),
      edit('sla', say('gold'), '2026-11-03T08:00', 'edited', 'b'),
      edit('calendar', say('office'), '2026-11-24T08:00', 'removed', 'd'),
    ],
    decisions: [
      decision(say, 'change/CHG-11-B', '2026-11-18T08:00', true),
      decision(say, say('policy/p'), '2026-11-19T08:00', false),
    ],
    judged: {
      judgements: [
        judgement(1, '2026-11-20T08:00', 30, say('https://ci.example/runs/1')),
        judgement(2, '2026-11-27T08:00', 39, null),
      ],
      findings: [
        found(say, 'transition-allowed', 'change/CHG-11-B', '2026-11-18T08:00'),
        found(say, 'schema-valid', say('records/odd.yaml'), '2026-11-19T08:00', { settledAt: at('2026-11-27T08:00') }),
        found(say, 'approval-given', 'change/CHG-11-B', '2026-11-19T09:00', {
          foundAt: at('2026-12-02T08:00'),
          settledAt: at('2026-12-03T08:00'),
          ratified: { pullRequest: 14, at: at('2026-12-02T18:00') },
        }),
        found(say, 'id-unique', say('incident/INC-1'), '2026-10-19T08:00'),
        { ...found(say, 'decision-holds', say('decisions/x.yaml'), '2026-11-19T08:00'), commit: null },
      ],
      broken: null,
    },
    findings: [
      {
        rule: 'reference-exists',
        severity: 'error',
        message: say('There is no service shop'),
        place: { file: 'records/ci/2026/cache-9.yaml', route: ['services', 0] },
      },
    ],
  }
}

function judgement(sequence: number, when: string, position: number, run: string | null): ReachedJudgement {
  const tip = String(sequence).repeat(40)
  return { ...{ sequence, at: at(when), tip, position, run, engine: '0.1.0', isHere: true }, untold: 0, unvouched: 3 }
}

function found(say: Say, rule: string, subject: string, when: string, more: Partial<FindingLife> = {}): FindingLife {
  const commit: MainlineCommit = {
    ...{ commit: 'f'.repeat(40), position: 20, at: at(when), by: say('Eve'), provenance: 'attested' },
  }
  return {
    ...{ rule, subject, commit, count: rule === 'schema-valid' ? 2 : 1, message: say('It is not as it should be') },
    ...{ foundAt: at('2026-11-20T08:00'), settledAt: null, ratified: null },
    ...more,
  }
}

function decision(say: Say, subject: string, when: string, met: boolean): LedgerDecision {
  const commit = 'e'.repeat(40)
  return {
    ...{ file: `decisions/${subject}.yaml`, at: at(when), outcome: 'merged', pullRequest: 12, subject },
    ...{ policy: 'change-authorisation', rule: say('high risk'), seen: commit, head: commit, commits: [commit] },
    ...{ policyCommit: commit, digest: `sha256:${'0'.repeat(64)}`, digests: {}, steps: [], engine: null },
    verdict: { met, because: say('two agreed'), parts: [] },
    reviews: [{ login: say('ada'), commit }],
  }
}
