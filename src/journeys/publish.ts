import type { CommittedText, Signatory } from '../adapters/git/commit-files.ts'
import { type CommitFound, commitsAsked } from '../adapters/git/trailer.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { json } from '../render/json.ts'
import { oneLine } from '../render/terminal.ts'
import type { WrittenRecord } from './approval-notice.ts'
import { conclude } from './conclude.ts'
import { followMainline } from './follow-mainline.ts'
import { type Landed, type Lane, landOnMainline } from './land.ts'
import { gitIdentity, personNamed } from './person.ts'
import type { Tip } from './tip.ts'
import { usualRemote } from './usual-remote.ts'
import type { Outcome, World } from './world.ts'

/** Where something is published: straight on the mainline of a remote, or as a pull request; and for whom. */
export interface Publication {
  readonly lane: Lane
  /** The remote that this clone works with where left out. */
  readonly remote?: string
  /** Who acts; the person whom git's settings name where left out. */
  readonly actor?: Actor
}

/** Somebody who acts through a program that does what they ask. */
export interface Actor {
  readonly login: string
  readonly author: Signatory
  /** What tells this request apart from any other: it is carried out once, however often it comes. */
  readonly request: string
  /** The record by which a commit did what they ask; `undefined` where it did something else. */
  readonly doneOn: (files: CommitFound['files']) => string | undefined
}

/** What is to be published, and what is told of it afterwards. */
export interface Published {
  readonly files: readonly CommittedText[]
  /** The first line of the commit message. */
  readonly subject: string
  readonly written: readonly WrittenRecord[]
  /** Of the JSON output. */
  readonly told: Readonly<Record<string, unknown>>
  /** Of the text output. */
  readonly lines: readonly string[]
}

/** Brings what somebody writes to the mainline of a remote, and tells what became of it and what happens next. */
export async function publish(
  world: World,
  { lane, remote, actor }: Publication,
  write: (tip: Tip, me: string) => Promise<Published>,
): Promise<Outcome> {
  const git = { dir: world.dir, env: world.env }
  const author = actor?.author ?? (await gitIdentity(git))
  const landed = await landOnMainline(world, {
    remote: remote ?? (await usualRemote(git)),
    lane,
    author,
    ...(actor && { topic: `gitsm/${actor.request}` }),
    make: async (tip, round) => {
      const before = actor && (await doneBefore(tip, actor))
      if (before) return { files: [], message: '', made: before }
      if (round > 1) world.say('Somebody else was faster; it is made again on their commit')
      const made = await write(tip, actor?.login ?? personNamed(author, tip.snapshot.records))
      const message = actor ? `${made.subject}\n\n${trailer}: ${actor.request}` : made.subject
      return { files: made.files, message, made }
    },
  })
  return outcomeOf(world, landed)
}

/** By which a commit says which request it carries out. */
const trailer = 'Gitsm-Request'

/** What is told of a request that the mainline holds already. */
async function doneBefore({ git, commit: tip }: Tip, actor: Actor): Promise<Published | undefined> {
  const asked = { trailer: { key: trailer, value: actor.request }, email: actor.author.email }
  for (const { commit, files } of await commitsAsked(git, tip, asked)) {
    const id = actor.doneOn(files)
    const line = `${id}  done already, in ${commit.slice(0, 7)}`
    if (id !== undefined) return { files: [], subject: '', written: [], told: { id, commit }, lines: [line] }
  }
  return undefined
}

async function outcomeOf(world: World, landed: Landed<Published>): Promise<Outcome> {
  const { made, tip } = landed
  switch (landed.kind) {
    case 'nothing':
      return { code: exit.pass, out: shown(world, made, [], {}) }
    case 'refused': {
      world.say('Nothing was written; fields are given with --set path=value')
      const errors = landed.found.diagnostics.filter(({ severity }) => severity === 'error')
      return conclude(world, { diagnostics: errors, files: landed.found.files, records: made.written.length })
    }
    case 'unapproved':
      throw new Fault(`This may not go straight to the mainline: ${landed.because.join('; ')}`, {
        cure: 'Open a pull request for it: the same command with --pr instead of --push',
        code: exit.findings,
      })
    case 'landed': {
      const { commit, remote, branch } = landed
      await followMainline(world, tip.git, { branch, commit, remote })
      const line = `${commit.slice(0, 7)} on ${branch} of ${remote}`
      return { code: exit.pass, out: shown(world, made, [line], { commit, remote, branch }) }
    }
    default: {
      const { commit, remote, branch, pull, because, next } = landed
      for (const reason of because) world.say(oneLine(reason))
      for (const line of next) world.say(oneLine(line))
      const line = pull
        ? `pull request #${pull.number}: ${pull.url}`
        : `${commit.slice(0, 7)} on ${branch} of ${remote}`
      return {
        code: exit.pass,
        out: shown(world, made, [line], { commit, remote, branch, pullRequest: pull ?? null, next }),
      }
    }
  }
}

function shown(
  { format }: World,
  { told, lines }: Published,
  more: readonly string[],
  where: Readonly<Record<string, unknown>>,
): string {
  return format === 'json' ? json({ ...told, ...where }) : `${[...lines, ...more].join('\n')}\n`
}
