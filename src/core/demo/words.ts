import type { Chance } from './chance.ts'
import type { HoldReason } from './symptom.ts'

type Words = readonly [string, ...string[]]

const words: Readonly<Record<string, Words>> = {
  country: [
    'Austria',
    'Belgium',
    'Canada',
    'Denmark',
    'France',
    'Italy',
    'the Netherlands',
    'Poland',
    'Spain',
    'Sweden',
  ],
  browser: ['Safari', 'Firefox', 'Chrome on Android', 'Edge', 'an old iPad'],
  wallet: ['the first wallet', 'the second wallet', 'invoice', 'direct debit', 'prepaid cards'],
  carrier: ['the parcel service', 'the night express', 'the freight carrier', 'the bicycle couriers'],
  gate: ['gate 1', 'gate 2', 'gate 3', 'gate 4', 'the returns desk'],
  goods: [
    'garden chairs',
    'running shoes',
    'coffee machines',
    'winter jackets',
    'desk lamps',
    'toy trains',
    'bicycles',
  ],
  filter: ['size', 'colour', 'price', 'brand', 'delivery time'],
  mailbox: ['a large mail provider', 'a provider in France', 'company addresses', 'a provider in North America'],
  report: ['the report of returns', 'the report of turnover', 'the report of stock', 'the report of discounts'],
  host: ['the shop', 'the account pages', 'the French shop', 'the picture server', 'the shop for partners'],
  disk: ['1', '2', '4', '5', '7', '8', '11', '12'],
}

/**
 * A text with its `{words}` filled by chance. It begins with a capital letter, unless it begins with the id of a CI.
 */
export function filled(text: string, chance: Chance, own: Readonly<Record<string, string>> = {}): string {
  const said = text.replace(/\{(\w+)\}/g, (_, word: string) => {
    const choices = words[word]
    return own[word] ?? (choices ? chance.pick(choices) : word)
  })
  return text.startsWith('{ci}') ? said : said.charAt(0).toUpperCase() + said.slice(1)
}

/** What stood in for `{release}` on a day: a release every two weeks, named after year and week. */
export function releaseOn(day: string): string {
  const week = Math.floor((Number(day.slice(5, 7)) - 1) * 4.3 + Number(day.slice(8, 10)) / 7)
  return `release ${day.slice(2, 4)}.${String(2 * Math.floor(week / 2) + 1).padStart(2, '0')}`
}

/** Customers and staff who report things, besides the members of the teams. */
export const reporters: Words = [
  'A. Lindgren',
  'B. Kowalski',
  'C. Moreau',
  'D. Okonkwo',
  'E. Rossi',
  'F. Jansen',
  'G. Haddad',
  'H. Schuster',
  'I. Petrova',
  'J. Sørensen',
  'K. Nakamura',
  'L. Ferreira',
  'M. Yilmaz',
  'Hall 1, early shift',
  'Hall 2, late shift',
  'Purchasing',
  'Accounting',
]

/** What is noted when the work stops, and when it goes on, by what it waits for. `{ticket}` is a number. */
export const waiting: Readonly<Record<HoldReason, { readonly stop: Words; readonly resume: Words }>> = {
  awaiting_caller: {
    stop: [
      'Asked for a picture and the exact time',
      'Asked which of the two orders is meant',
      'Called back, nobody answered; wrote a mail',
      'Asked to try again with another browser',
    ],
    resume: ['The picture has come', 'The caller has answered', 'Reached the caller at last'],
  },
  awaiting_vendor: {
    stop: ['Ticket {ticket} with the vendor', 'Reported to the vendor as {ticket}; they ask for four hours'],
    resume: ['The vendor has answered', 'The vendor says it is done, trying'],
  },
  awaiting_change: {
    stop: ['Needs a new version; goes out with the next release', 'Waits for the maintenance window on Tuesday'],
    resume: ['The release is out', 'The window is over, the setting is live'],
  },
  awaiting_problem: {
    stop: ['Same picture as before; waits for the cause to be found', 'Known error; waits for the permanent solution'],
    resume: ['The cause is known now', 'A workaround was found with the problem'],
  },
  awaiting_evidence: {
    stop: ['Logging turned up; waits for the next time', 'Cannot be reproduced; watching the counters'],
    resume: ['It has happened again, and the log shows it', 'The counters tell enough now'],
  },
}

/** Why an incident is opened again. */
export const reopenings: Words = [
  'It came back after a few hours, as bad as before.',
  'The reporter says that nothing has changed for them.',
  'It works for some, but not for everyone who reported it.',
  'The restart helped only until the next morning.',
]
