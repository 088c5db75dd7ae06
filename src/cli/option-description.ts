import type { Option } from 'commander'
import { durationArgument, stretchArgument } from './argument.ts'

/**
 * What `--help` says of an option: its words, what there is to choose from, and the default where it says something,
 * written as it would be typed. Switches that are off and lists that begin empty say nothing.
 */
export function optionDescription(option: Option): string {
  const { description, argChoices, defaultValue, defaultValueDescription, parseArg } = option
  const told = [
    ...(argChoices ? [`choices: ${argChoices.map((choice) => JSON.stringify(choice)).join(', ')}`] : []),
    ...(defaultValueDescription ? [`default: ${defaultValueDescription}`] : defaultText(defaultValue, parseArg)),
  ]
  return told.length === 0 ? description : `${description} (${told.join(', ')})`
}

function defaultText(value: unknown, parse: Option['parseArg']): readonly string[] {
  if (typeof value === 'string') return [`default: ${JSON.stringify(value)}`]
  if (typeof value !== 'number' || value === 0) return []
  if (parse === stretchArgument) return [`default: ${value % 86_400 === 0 ? `${value / 86_400}d` : `${value / 3600}h`}`]
  if (parse === durationArgument) return [`default: PT${value % 3600 === 0 ? `${value / 3600}H` : `${value}S`}`]
  return [`default: ${value}`]
}
