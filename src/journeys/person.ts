import type { Signatory } from '../adapters/git/commit-files.ts'
import { askGit, type GitDir } from '../adapters/git/run.ts'
import type { RecordIndex } from '../core/facts.ts'
import { Fault } from '../core/fault.ts'
import { isData, listAt, textAt } from '../core/record.ts'

/** The account of GitHub Actions: it acts where nobody asked for anything, and approves nothing. */
export const actionsAccount: Signatory = {
  name: 'github-actions[bot]',
  email: '41898282+github-actions[bot]@users.noreply.github.com',
}

/**
 * Who acts: the login of the team member whom git's `user.name` or `user.email` names, else that name itself. In a run
 * of GitHub Actions where git is told of nobody it is the account that started the run.
 */
export async function personActing(git: GitDir, records: RecordIndex): Promise<string> {
  const configured = await identitySettings(git)
  return personNamed(configured.name === '' ? (whoStartedTheRun(git) ?? configured) : configured, records)
}

/** The login of the team member whom an identity names, else its name. */
export function personNamed({ name, email }: Signatory, records: RecordIndex): string {
  if (name === '') {
    throw new Fault('git does not know who you are', { cure: 'git config --global user.name "Your name"' })
  }
  const local = email.split('@')[0]?.toLowerCase()
  const members = records.ofType('team').flatMap(({ data }) => listAt(data, 'members').filter(isData))
  const member =
    members.find((each) => [textAt(each, 'login'), textAt(each, 'name')].includes(name)) ??
    members.find((each) => textAt(each, 'login')?.toLowerCase() === local)
  return (member && textAt(member, 'login')) ?? name
}

/**
 * The person whom git's settings name, as a commit names them; in GitHub Actions, else, the account that started the
 * run.
 */
export async function gitIdentity(git: GitDir): Promise<Signatory> {
  const identity = (await configuredIdentity(git)) ?? whoStartedTheRun(git)
  if (identity) return identity
  throw new Fault('git does not know who you are', {
    cure: 'git config --global user.name "Your name" && git config --global user.email you@example.com',
  })
}

/** The person whom git's settings name; `undefined` where they leave name or address out. */
export async function configuredIdentity(git: GitDir): Promise<Signatory | undefined> {
  const identity = await identitySettings(git)
  return identity.name !== '' && identity.email !== '' ? identity : undefined
}

/** Who started a run of GitHub Actions: whoever pushed, clicked or wrote; the account of Actions where a clock did. */
function whoStartedTheRun({ env }: GitDir): Signatory | undefined {
  if (env['GITHUB_ACTIONS'] !== 'true') return undefined
  const { GITHUB_ACTOR: login = '', GITHUB_ACTOR_ID: id = '' } = env
  if (env['GITHUB_EVENT_NAME'] === 'schedule' || !accountForm.test(login)) return actionsAccount
  return { name: login, email: `${/^\d+$/.test(id) ? `${id}+` : ''}${login}@users.noreply.github.com` }
}

const accountForm = /^[A-Za-z0-9_-]+(?:\[bot\])?$/

/** What git is told about who works here; empty where it is not. */
async function identitySettings(git: GitDir): Promise<Signatory> {
  const { stdout } = await askGit(git, ['config', '-z', '--get-regexp', '^user\\.(name|email)$'])
  const settings = stdout.toString('utf8').split('\0')
  const last = (key: string) => settings.findLast((each) => each.startsWith(`${key}\n`))?.slice(key.length + 1) ?? ''
  return { name: last('user.name').trim(), email: last('user.email').trim() }
}

/** A setting of git as it holds in a folder; empty where there is none. */
export async function gitSetting(git: GitDir, name: string): Promise<string> {
  return (await askGit(git, ['config', '--get', name])).stdout.toString('utf8').trim()
}
