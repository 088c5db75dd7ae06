import type { Audit } from '../core/audit/audit.ts'
import { formatInstant, humanInstant } from '../core/instant.ts'
import { believedText } from '../core/ledger/believed.ts'
import { codeText, inlineText } from '../core/markdown.ts'
import { unvouchedText } from './audit.ts'
import { decisionTable, sampledSection } from './audit-record-markdown.ts'
import { provenanceText } from './evidence.ts'
import { tableMarkdown } from './markdown-table.ts'
import { count } from './verify.ts'

/**
 * An audit as a page: what was there, how the sample was drawn, what was found, each record of it, and how to repeat
 * it.
 */
export function auditMarkdown(audit: Audit): string {
  const { asked, organisation, sample } = audit
  const parts = [
    `# Evidence of ${inlineText(asked.from)} to ${inlineText(asked.to)}${organisation === '' ? '' : `: ${inlineText(organisation)}`}`,
    `${headline(audit)} ${basisText(audit)}`,
    basisTable(audit),
    '## What there was',
    populationTable(audit),
    sampleText(audit),
    '## What was found',
    findingsPart(audit),
    '## Decisions of the period',
    decisionTable(audit.decisions),
    '## The sample',
    ...(sample.length === 0 ? ['The period wrote no record of these kinds.'] : sample.map(sampledSection)),
    '## How to repeat it',
    repeatText(audit),
  ]
  return `${parts.join('\n\n')}\n`
}

/** What nobody can know comes before that nothing was found. */
function headline(audit: Audit): string {
  const total = audit.findings.length + audit.ledgerFindings.length
  const found = `**${total === 0 ? 'Nothing was found' : count(total, 'finding')}** in this period.`
  const unknown = unvouchedText(audit).map((sentence) => `**${sentence}.**`)
  if (unknown.length === 0) return found
  return [...unknown, total === 0 ? 'Nothing else was found in this period.' : found].join(' ')
}

function basisText({ ledger }: Audit): string {
  return ledger
    ? `${inlineText(believedText(ledger))}.`
    : 'There is no ledger here, so nobody can vouch for times and approvals.'
}

function basisTable({ from, until, commit, asOf, last, engine, ledger, anchor, commits }: Audit): string {
  const { attested, signed, observed, claimed } = commits
  return tableMarkdown(
    ['what it rests on', ''],
    [
      ['period, without its end', `${formatInstant(from)} to ${formatInstant(until)}`],
      ['end of the mainline', commit],
      ['last commit before the period ended', last ?? ''],
      ['as of', formatInstant(asOf)],
      ['ledger', ledger ? `${ledger.ref} at ${ledger.commit}` : 'none'],
      ['last entry of the ledger', anchor ? `${anchor.sequence}, ${anchor.digest}` : 'none'],
      [
        'commits of the period, by how their time is known',
        `${attested} attested, ${signed} signed, ${observed} observed, ${claimed} claimed`,
      ],
      ['version of GitSM', engine],
    ],
  )
}

function populationTable({ populations }: Audit): string {
  const rows = populations.map(({ kind, members, born, sampled }) => [
    kind.name,
    kind.what,
    String(members.length),
    String(born),
    String(sampled.length),
  ])
  return tableMarkdown(
    ['population', 'records that the mainline wrote in the period', 'n', 'new', 'sampled'],
    rows,
    [2, 3, 4],
  )
}

function sampleText({ seed, asked }: Audit): string {
  const named = 'The seed is what the auditor named (--seed), and the period.'
  const unnamed =
    'The seed is the last commit before the period ended, and the period. That makes the sample repeatable; whoever made that commit could try many until one suited. An auditor names one of their own: --seed.'
  return [
    `Of each population the ${asked.sample} records are looked at whose digest comes first: SHA-256 of the seed, a space and`,
    `the name of the record. ${asked.seed === undefined ? unnamed : named}`,
    '',
    `Seed: ${codeText(seed)}`,
  ].join('\n')
}

function findingsPart(audit: Audit): string {
  const { findings, ledgerFindings, awaited } = audit
  const rows = findings.map(({ commit, rule, id, message, hint }) => [
    commit.commit.slice(0, 10),
    `${humanInstant(commit.at)} UTC (${provenanceText(commit)})`,
    rule,
    id,
    hint === undefined ? message : `${message}. ${hint}`,
  ])
  const parts = [
    ...(rows.length === 0 ? [] : [tableMarkdown(['commit', 'when', 'rule', 'record', 'what'], rows)]),
    ...(ledgerFindings.length === 0
      ? []
      : [
          tableMarkdown(
            ['ledger', 'what'],
            ledgerFindings.map(({ rule, message }) => [rule, message]),
          ),
        ]),
    ...awaited.map(
      ({ id, commit, until }) =>
        `${inlineText(id)} was let in by ${codeText(commit.slice(0, 10))} before its approval, which may follow until ${humanInstant(until)} UTC.`,
    ),
  ]
  const clean = 'No commit of the period did what the rules of its time forbade.'
  const unknown = unvouchedText(audit).map((sentence) => `${sentence}.`)
  return [...(parts.length === 0 ? [clean] : parts), ...unknown].join('\n\n')
}

function repeatText({ commit, ledger, asOf, asked, seed }: Audit): string {
  const commands = [
    '# in a clone with its whole history: git clone, or git fetch --unshallow',
    `git switch --detach ${commit}`,
    ...(ledger ? [`git rev-parse ${shellWord(ledger.ref)}   # ${ledger.commit}, or one that only adds to it`] : []),
    'gitsm ledger verify',
    `gitsm verify --as-of ${formatInstant(asOf)}`,
    `gitsm audit --from ${shellWord(asked.from)} --to ${shellWord(asked.to)} --sample ${asked.sample}${asked.seed === undefined ? '' : ` --seed ${shellWord(asked.seed)}`} --as-of ${formatInstant(asOf)} --out again`,
    '(cd again && sha256sum --check SHA256SUMS)',
    '# the place of a record in the order of the sample',
    `printf '%s' ${shellWord(`${seed} change/CHG-…`)} | sha256sum`,
    '# one record by hand: what each commit did to it, and the evidence of a decision',
    'git log --first-parent --patch -- <file of the record>',
    ...(ledger ? [`git show ${shellWord(`${ledger.ref}:<file of the decision>`)}`] : []),
  ]
  return `\`\`\`sh\n${commands.join('\n')}\n\`\`\``
}

/** A word for a shell, in quotes unless it is a plain one. */
function shellWord(word: string): string {
  return /^[\w./:+-]+$/.test(word) ? word : `'${word.replaceAll(/[\p{Cc}`]/gu, '').replaceAll("'", "'\\''")}'`
}
