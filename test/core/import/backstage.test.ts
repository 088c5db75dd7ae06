import { describe, expect, test } from 'vitest'
import { backstageRecords } from '../../../src/core/import/backstage.ts'
import type { Data } from '../../../src/core/record.ts'

function entity(kind: string, name: string, spec: Data = {}, metadata: Data = {}): Data {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, ...metadata },
    spec: { owner: 'platform', ...spec },
  }
}

function read(entities: readonly Data[], world: { owner?: string; takenOver?: Readonly<Record<string, string>> } = {}) {
  return backstageRecords(
    entities.map((data, index) => ({ data, origin: { file: 'catalog-info.yaml', line: index + 1 } })),
    {
      teams: new Set(['platform']),
      takenOver: new Map(Object.entries(world.takenOver ?? {})),
      ...(world.owner !== undefined && { owner: world.owner }),
    },
  )
}

const said = (...given: Parameters<typeof read>) =>
  read(...given).problems.map(({ origin, message }) => `${origin.line} ${message}`)

describe('a Backstage catalogue', () => {
  test('gives items, services and teams with what hangs together', () => {
    const { records, problems, skipped } = read([
      entity('System', 'Shop', {}, { title: 'Web shop', annotations: { 'gitsm.dev/tier': '1' } }),
      entity(
        'Component',
        'Web-Shop',
        { type: 'website', lifecycle: 'production', system: 'shop', dependsOn: ['resource:default/DB', 'api:orders'] },
        { description: 'Sells things', annotations: { 'gitsm.dev/attributes.version': '26.9', 'other/x': 'y' } },
      ),
      entity('Resource', 'db', { type: 'database', dependencyOf: ['component:worker'] }),
      entity('Component', 'worker', { type: 'service', lifecycle: 'experimental', owner: 'group:default/data' }),
      entity('Group', 'data', { members: ['ada', 'user:default/bob'] }),
      entity('API', 'orders'),
      entity('Domain', 'sales'),
      entity('API', 'returns'),
    ])
    expect(problems).toEqual([])
    expect([...skipped]).toEqual([
      ['api', 2],
      ['domain', 1],
    ])
    expect(records.map(({ type, id, fields, atFirst }) => ({ type, id, ...atFirst, ...fields }))).toEqual([
      {
        type: 'service',
        id: 'shop',
        title: 'Web shop',
        owner: 'platform',
        tier: 1,
        state: 'operational',
        source: { system: 'backstage', id: 'system:default/shop' },
      },
      {
        type: 'ci',
        id: 'web-shop',
        title: 'Web-Shop',
        description: 'Sells things\n',
        class: 'application',
        owner: 'platform',
        services: ['shop'],
        depends_on: [{ ci: 'db' }],
        attributes: { version: '26.9' },
        state: 'operational',
        source_of_truth: 'backstage',
        source: { system: 'backstage', id: 'component:default/web-shop' },
      },
      expect.objectContaining({ id: 'db', class: 'database' }),
      expect.objectContaining({
        id: 'worker',
        class: 'application',
        state: 'test',
        owner: 'data',
        depends_on: [{ ci: 'db' }],
      }),
      expect.objectContaining({ type: 'team', id: 'data', members: [{ login: 'ada' }, { login: 'bob' }] }),
    ])
  })

  test('keeps the id that a record was taken over under, and gives kinds that share a name ids of their own', () => {
    const { records } = read([entity('Component', 'web'), entity('Resource', 'web')], {
      takenOver: { 'ci/component:default/web': 'shop-web' },
    })
    expect(records.map(({ id }) => id)).toEqual(['shop-web', 'web'])
    expect(read([entity('Component', 'web'), entity('Resource', 'web')]).records.map(({ id }) => id)).toEqual([
      'web',
      'web-resource',
    ])
  })

  test('gives what no team here owns to the owner named', () => {
    const foreign = [
      entity('Component', 'web', { owner: 'user:default/ada' }),
      entity('Component', 'app', { owner: 'ghosts' }),
    ]
    expect(read(foreign, { owner: 'platform' }).records.map(({ fields }) => fields['owner'])).toEqual([
      'platform',
      'platform',
    ])
    expect(said(foreign)).toEqual([
      '1 component:default/web belongs to user:default/ada, which is no team here',
      '2 component:default/app belongs to group:default/ghosts, which is no team here',
    ])
  })

  test('names what cannot be read or leads nowhere, by its place', () => {
    expect(
      said([
        { kind: 'Component', metadata: { name: 'a' } },
        { apiVersion: 'backstage.io/v1alpha1', metadata: { name: 'a' } },
        { apiVersion: 'backstage.io/v1alpha1', kind: 'Component', metadata: { name: '../a' } },
        entity('Component', 'web', { dependsOn: ['resource:default/nowhere'], system: 'lost' }),
        entity('Component', 'web'),
      ]),
    ).toEqual([
      '1 This is no entity of a Backstage catalogue',
      '2 This entity has no kind',
      '3 This entity has no usable metadata.name',
      '5 component:default/web is described twice',
      '4 component:default/web refers to system:default/lost, which is not in the catalogue',
      '4 component:default/web refers to resource:default/nowhere, which is not in the catalogue',
    ])
  })

  test('annotations reach named fields only', () => {
    const [record] = read([
      entity(
        'Component',
        'web',
        {},
        { annotations: { 'gitsm.dev/__proto__': 'x', 'gitsm.dev/a.b.c': 'x', 'gitsm.dev/criticality': 'high' } },
      ),
    ]).records
    expect(record?.fields).toMatchObject({ criticality: 'high' })
    expect(Object.keys(record?.fields ?? {})).toEqual(['class', 'title', 'source', 'owner', 'criticality'])
  })
})
