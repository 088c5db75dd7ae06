import type { Finding } from '../core/doctor/examination.ts'
import { codeText, inlineText } from '../core/markdown.ts'
import { json } from './json.ts'
import { tableMarkdown } from './markdown-table.ts'
import { columns, oneLine, type Paint, paint } from './terminal.ts'

/** What `gitsm doctor` found. */
export interface Diagnosis {
  readonly findings: readonly Finding[]
  /** Whether what is unknown fails, too. */
  readonly strict: boolean
}

const areas: readonly (readonly [area: string, title: string])[] = [
  ['clone', 'This clone'],
  ['configuration', 'Configuration'],
  ['workflows', 'Workflows'],
  ['github', 'Settings on GitHub'],
]

/** A diagnosis for people: place by place, each weakness with its cure below it. */
export function diagnosisText(diagnosis: Diagnosis, colour: boolean): string {
  const tint = paint(colour)
  const parts = areas.flatMap(([area, title]) => {
    const found = diagnosis.findings.filter((each) => each.area === area)
    return found.length === 0 ? [] : [tint.bold(title), ...areaText(found, tint), '']
  })
  return `${parts.join('\n')}\n${sum(diagnosis)}\n`
}

/** Where nothing could be looked at for one reason, the reason is enough. */
function areaText(found: readonly Finding[], tint: Paint): readonly string[] {
  const reasons = new Set(found.map(({ standing, because }) => (standing === 'unknown' ? because : '')))
  const [reason = ''] = reasons
  if (reasons.size === 1 && reason !== '' && found.length > 1) {
    return [`  ${tint.yellow('?')} ${found.length} things were not looked at: ${oneLine(reason)}`]
  }
  return found.map((each) => findingText(each, tint))
}

function findingText({ id, standing, severity, summary, because, cure }: Finding, tint: Paint): string {
  const sign = { fine: tint.green('✓'), weak: tint.red('✗'), unknown: tint.yellow('?') }[standing]
  const head = `  ${sign} ${summary}`
  if (standing === 'fine') return `${head}${tint.dim(`: ${oneLine(because)}`)}`
  const lines = [
    ['    found', oneLine(because)],
    ...(standing === 'weak' ? [['    cure', cure]] : []),
    ['    rule', tint.dim(`${id}, ${severity}`)],
  ]
  return `${head}\n${columns(lines)}`
}

/** A diagnosis as a page. */
export function diagnosisMarkdown(diagnosis: Diagnosis): string {
  const { findings } = diagnosis
  const parts = areas.flatMap(([area, title]) => {
    const found = findings.filter((each) => each.area === area)
    return found.length === 0 ? [] : [`## ${title}`, table(found)]
  })
  const weakest = findings.filter(({ standing }) => standing === 'weak')
  const cures = weakest.map(({ id, severity, cure }) => `- ${codeText(id)} (${severity}): ${inlineText(cure)}.`)
  return `${[
    '# Diagnosis',
    `**${inlineText(sum(diagnosis))}**`,
    ...(cures.length === 0 ? [] : ['## What to do', cures.join('\n')]),
    ...parts,
  ].join('\n\n')}\n`
}

function table(found: readonly Finding[]): string {
  const words = { fine: 'fine', weak: 'weak', unknown: 'unknown' }
  return tableMarkdown(
    ['', 'what should hold', 'what was found'],
    found.map(({ standing, summary, because }) => [words[standing], summary, because]),
  )
}

/** A diagnosis as JSON. */
export function diagnosisJson({ findings, strict }: Diagnosis): string {
  return json({ verdict: isSound({ findings, strict }) ? 'pass' : 'fail', findings, summary: counts(findings) })
}

function isSound({ findings, strict }: Diagnosis): boolean {
  const { weak, unknown } = counts(findings)
  return weak === 0 && (!strict || unknown === 0)
}

function counts(findings: readonly Finding[]): Readonly<Record<Finding['standing'], number>> {
  const of = (standing: Finding['standing']): number => findings.filter((each) => each.standing === standing).length
  return { fine: of('fine'), weak: of('weak'), unknown: of('unknown') }
}

function sum({ findings }: Diagnosis): string {
  const { fine, weak, unknown } = counts(findings)
  const counted = `${weak} weak, ${unknown} unknown, ${fine} fine`
  const grave = findings.filter(({ standing, severity }) => standing === 'weak' && severity === 'high').length
  return grave === 0
    ? counted
    : `${counted}; ${grave} of the weak ones ${grave === 1 ? 'gives' : 'give'} everything away`
}
