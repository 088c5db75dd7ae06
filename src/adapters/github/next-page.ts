/**
 * What the address of the next page adds to the query, from the header `Link`; `undefined` on the last page. Only the
 * query is taken over: path and server stay those that were asked. An address that cannot be read adds nothing.
 */
export function nextPage(link: string | undefined): Readonly<Record<string, string>> | undefined {
  const [, address] = /<([^<>]*)>\s*;[^<>]*\brel="?next"?/.exec(link ?? '') ?? []
  if (address === undefined) return undefined
  const url = URL.canParse(address, 'https://api.github.com') ? new URL(address, 'https://api.github.com') : undefined
  return Object.fromEntries(url?.searchParams ?? [])
}
