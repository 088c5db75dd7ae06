import { parseDuration, type Seconds } from './instant.ts'
import { type Data, isData, listAt, textAt, textsAt } from './record.ts'

/** What a stakeholder can be told about. */
export type Topic = 'change' | 'outage' | 'release' | 'major_incident'

/** Somebody who is told when something happens to a service, or to the work of a team. */
export interface Stakeholder {
  readonly name: string
  readonly channel: string
  readonly contact?: string
  readonly about: readonly string[]
  /** How long before it begins they want to know. */
  readonly ahead: Seconds
  /** How often they hear of a major incident while it lasts. */
  readonly every: Seconds
}

const [aDay, halfAnHour] = [86_400, 1800]

/** The stakeholders that the record of a service or team lists. */
export function stakeholdersOf(data: Data): readonly Stakeholder[] {
  return listAt(data, 'stakeholders').filter(isData).map(stakeholderOf)
}

function stakeholderOf(data: Data): Stakeholder {
  const contact = textAt(data, 'contact')
  return {
    name: textAt(data, 'name') ?? '',
    channel: textAt(data, 'channel') ?? 'mail',
    about: textsAt(data, 'about'),
    ahead: parseDuration(textAt(data, 'ahead') ?? '') ?? aDay,
    every: parseDuration(textAt(data, 'every') ?? '') ?? halfAnHour,
    ...(contact !== undefined && { contact }),
  }
}
