import { fragment } from '../core/fragment.ts'
import { personKeys } from '../core/person-key.ts'
import { textAt } from '../core/record.ts'
import { emergenciesByRequester, emergenciesUpTo, isEmergency, usualEmergencies } from '../core/repeated-emergencies.ts'
import type { Rule } from '../core/rule.ts'

/**
 * Who asks for one emergency after the other may be going round the board.
 *
 * By itself it stops nobody: at night an emergency is one, whoever had another. Who approves it, and the auditor, shall
 * know. `refuse_from` of gitsm.yaml says from how many on it does.
 */
export const emergencyIsRare: Rule = {
  id: 'emergency-is-rare',
  severity: 'warning',
  summary: 'Nobody asks for emergency changes again and again (`emergencies` of gitsm.yaml says how often that is)',
  *check({ changes, records, rulebook }) {
    const begun = changes.flatMap((change) => {
      if (change.kind === 'removed' || !isEmergency(change.after)) return []
      return change.kind === 'added' || !isEmergency(change.before) ? [change.after] : []
    })
    if (begun.length === 0) return
    const rate = rulebook.config.emergencies ?? usualEmergencies
    const lists = [...emergenciesByRequester(records.ofType('change'), personKeys(records)).values()]
    for (const { id, file, data } of begun) {
      for (const list of lists) {
        const own = list.find(({ change }) => change.id === id)
        const recent = own ? emergenciesUpTo(list, own, rate) : []
        if (recent.length < rate.atLeast) continue
        const others = recent.slice(0, -1)
        const isRefused = rate.refuseFrom !== undefined && recent.length >= rate.refuseFrom
        yield {
          ...(isRefused && { severity: 'error' }),
          message: `${fragment(textAt(data, 'requester') ?? '')} asks for emergency ${recent.length} within ${rate.over / 86_400} days`,
          place: { file, route: ['requester'] },
          hint: isRefused
            ? `Open it as a normal change: \`refuse_from\` of gitsm.yaml lets nobody have ${rate.refuseFrom}`
            : 'Let whoever approves it ask why it could not wait for the board',
          related: others.map(({ change }) => ({
            place: { file: change.file, route: ['requester'] },
            message: `${change.id} was one, too`,
          })),
        }
      }
    }
  },
}
