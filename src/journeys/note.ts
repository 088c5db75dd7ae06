import { stepSubject } from './commit-subject.ts'
import { type Publication, publish } from './publish.ts'
import { noteOn } from './take-step.ts'
import type { Outcome, World } from './world.ts'

/** Which record a note is for, and where it goes. */
interface NoteOptions {
  readonly name: string
  readonly note: string
  readonly publication: Publication
}

/** Appends a note to the log of a record on the mainline. */
export async function noteRecord(world: World, { name, note, publication }: NoteOptions): Promise<Outcome> {
  return publish(world, publication, async (tip, by) => {
    const step = noteOn(tip, { name, note }, { by, now: world.now })
    const { file, text, before } = step
    return {
      files: [{ path: file, text }],
      subject: stepSubject([step]),
      written: [step],
      told: { id: before.id, file },
      lines: [`${before.id}  noted`, file],
    }
  })
}
