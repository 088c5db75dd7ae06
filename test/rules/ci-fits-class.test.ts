import { ciClassesOf } from '../../src/core/ci-class.ts'
import type { Rulebook } from '../../src/core/facts.ts'
import { ciFitsClass } from '../../src/rules/ci-fits-class.ts'
import { cases } from '../support/cases.ts'

const db = 'records/ci/db.yaml'

/** The shipped rulebook with these classes, or none. */
function classes(data?: unknown) {
  return ({ config: { ciClasses: _, ...config }, ...rulebook }: Rulebook): Rulebook => {
    const ciClasses = ciClassesOf(data)
    return { ...rulebook, config: { ...config, ...(ciClasses && { ciClasses }) } }
  }
}

cases(ciFitsClass, {
  'an item with all that its class asks for is right': {
    now: { [db]: 'id: db\nclass: database\nstate: operational\nattributes: { engine: postgresql, version: "16" }\n' },
  },
  'a class that nobody described is named': {
    now: { [db]: 'id: db\nclass: databse # <- There is no class databse\nstate: operational\n' },
  },
  'without classes the words are free': {
    rulebook: classes(),
    now: { [db]: 'id: db\nclass: databse\nstate: operational\n' },
  },
  'each missing field is named': {
    now: {
      [db]: 'id: db\nclass: database # <- db is a database, which requires attributes.version\nstate: operational\nattributes: { engine: postgresql }\n',
      'records/ci/cert.yaml':
        'id: cert\nclass: certificate # <- cert is a certificate, which requires asset.valid_until\nstate: operational\nattributes: { common_name: shop.example }\n',
    },
  },
  'what is planned, built, retired or disposed of may lack them': {
    now: Object.fromEntries(
      ['planned', 'build', 'retired', 'disposed'].map((state) => [
        `records/ci/${state}.yaml`,
        `id: ${state}\nclass: database\nstate: ${state}\n`,
      ]),
    ),
  },
  'attributes have the type that the class says': {
    now: {
      'records/ci/vm.yaml':
        'id: vm\nclass: virtual_machine\nstate: operational\nattributes:\n  cores: eight # <- cores of a virtual_machine must be a whole number\n  memory_gib: 0.5 # <- memory_gib of a virtual_machine must be a whole number\n  image: 12 # <- image of a virtual_machine must be a text\n',
    },
  },
  'attributes stay within values and bounds': {
    now: {
      [db]: 'id: db\nclass: database\nstate: operational\nattributes:\n  engine: oracel # <- engine of a database must be one of mariadb, opensearch, postgresql\n  version: "1"\n',
      'records/ci/vm.yaml':
        'id: vm\nclass: virtual_machine\nstate: operational\nattributes:\n  memory_gib: 0 # <- memory_gib of a virtual_machine must be at least 1\n',
    },
  },
  'attributes that the class does not list are free': {
    now: {
      [db]: 'id: db\nclass: database\nstate: operational\nattributes: { engine: postgresql, version: "16", colour: blue }\n',
    },
  },
  'a class takes over what its parents ask for': {
    rulebook: classes({
      thing: { requires: ['owner'], attributes: { weight: { type: 'number', maximum: 100 } } },
      server: { parent: 'thing', requires: ['attributes.weight'] },
    }),
    now: {
      'records/ci/a.yaml':
        'id: a\nclass: server # <- a is a server, which requires owner\nstate: operational\nattributes:\n  weight: 200 # <- weight of a server must be at most 100\n',
      'records/ci/b.yaml':
        'id: b\nclass: server # <- b is a server, which requires attributes.weight\nowner: platform\nstate: test\n',
    },
  },
  'no class is its own ancestor': {
    rulebook: classes({ a: { parent: 'a' }, b: { parent: 'a' } }),
    now: { 'records/ci/x.yaml': 'id: x\nclass: b\nstate: operational\n' },
    removed: { 'gitsm.yaml': 'a is its own ancestor' },
  },
  'parents exist': {
    rulebook: classes({ a: { parent: 'nowhere' } }),
    now: { 'records/ci/x.yaml': 'id: x\nclass: a\nstate: operational\n' },
    removed: { 'gitsm.yaml': 'There is no class nowhere' },
  },
})
