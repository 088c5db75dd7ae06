import type { FaultKind, Reply } from './faults.ts'

/** Cuts a list into pages as GitHub does, or as a fault does. */
export async function paged(reply: Reply, url: URL, kind: FaultKind | undefined, most: number): Promise<Reply> {
  if (!reply.list) return reply
  const size = Math.min(most, Number(url.searchParams.get('per_page') ?? 30) || 30)
  // Some lists are paged by a cursor, which nobody may read anything into.
  const name = url.pathname.endsWith('/activity') ? 'after' : 'page'
  const page = Number(url.searchParams.get(name) ?? 1) || 1
  const { items, wrap, shape = (item) => item } = reply.list
  const start = (page - 1) * size
  let part = items.slice(start, start + size)
  if (kind === 'repeated page') part = items.slice(Math.max(0, start - size), start + size)
  if (kind === 'moved item' && page > 1) part = [...items.slice(start - 1, start), ...part]
  if (kind === 'stale first read') part = part.slice(0, -1)
  const last = kind !== 'looping pages' && start + size >= items.length
  const next = new URL(url)
  next.searchParams.set(name, String(kind === 'looping pages' ? 1 : page + 1))
  const link = last ? {} : { link: `<${next.href}>; rel="next"` }
  return {
    status: reply.status,
    body: wrap(await Promise.all(part.map(shape))),
    headers: { ...reply.headers, ...link },
  }
}
