import { formatInstant, type Instant } from '../instant.ts'
import type { Data } from '../record.ts'
import type { Chance } from './chance.ts'

/** Something of the catalogue that people ask for, with the ways in which they do. */
export interface Wish {
  readonly item: string
  /** How often, beside the others. */
  readonly weight: number
  readonly titles: readonly [string, ...string[]]
  /** Teams whose members approve it; none when nobody has to. */
  readonly approvers: readonly string[]
  readonly approvals: number
  /** Why it may be refused. */
  readonly refusal: string
  readonly fulfilment: string
  /** Minutes of office hours from being taken up to delivery. */
  readonly takes: readonly [least: number, most: number]
  /** What the work may wait for. */
  readonly waits?: 'awaiting_requester' | 'awaiting_stock'
  readonly form?: (at: Instant, luck: Chance) => Data
  /** The last day on which it is asked for. */
  readonly until?: string
}

/** The day so many days after an instant. */
function dayAfter(at: Instant, days: number): string {
  return formatInstant(at + days * 86_400).slice(0, 10)
}

/** What people of the shop ask for. */
export const wishes: readonly [Wish, ...Wish[]] = [
  {
    item: 'laptop',
    weight: 3,
    titles: [
      'A laptop for the new colleague in purchasing',
      'A laptop for accounting',
      'A second laptop for the studio',
    ],
    approvers: ['operations', 'payments'],
    approvals: 1,
    refusal: 'The laptop of last year is under warranty; the service desk repairs it.',
    fulfilment: 'Handed over with charger and bag.',
    takes: [1400, 4200],
    waits: 'awaiting_stock',
    form: (at, luck) => ({
      model: luck.pick(['13 inch', '13 inch', '16 inch']),
      keyboard: luck.pick(['German', 'German', 'US']),
      needed_by: dayAfter(at, luck.between(14, 40)),
    }),
  },
  {
    item: 'shop-administration-access',
    weight: 4,
    titles: ['Access to prices for a new buyer', 'Access to orders for the desk', 'Access to articles for the studio'],
    approvers: ['payments', 'platform'],
    approvals: 1,
    refusal: 'Refunds and prices may not lie in one hand.',
    fulfilment: 'Roles given; the first login was seen.',
    takes: [40, 600],
    waits: 'awaiting_requester',
    form: (at, luck) => ({
      login: luck.pick(['sommer', 'novak', 'demir', 'lindgren', 'moreau', 'haddad', 'kowalski']),
      roles: luck.pick([['articles'], ['articles', 'prices'], ['orders'], ['orders', 'refunds']]),
      until: dayAfter(at, 365),
    }),
  },
  {
    item: 'order-export',
    weight: 5,
    titles: ['Orders of the last promotion as a table', 'Orders of the month for accounting', 'Orders with returns'],
    approvers: [],
    approvals: 0,
    refusal: 'Names of customers are not part of it; ask data protection first.',
    fulfilment: 'The link is sent; it ends after a week.',
    takes: [30, 400],
    form: (at, luck) => {
      const days = luck.between(5, 31)
      return { from: dayAfter(at, -days), to: dayAfter(at, -1) }
    },
  },
  {
    item: 'new-shop-section',
    weight: 1,
    titles: ['A section for outdoor goods', 'A section for second-hand goods', 'A section for the partner brands'],
    approvers: ['operations', 'payments', 'service-desk'],
    approvals: 2,
    refusal: 'Fewer than fifty articles are better kept in the section they are in.',
    fulfilment: 'The section is laid out, tested under load and switched on.',
    takes: [2400, 6000],
    form: (at, luck) => ({
      name: luck.pick(['Outdoor', 'Second hand', 'Partner brands', 'Garden']),
      articles: luck.between(60, 2400),
      contact: 'purchasing@kontor.example',
      opens_on: dayAfter(at, luck.between(30, 60)),
    }),
  },
  {
    item: 'fax-number',
    weight: 1,
    titles: ['A fax number for the desk of returns'],
    approvers: [],
    approvals: 0,
    refusal: 'Orders by fax end in March.',
    fulfilment: 'The number is set up and tested.',
    takes: [60, 300],
    until: '2026-03-01',
  },
]
