/** Folders whose files decide how records are judged, or run where people and workflows work. */
const folders: ReadonlySet<string> = new Set([
  'schemas',
  'templates',
  '.github',
  // Actions that workflows of other repositories may name, and what they run.
  'actions',
  'dist',
  '.githooks',
  '.husky',
  // Editors run what these name once somebody opens the folder.
  '.vscode',
  '.idea',
  '.devcontainer',
  // What is installed may be run in place of the engine.
  '.yarn',
  'node_modules',
])

/** Files at the root that do. */
const files: ReadonlySet<string> = new Set([
  'gitsm.yaml',
  'action.yml',
  'action.yaml',
  '.gitmodules',
  '.lfsconfig',
  // Says under whose name commits are shown.
  '.mailmap',
  '.devcontainer.json',
  '.envrc',
  '.pre-commit-config.yaml',
  'lefthook.yml',
  'package.json',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  '.pnpmfile.cjs',
  '.npmrc',
  '.yarnrc',
  '.yarnrc.yml',
])

/** Files that count in whatever folder they lie: which differences are shown, how files are read, and who reviews. */
const anywhere: ReadonlySet<string> = new Set(['.gitattributes', 'codeowners'])

/**
 * Whether a file outside the records judges others, runs on machines of people or workflows, or says what reviewers
 * see, so that governance guards it. Capitals make no difference, as some file systems do not tell `.GitHooks` from
 * `.githooks`; and a link in place of a folder brings everything behind it.
 */
export function isJudgingFile(path: string): boolean {
  const parts = path.toLowerCase().split('/')
  const [first = ''] = parts
  return folders.has(first) || (parts.length === 1 && files.has(first)) || anywhere.has(parts.at(-1) ?? '')
}
