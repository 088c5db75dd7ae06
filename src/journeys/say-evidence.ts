import { doubtedText, type EvidenceAccount } from '../core/evidence-account.ts'
import type { ClockWarning } from '../core/removed-calendar.ts'
import { oneLine } from '../render/terminal.ts'
import type { World } from './world.ts'

/** Tells the reader of clocks what is wrong with what judges them. */
export function sayWarnings({ say }: World, warnings: readonly ClockWarning[]): void {
  for (const { rule, message, hint } of warnings) {
    say(`warning: ${oneLine(message)} (${rule})`)
    say(`  cure: ${oneLine(hint)}`)
  }
}

/** Tells the reader of times what speaks against them. */
export function sayEvidence({ say }: World, { findings, doubted, notes }: EvidenceAccount): void {
  for (const { rule, message, hint } of findings) {
    say(`warning: ${message} (${rule})`)
    say(`  cure: ${hint}`)
  }
  const doubts = doubtedText(doubted)
  for (const note of doubts === undefined ? notes : [...notes, doubts]) say(`note: ${note}`)
}
