/** A fact that may not be readable with the rights at hand: what could not be read is unknown, never taken for good. */
export type Known<Value> =
  | { readonly known: true; readonly value: Value }
  | { readonly known: false; readonly why: string }

/** A fact that was read. */
export function known<Value>(value: Value): Known<Value> {
  return { known: true, value }
}

/** A fact that could not be read, and why. */
export function unknown(why: string): Known<never> {
  return { known: false, why }
}
