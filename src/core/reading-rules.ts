/** The name of something that must hold, and what it is in one sentence. */
export interface RuleSummary {
  readonly id: string
  readonly summary: string
}

/** What must hold before any rule can look at a record: it can be found, read, and has the shape of its type. */
export const readingRules: readonly RuleSummary[] = [
  { id: 'path-unsafe', summary: 'Paths are made of plain characters and stay in the repository' },
  { id: 'file-mode', summary: 'Records are ordinary files, no symbolic links or submodules' },
  { id: 'record-path', summary: 'Records are records/<type>/…/<id>.yaml' },
  { id: 'type-known', summary: 'The folder of a record is a type of schemas/' },
  { id: 'type-in-use', summary: 'The type is among the practices in use' },
  { id: 'yaml-size', summary: 'A file has at most 64 KiB' },
  { id: 'yaml-encoding', summary: 'A file is UTF-8' },
  { id: 'yaml-byte-order-mark', summary: 'A file begins without a byte order mark' },
  { id: 'yaml-control-character', summary: 'A file holds no control characters' },
  { id: 'text-bidi', summary: 'A file holds no characters that turn the direction of writing' },
  { id: 'yaml-directive', summary: 'YAML has no directives' },
  { id: 'yaml-multiple-documents', summary: 'A file is one YAML document' },
  { id: 'yaml-anchor', summary: 'YAML has no anchors' },
  { id: 'yaml-alias', summary: 'YAML has no aliases' },
  { id: 'yaml-tag', summary: 'YAML has no tags' },
  { id: 'yaml-merge-key', summary: 'YAML has no merge keys' },
  { id: 'yaml-depth', summary: 'Lists and mappings nest at most 32 levels deep' },
  { id: 'yaml-nodes', summary: 'A file holds at most 10,000 values and keys' },
  { id: 'yaml-syntax', summary: 'A file is YAML 1.2' },
  { id: 'yaml-key', summary: 'Keys are texts' },
  { id: 'yaml-duplicate-key', summary: 'No key stands twice in a mapping' },
  { id: 'yaml-reserved-key', summary: 'No key is a name that programs reserve, such as __proto__' },
  { id: 'number-unsafe', summary: 'Numbers can be held without loss' },
  {
    id: 'series-valid',
    summary: 'A measurement has its values in a CSV file beside it: instants that ascend, and numbers',
  },
  { id: 'schema-valid', summary: 'A record has the shape that the schema of its type describes' },
]

/** What a replay of the mainline finds about commits as a whole. */
export const replayRules: readonly RuleSummary[] = [
  {
    id: 'commit-date-ahead',
    summary: 'No commit is dated after the ledger knew it, after commits that came later, or after now',
  },
  { id: 'commit-date-behind', summary: 'No commit is dated before one that it followed' },
  {
    id: 'date-in-doubt',
    summary: 'No clock of a report rests on a commit whose date others contradict (told by reports)',
  },
  {
    id: 'calendar-removed',
    summary: 'No agreement in force names a calendar that was removed (a warning of `sla` and `explain`)',
  },
  { id: 'import-boundary', summary: 'The end of an import is named by the very next commit' },
]

/** What a gate finds about a change as a whole. */
export const mergeRules: readonly RuleSummary[] = [
  { id: 'merge-conflict', summary: 'The change merges without conflict' },
  { id: 'rules-readable', summary: 'Schemas, lifecycles and configuration that a change edits can be read' },
  { id: 'bootstrap', summary: 'The base holds rules that can judge, and a team that governs them' },
  { id: 'approval-possible', summary: 'A rule of the policy says who approves' },
  {
    id: 'tentative-conflict',
    summary: 'Changes do not collide with what other open pull requests propose (a warning, told on GitHub)',
  },
  { id: 'tentative-edit', summary: 'No other open pull request writes the same record (a notice, told on GitHub)' },
  { id: 'approval-given', summary: 'Whoever the policies name has approved (a notice: the verdict is pending)' },
]

/** What must hold of the ledger, and of the mainline against it. */
export const ledgerRules: readonly RuleSummary[] = [
  { id: 'ledger-diverged', summary: "The clone's own ledger tells the same story as the one that is believed" },
  { id: 'ledger-append-only', summary: 'The ledger is one line of commits, each of which only adds files' },
  { id: 'ledger-layout', summary: 'Entries are numbered without gaps, and nothing else lies among them' },
  { id: 'ledger-entry-readable', summary: 'Each entry is written exactly as GitSM writes entries' },
  { id: 'ledger-chain', summary: 'Each entry names the bytes and the tip of the one before it' },
  { id: 'ledger-time', summary: 'No entry is dated before the one before it' },
  { id: 'decision-readable', summary: 'The evidence of each decision is complete' },
  { id: 'decision-holds', summary: 'No decision says what the mainline contradicts (of `verify`)' },
  {
    id: 'judgement-chain',
    summary: 'Each judgement of the mainline in the ledger goes on from the one before, and adds up',
  },
  {
    id: 'judgement-holds',
    summary: 'What verify kept of what it found is what is to be found, as far as that cannot have changed since',
  },
  {
    id: 'judgement-kept',
    summary: 'Once verify has kept what it found, it goes on to: the mainline is judged within a day of being seen',
  },
  { id: 'history-rewritten', summary: 'The mainline goes on from every tip that the ledger saw' },
]
