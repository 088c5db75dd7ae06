import type { Symptom } from './symptom.ts'

/** What happens when more customers come than the servers can take: `{event}` is a promotion or Friday evening. */
export const loadSymptoms: readonly [Symptom, ...Symptom[]] = [
  {
    service: 'webshop',
    cis: ['web-1', 'web-2', 'web-3'],
    category: 'capacity',
    team: 'operations',
    deeper: 'platform',
    impact: 'high',
    urgency: 'high',
    origins: ['monitoring'],
    titles: [
      'Checkout times out during {event}',
      'One request in four fails during {event}',
      'The shop answers with errors since {event} began',
    ],
    observed: [
      'All three web servers are at 97 % processor load. A quarter of the requests to /checkout time out.',
      'The queue of the load balancer is full; new visitors get an error page.',
      'Connections to the database are used up; checkouts wait for 30 seconds and fail.',
    ],
    cures: [
      [
        'workaround',
        'Switched the recommendations off and opened the waiting room. The servers are too few at the peak.',
      ],
      ['workaround', 'Sent a third of the visitors to the waiting room until the peak was over.'],
      ['restarted', 'Restarted the application on all web servers, one after the other; load fell by itself later.'],
    ],
    waits: ['awaiting_evidence'],
  },
  {
    service: 'webshop',
    cis: ['web-1', 'web-2', 'web-3'],
    category: 'capacity',
    team: 'operations',
    deeper: 'platform',
    impact: 'high',
    urgency: 'medium',
    origins: ['monitoring', 'monitoring', 'phone'],
    titles: [
      'Pages load slowly during {event}',
      'Checkout takes five seconds during {event}',
      'The basket reacts late during {event}',
    ],
    observed: [
      '99 of 100 checkouts take less than 5.2 s; agreed are 2 s. Web servers at 88 % load.',
      'Customers write that pages take ten seconds. Load rises since the promotion mail went out.',
      'The time to first byte has tripled within half an hour on every web server.',
    ],
    cures: [
      [
        'workaround',
        'Opened the waiting room and reduced the pictures to their small versions until the peak was over.',
      ],
      ['workaround', 'Switched the recommendations off for the evening.'],
      ['restarted', 'Restarted web-2, which had kept its connections from the afternoon.'],
    ],
    waits: ['awaiting_evidence', 'awaiting_problem'],
  },
  {
    service: 'customer-accounts',
    cis: ['session-cache-1', 'session-cache-2'],
    category: 'capacity',
    team: 'operations',
    deeper: 'platform',
    impact: 'high',
    urgency: 'medium',
    origins: ['monitoring', 'phone', 'chat'],
    titles: ['Customers are signed out during {event}', 'Sign-in fails now and then during {event}'],
    observed: [
      'The session caches drop entries because their memory is full.',
      'Every twentieth sign-in ends on the start page, signed out.',
    ],
    cures: [
      ['workaround', 'Shortened the life of sessions without a basket; memory fell to 70 %.'],
      ['restarted', 'Restarted the second session cache with more memory.'],
    ],
    waits: ['awaiting_problem'],
  },
  {
    service: 'payment',
    cis: ['payment-gateway'],
    category: 'capacity',
    team: 'payments',
    impact: 'high',
    urgency: 'high',
    origins: ['monitoring'],
    titles: ['Payments pile up during {event}', 'Card payments time out during {event}'],
    observed: [
      '400 payments wait at the gateway, the oldest for six minutes.',
      'The gateway has no free connection to the database in one of three attempts.',
    ],
    cures: [
      ['workaround', 'Raised the number of workers of the gateway and let the queue drain.'],
      ['fixed', 'Gave the gateway connections of its own to the database.'],
    ],
    waits: ['awaiting_vendor'],
  },
  {
    service: 'catalogue-search',
    cis: ['search-1', 'search-2'],
    category: 'capacity',
    team: 'platform',
    impact: 'medium',
    urgency: 'high',
    origins: ['monitoring', 'chat'],
    titles: ['Search answers slowly during {event}', 'Suggestions in the search box fail during {event}'],
    observed: [
      'Half of the searches take longer than two seconds; both nodes collect garbage all the time.',
      'Node 1 refuses searches because its queue is full.',
    ],
    cures: [
      ['workaround', 'Switched the suggestions off for the evening.'],
      ['restarted', 'Restarted the search nodes one after the other.'],
    ],
    waits: ['awaiting_problem'],
  },
]

/** Customers and staff who call while a load incident is going on. */
export const callerSymptom: Symptom = {
  service: 'webshop',
  cis: [],
  category: 'capacity',
  team: 'service-desk',
  impact: 'low',
  urgency: 'high',
  origins: ['phone', 'chat', 'mail', 'portal'],
  titles: [
    'The shop does not load in {browser}',
    'My basket with {goods} is empty again',
    'I cannot pay for {goods}',
    'The discount for {goods} does not appear',
    'Error page when ordering from {country}',
    'The waiting room does not let me in with {browser}',
  ],
  observed: ['The customer called during the peak.', 'The customer wrote twice within ten minutes.'],
  cures: [
    ['user_instructed', 'Told the customer about the disturbance and took the order by telephone.'],
    ['no_fault_found', 'Works again since the peak is over; the customer has ordered.'],
  ],
}
