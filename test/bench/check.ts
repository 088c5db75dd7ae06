import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Benchmark } from './benchmark.ts'
import { run } from './command.ts'
import { gitsm } from './program.ts'
import { proposalRepository } from './service-repository.ts'

const id = 'CHG-20261121-BNCH'

const change = `# yaml-language-server: $schema=../../../../schemas/change/schema.json
id: ${id}
title: Upgrade the search cluster
state: scheduled
change_type: normal
services: [catalogue-search]
cis: [search-1, search-2, search-3]
requester: ada
implementer: fatima
team: platform
opened_at: 2026-11-20T15:00:00Z
reason: The version in use gets no corrections after March
description: Each node goes from version 8 to 9
impact_assessment: While a node is out, two are left
implementation_plan: Node by node
test_plan: The hundred most frequent searches give the same articles
backout_plan: Write the old version, an hour each
risk: high
risk_answers: { tested: same_environment, backout: hours, experience: once, helpers: one_team }
planned_start: 2027-02-09T05:00:00Z
planned_end: 2027-02-09T09:00:00Z
outage: true
outage_minutes: 20
`

/** How long the gate takes for a pull request of everyday size, start-up included. */
export const check: Benchmark = {
  name: 'check',
  what: 'gitsm check of a branch that adds one normal change to the example organisation',
  against: 'an empty Node program',
  runs: 9,
  work: { count: 1, unit: 'checks' },
  goal: { rate: 0.5 }, // 2 s
  async prepare(folder) {
    await proposalRepository(folder, { path: `records/change/2026/11/${id}.yaml`, content: change })
    const empty = join(folder, 'empty.mjs')
    writeFileSync(empty, '')
    const asked = ['--as-of', '2026-11-21T09:00:00Z', 'check', '--base', 'main', '--head', 'topic']
    return {
      measured: () => run(gitsm(folder, asked)),
      floor: () => run({ program: process.execPath, args: [empty], dir: folder }),
    }
  },
}
