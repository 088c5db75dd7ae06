import type { ChangeAssessment } from '../core/change-assessment.ts'
import type { Notice } from '../core/communication.ts'
import { isOpen } from '../core/conflict-waiver.ts'
import type { Touched } from '../core/impact.ts'
import { formatInstant, humanInstant } from '../core/instant.ts'
import type { Risk } from '../core/risk.ts'
import type { Verdict } from '../core/verdict.ts'
import { oneLine, type Paint } from './terminal.ts'

/** An assessment as JSON. */
export function assessmentJson({ change, risk, touched, conflicts, windows, communication }: ChangeAssessment): object {
  return {
    id: change.id,
    risk: {
      declared: risk.declared ?? null,
      computed: risk.level,
      score: risk.score ?? null,
      because: risk.verdict.because,
      verdict: risk.verdict,
    },
    impact: touched.map(({ type, id, depth, effect, via }) => ({ type, id, depth, effect, via: via ?? null })),
    conflicts: conflicts.map((each) => ({
      kind: each.kind,
      with: each.with,
      over: each.over,
      from: formatInstant(each.from),
      until: formatInstant(each.until),
      blocks: each.blocks,
      open: isOpen(each),
      because: each.because,
    })),
    windows,
    communication: communicationJson(communication),
  }
}

/** Who is to be told, as JSON. */
export function communicationJson(notices: readonly Notice[]): readonly object[] {
  return notices.map(({ at, moment, to, channel, contact, repeated, because }) => ({
    at: at === undefined ? null : formatInstant(at),
    moment,
    to,
    channel,
    contact: contact ?? null,
    repeated: repeated ?? null,
    because,
  }))
}

/**
 * An assessment for people: risk with its reasons, what it can break, what it collides with, who is to be told. In
 * full, also the conditions and answers that do not raise the risk.
 */
export function assessmentText(assessment: ChangeAssessment, colours: Paint, inFull = false): string {
  const { change, risk, touched, conflicts, communication } = assessment
  const declared = risk.declared === undefined ? 'none declared' : `${risk.declared} declared`
  return [
    `${colours.bold(oneLine(change.id))}  risk ${colours.bold(risk.level)}, ${declared}`,
    ...(inFull
      ? explained(risk, colours)
      : reasons(risk.verdict).map((because) => `  ${colours.dim('because')} ${oneLine(because)}`)),
    impactLine(touched, colours),
    ...(conflicts.length === 0 ? [`  ${colours.dim('conflicts')} none`] : []),
    ...conflicts.map((each) => {
      const mark = isOpen(each) ? colours.red('✗') : each.waiver ? colours.green('waived') : colours.yellow('note')
      return `  ${colours.dim('conflict')} ${mark} ${oneLine(each.because)}`
    }),
    ...communicationLines(communication, colours),
  ].join('\n')
}

/** The conditions and answers that raise the risk. */
export function reasons({ parts }: Verdict): readonly string[] {
  const met = parts.filter((part) => part.met)
  return met.length === 0 ? ['nothing raises it'] : met.map(({ because }) => because)
}

/** Every condition and answer: those that raise the risk are marked. */
function explained({ verdict, answers }: Risk, colours: Paint): readonly string[] {
  const line = ({ met, because }: Verdict) => `  ${met ? colours.yellow('▲') : colours.dim('·')} ${oneLine(because)}`
  return [...verdict.parts.map(line), ...(answers?.parts.map((part) => `  ${line(part)}`) ?? [])]
}

const mostNamed = 6

function impactLine(touched: readonly Touched[], { dim }: Paint): string {
  return `  ${dim('if it fails')} ${impactText(touched)}`
}

/** The services that a failure reaches, and how many items, in a few words. */
export function impactText(touched: readonly Touched[]): string {
  const services = touched.filter(({ type }) => type === 'service')
  const items = touched.length - services.length
  const named = services.slice(0, mostNamed).map(({ id, effect }) => `${id} ${effect}`)
  const more = services.length > mostNamed ? [`${services.length - mostNamed} more`] : []
  const told = services.length === 0 ? 'no service' : [...named, ...more].join(', ')
  return `${told}; ${items} ${items === 1 ? 'item' : 'items'}`
}

/** Who is to be told, a line each. */
export function communicationLines(notices: readonly Notice[], { dim }: Paint): readonly string[] {
  return notices.map((notice) => `  ${dim('tell')} ${noticeText(notice)}`)
}

/** When somebody is told what, and how, in a line. */
export function noticeText({ at, moment, to, channel, contact, repeated, because }: Notice): string {
  const when = at === undefined ? 'once the time is known' : humanInstant(at)
  const how = `${channel}${contact === undefined ? '' : ` ${contact}`}`
  return `${when}  ${moment}${repeated ? ` every ${repeated}` : ''}  ${oneLine(to)} by ${oneLine(how)}: ${oneLine(because)}`
}
