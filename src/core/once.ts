/** A function that works something out once for each object it is asked about, and forgets it with the object. */
export function once<Asked extends object, Found>(find: (asked: Asked) => Found): (asked: Asked) => Found {
  const known = new WeakMap<Asked, { readonly found: Found }>()
  return (asked) => {
    const before = known.get(asked)
    if (before) return before.found
    const found = find(asked)
    known.set(asked, { found })
    return found
  }
}

/** As `once`, for a function of two objects. */
export function onceForBoth<One extends object, Other extends object, Found>(
  find: (one: One, other: Other) => Found,
): (one: One, other: Other) => Found {
  const withOne = once((one: One) => once((other: Other) => find(one, other)))
  return (one, other) => withOne(one)(other)
}
