import type { Data } from '../record.ts'
import { instantOf, type Told, type ToldStep } from './told.ts'

/** An article as its author hands it in. */
interface Article {
  readonly id: string
  readonly written: string
  readonly author: string
  readonly data: Data
  /** What happens to it; without a step it stays a draft. */
  readonly after: readonly ToldStep[]
}

/** The articles of the year, from drafts to those that are out of use. */
export function articles(): readonly Told[] {
  return all.map(({ id, written, author, data, after }) => ({
    type: 'knowledge',
    id,
    steps: [[written, author, { state: 'draft', author, ...data }, String(data['title'])], ...after],
  }))
}

function review(when: string, by: string): ToldStep {
  return [when, by, { state: 'review' }, 'please read']
}

function published(when: string, by: string, reviewBy: string): ToldStep {
  return [when, by, { state: 'published', review_by: reviewBy, published_at: instantOf(when) }, 'read and agreed']
}

const all: readonly Article[] = [
  {
    id: 'KB-20251103-A3DP',
    written: '2025-11-03 11:00',
    author: 'kate',
    data: {
      title: 'A customer wants to change the delivery address',
      kind: 'how_to',
      services: ['customer-accounts'],
      category: 'software',
      keywords: ['address', 'delivery', 'Lieferadresse', 'order'],
      audience: 'staff',
      owner: 'service-desk',
      body: '1. Open the order. *Packed* or later: it cannot be changed; offer to send it back for free.\n2. Otherwise choose *Change address* and read the new one back to the customer.\n3. Ask whether it holds for future orders, and set it in the account.\n',
    },
    after: [review('2025-11-04 09:00', 'kate'), published('2025-11-05 10:00', 'ines', '2027-11-30')],
  },
  {
    id: 'KB-20251104-F2AX',
    written: '2025-11-04 14:00',
    author: 'jonas',
    data: {
      title: 'Orders by fax: what to do when a page is missing',
      kind: 'how_to',
      services: ['fax-orders'],
      cis: ['fax-server'],
      audience: 'staff',
      owner: 'service-desk',
      body: 'Call the sender and ask for the whole order again, or for a mail.\n',
    },
    after: [
      review('2025-11-05 09:00', 'jonas'),
      published('2025-11-06 11:00', 'ines', '2026-06-30'),
      [
        '2026-03-31 10:00',
        'ines',
        { state: 'pending_retirement', retire_reason: 'Orders by fax ended on 31 March 2026.\n' },
        'orders by fax have ended',
      ],
      ['2026-04-14 10:00', 'kate', { state: 'retired' }, 'nobody needs it'],
    ],
  },
  {
    id: 'KB-20251117-D7VQ',
    written: '2025-11-17 09:30',
    author: 'bob',
    data: {
      title: 'Running the shop through Black Week',
      kind: 'reference',
      services: ['webshop'],
      category: 'capacity',
      audience: 'technicians',
      owner: 'operations',
      body: 'The shop carries every load we know of. Nothing is to be done.\n',
    },
    after: [
      review('2025-11-17 15:00', 'bob'),
      published('2025-11-18 10:00', 'ada', '2026-11-01'),
      [
        '2025-12-08 09:00',
        'ada',
        { state: 'pending_retirement', retire_reason: 'Refuted by Black Week; see PRB-20251202-V3RW.\n' },
        'refuted by Black Week',
      ],
      ['2025-12-10 09:00', 'carla', { state: 'retired' }, 'out of use'],
    ],
  },
  {
    id: 'KB-20251205-W8RM',
    written: '2025-12-05 15:00',
    author: 'ada',
    data: {
      title: 'Checkout is slow or times out: open the waiting room',
      kind: 'known_error',
      services: ['webshop', 'payment'],
      cis: ['web-1', 'web-2', 'web-3', 'lb-1'],
      category: 'capacity',
      keywords: ['promotion', 'time-out', 'overload', 'Black Week', 'Überlast'],
      audience: 'technicians',
      owner: 'operations',
      problem: 'PRB-20251202-V3RW',
      symptoms:
        '99 of 100 checkouts take longer than 2 s, or /checkout times out, and all web servers stand above 90 % load.\n',
      body: '1. Open the console of the load balancer and choose *Waiting room*.\n2. Set the share to a third; whoever is on call may decide this.\n3. Switch the recommendations off.\n4. Watch the load for five minutes. Below 75 %: let people in again in steps of a tenth.\n',
    },
    after: [
      review('2025-12-08 08:30', 'ada'),
      published('2025-12-09 10:00', 'carla', '2026-09-30'),
      [
        '2026-08-19 09:30',
        'ada',
        { state: 'review', review_notes: 'The waiting room opens by itself since 12 August; step 1 is wrong.\n' },
        'step 1 is wrong since the waiting room opens by itself',
      ],
      [
        '2026-08-20 14:00',
        'carla',
        {
          state: 'published',
          body: '1. The waiting room opens by itself at 900 sessions. Open it by hand only when it does not.\n2. Switch the recommendations off.\n3. Watch the load for five minutes; above 90 %, ask platform for another server.\n',
          review_by: '2027-03-31',
          published_at: instantOf('2026-08-20 14:00'),
        },
        'read again and agreed',
      ],
    ],
  },
  {
    id: 'KB-20260119-P4YR',
    written: '2026-01-19 13:00',
    author: 'hugo',
    data: {
      title: 'What to tell a customer whose payment was refused',
      kind: 'faq',
      services: ['payment'],
      cis: ['payment-provider'],
      category: 'payment',
      audience: 'public',
      owner: 'payments',
      body: '**Was I charged?** No. A refused payment is never charged; a reservation ends after seven days.\n\n**What can I do?** Try once more, or choose another way to pay.\n',
    },
    after: [
      review('2026-01-20 09:00', 'hugo'),
      [
        '2026-01-20 16:00',
        'ines',
        { state: 'draft', review_notes: 'How long a reservation lasts is missing; callers ask for it first.\n' },
        'the first question of every caller is missing',
      ],
      review('2026-01-21 10:00', 'hugo'),
      published('2026-01-22 09:00', 'grace', '2027-10-15'),
    ],
  },
  {
    id: 'KB-20260312-C7NP',
    written: '2026-03-12 10:30',
    author: 'fatima',
    data: {
      title: 'End the clean-up of accounts when queries wait',
      kind: 'known_error',
      services: ['customer-accounts'],
      cis: ['shop-db-1'],
      category: 'data',
      audience: 'technicians',
      owner: 'platform',
      problem: 'PRB-20260302-D4BX',
      symptoms: 'Queries of the shop database wait for more than a minute between two and five in the morning.\n',
      body: '1. Set the switch `accounts.cleanup` to off; the clean-up ends within a minute.\n2. Set it on again after nine. It goes on the next night where it stopped.\n',
    },
    after: [review('2026-03-12 11:00', 'fatima'), published('2026-03-12 15:00', 'erik', '2027-03-12')],
  },
  {
    id: 'KB-20260323-J9SV',
    written: '2026-03-23 12:00',
    author: 'ada',
    data: {
      title: 'Order confirmations do not arrive',
      kind: 'how_to',
      services: ['order-mail'],
      cis: ['mail-relay-1'],
      category: 'mail',
      keywords: ['mail', 'confirmation', 'bounce', 'queue', 'Bestellbestätigung'],
      audience: 'technicians',
      owner: 'operations',
      body: '1. Look at the queue of confirmations; bounces have one of their own.\n2. More than 500 waiting: restart the relay and order a test article.\n',
    },
    after: [review('2026-03-24 09:00', 'ada'), published('2026-04-08 10:00', 'bob', '2027-04-01')],
  },
  {
    id: 'KB-20260714-R3ST',
    written: '2026-07-14 11:00',
    author: 'dmitri',
    data: {
      title: 'Search is slow: restart one node after the other',
      kind: 'known_error',
      services: ['catalogue-search'],
      cis: ['search-1', 'search-2'],
      category: 'software',
      audience: 'technicians',
      owner: 'platform',
      problem: 'PRB-20260706-H6ST',
      symptoms: 'Half of the searches take longer than two seconds, and memory of a node passes 85 %.\n',
      body: '1. Take one node out of the balancer, restart it, wait for *green*, and put it back.\n2. The same with the other one, never both at once.\n',
    },
    after: [review('2026-07-14 13:00', 'dmitri'), published('2026-07-14 16:00', 'fatima', '2027-01-31')],
  },
  {
    id: 'KB-20261012-G5FT',
    written: '2026-10-12 10:00',
    author: 'grace',
    data: {
      title: 'Gift cards: questions that customers will ask',
      kind: 'faq',
      services: ['gift-cards'],
      audience: 'public',
      owner: 'payments',
      body: '**How long is a card valid?** Three years from the end of the year in which it was bought.\n',
    },
    after: [
      review('2026-10-13 09:00', 'grace'),
      [
        '2026-10-15 11:00',
        'hugo',
        { state: 'scheduled', review_by: '2027-11-30', publish_on: '2026-11-16' },
        'goes public with the gift cards',
      ],
    ],
  },
  {
    id: 'KB-20261027-V6HB',
    written: '2026-10-27 16:00',
    author: 'ines',
    data: {
      title: 'Before Black Week: who tells whom',
      kind: 'reference',
      services: ['webshop'],
      audience: 'staff',
      body: 'Marketing enters the hour of every mail into the calendar of changes. Operations puts two people on the evening shift.\n',
    },
    after: [],
  },
]
