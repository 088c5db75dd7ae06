/**
 * The circles that links make, each as the ids along it and told once, in time linear in the links. A link that closes
 * a circle is the last of it: from the last id back to the first.
 */
export function* circles(links: ReadonlyMap<string, readonly string[]>): Generator<readonly string[]> {
  const ended = new Set<string>()
  for (const start of links.keys()) {
    const way: string[] = []
    const places = new Map<string, number>()
    const open: { readonly id: string; next: number }[] = []
    const enter = (id: string): void => {
      places.set(id, way.push(id) - 1)
      open.push({ id, next: 0 })
    }
    if (!ended.has(start)) enter(start)
    for (let at = open.at(-1); at; at = open.at(-1)) {
      const to = links.get(at.id)?.[at.next]
      at.next += 1
      if (to === undefined) {
        ended.add(at.id)
        places.delete(at.id)
        way.pop()
        open.pop()
        continue
      }
      const place = places.get(to)
      if (place !== undefined) yield way.slice(place)
      else if (!ended.has(to)) enter(to)
    }
  }
}
