import { Fault } from '../core/fault.ts'
import { type Data, isData } from '../core/record.ts'
import { assignmentOf } from './assignment.ts'

/**
 * Throws where assignments would put words into the mouth of others on the way to the mainline: the log is written by
 * the command, in the name of whoever acts, and where a record was taken over from is said by an import.
 */
export function refuseWordsOfOthers(set: readonly string[], data: Data): void {
  for (const { route } of set.map(assignmentOf)) {
    const [field] = route
    if (field === 'log') {
      throw new Fault('log cannot be set here: each entry is written as it happens, in the name of whoever acts', {
        cure: 'Use gitsm move --note, or /gitsm note in a comment; what is told of others goes by a pull request of the edited file',
      })
    }
    // Other types have a field of that name in which a text says where something comes from.
    if (field === 'source' && isData(data['source'])) {
      throw new Fault('source cannot be set here: it names the tool that an import took the record over from', {
        cure: 'Leave it out; gitsm import writes it',
      })
    }
  }
}
