import { issueOfEvent } from '../adapters/issue-event.ts'
import { setOutputs } from '../adapters/runner-file.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { filledForm, filledFormText } from '../core/issue-form/filled-form.ts'
import { readFormText } from '../render/intake.ts'
import { formsOfTree } from './form-files.ts'
import { openRepository } from './working-tree.ts'
import type { Outcome, World } from './world.ts'

/**
 * Reads the issue that a workflow was started by as the answers to a form, and hands them on as the output `record` for
 * `gitsm intake open`. Needs no rights at all: forms are made from the working tree, nothing is asked or written
 * elsewhere. An issue that no form made is none of ours, and the output is empty.
 */
export async function parseIntake(
  world: World,
  event: string | undefined = world.env['GITHUB_EVENT_PATH'],
): Promise<Outcome> {
  if (event === undefined || event === '') {
    throw new Fault('Nothing says which issue is meant', { cure: 'Give the file of an event: --event event.json' })
  }
  const issue = issueOfEvent(event)
  const { snapshot, registry } = await openRepository(world)
  const { timezone } = snapshot.rulebook.config
  const filled = issue && filledForm(formsOfTree(snapshot, registry), issue, timezone)
  const text = filled ? filledFormText(filled) : ''
  setOutputs(world, { record: text })
  return {
    code: exit.pass,
    out: world.format === 'json' ? `${filled ? text : 'null'}\n` : readFormText(issue?.number, filled),
  }
}
