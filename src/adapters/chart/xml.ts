import { plain } from './text.ts'

/** What stands in an attribute of SVG. */
export type Attributes = { readonly [name: string]: string | number | undefined }

/** An element of SVG around others, which are printed as they are. */
export function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? coordinate(value) : escaped(String(value))}"`)
    .join('')
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`
}

/** Text inside an element: whatever it says, it stays text. */
export function textNode(text: string): string {
  return escaped(plain(text))
}

/** A number to a tenth of a pixel, without a sign of its own for 0. */
export function coordinate(value: number): string {
  return String(Number(value.toFixed(1)) || 0)
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
