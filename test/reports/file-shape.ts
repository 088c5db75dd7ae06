import { parse } from 'csv-parse/sync'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import ICAL from 'ical.js'
import { isData } from '../../src/core/record.ts'

/** What a JSON value is made of, without what its texts and numbers say. */
export function jsonShape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(jsonShape)
  if (isData(value)) return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, jsonShape(each)]))
  return value === null ? null : typeof value
}

/** The elements of an XML file, nested, as an independent parser sees them; it must be well-formed. */
export function xmlShape(text: string): string {
  const valid = XMLValidator.validate(text)
  if (valid !== true) throw new Error(valid.err.msg)
  const parsed: unknown = new XMLParser({ preserveOrder: true, parseTagValue: false }).parse(text)
  return JSON.stringify(parsed, (name, value: unknown) => (name === '#text' ? '' : value))
}

/** The components of a calendar file and the names of their properties, as an independent parser sees them. */
export function calendarShape(text: string): string {
  const named = (component: InstanceType<typeof ICAL.Component>): unknown => [
    component.name,
    component.getAllProperties().map(({ name }) => name),
    component.getAllSubcomponents().map(named),
  ]
  return JSON.stringify(named(new ICAL.Component(ICAL.parse(text))))
}

/** The rows of a table, as an independent parser sees them: all as long as the first. */
export function tableRows(text: string): readonly (readonly string[])[] {
  return parse(text)
}
