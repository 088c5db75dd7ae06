/** What names the commit that a page rests on, and the entry of the ledger that saw it. */
const basis =
  /\bfrom commit `[0-9a-f]{10}`|\b[0-9a-f]{40}(?:[0-9a-f]{24})?\b|\bentry \d+|\b(?:none|\d+) of the entries up to it\b/g

/**
 * Whether two editions of a page say the same but for the commit that they were made from, and for the ends of their
 * lines, which git may change. A page that stands is left alone then: what it says of its period is still so, and its
 * own commit still gives it.
 */
export function saysTheSame(standing: string, made: string): boolean {
  return standing === made || said(standing) === said(made)
}

function said(page: string): string {
  return page.replace(basis, '').replaceAll('\r\n', '\n')
}
