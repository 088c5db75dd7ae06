import type { Signatory } from '../adapters/git/commit-files.ts'
import { askGit, type GitDir } from '../adapters/git/run.ts'
import type { RecordIndex } from '../core/facts.ts'
import { Fault } from '../core/fault.ts'
import { isData, listAt, textAt } from '../core/record.ts'

/**
 * Who acts: the login of the team member whom git's `user.name` or `user.email` names, else that name itself.
 */
export async function personActing(git: GitDir, records: RecordIndex): Promise<string> {
  const name = await gitSetting(git, 'user.name')
  if (name === '') {
    throw new Fault('git does not know who you are', { cure: 'git config --global user.name "Your name"' })
  }
  const local = (await gitSetting(git, 'user.email')).split('@')[0]?.toLowerCase()
  const members = records.ofType('team').flatMap(({ data }) => listAt(data, 'members').filter(isData))
  const member =
    members.find((each) => [textAt(each, 'login'), textAt(each, 'name')].includes(name)) ??
    members.find((each) => textAt(each, 'login')?.toLowerCase() === local)
  return (member && textAt(member, 'login')) ?? name
}

/** The person whom git's settings name, as a commit names them. */
export async function gitSignatory(git: GitDir): Promise<Signatory> {
  const [name, email] = [await gitSetting(git, 'user.name'), await gitSetting(git, 'user.email')]
  if (name !== '' && email !== '') return { name, email }
  throw new Fault('git does not know who you are', {
    cure: 'git config --global user.name "Your name" && git config --global user.email you@example.com',
  })
}

/** A setting of git as it holds in a folder; empty where there is none. */
export async function gitSetting(git: GitDir, name: string): Promise<string> {
  return (await askGit(git, ['config', '--get', name])).stdout.toString('utf8').trim()
}
