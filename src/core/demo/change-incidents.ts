import { instantOf, type Told } from './told.ts'

/** Incidents that a change caused, told to the minute. */
export function changeIncidents(): readonly Told[] {
  return [
    {
      type: 'incident',
      id: 'INC-20260303-A9SC',
      steps: [
        [
          '2026-03-03 06:21',
          'ada',
          {
            state: 'new',
            title: 'New web servers answer without prices',
            service: 'webshop',
            cis: ['web-1', 'web-2', 'web-3', 'lb-1'],
            impact: 'high',
            urgency: 'high',
            priority: 'P1',
            reporter: 'monitoring',
            team: 'operations',
            opened_at: instantOf('2026-03-03 06:20'),
            description: 'Servers that were started by themselves show every article at 0,00 EUR.\n',
            category: 'configuration',
            origin: 'monitoring',
            caused_by: 'CHG-20260217-A0SC',
          },
          'New web servers answer without prices',
        ],
        [
          '2026-03-03 06:26',
          'ada',
          { state: 'in_progress', assignee: 'ada', acknowledged_at: instantOf('2026-03-03 06:26') },
          'Ada Brandt takes it',
        ],
        [
          '2026-03-03 07:05',
          'ada',
          {
            state: 'resolved',
            restored_at: instantOf('2026-03-03 07:00'),
            resolved_at: instantOf('2026-03-03 07:05'),
            resolution_code: 'rolled_back',
            resolution: 'The change was taken back; three servers as before.\n',
            change: 'CHG-20260217-A0SC',
          },
          'the change was taken back',
        ],
        ['2026-03-05 15:00', 'carla', { state: 'closed' }, 'no objection came'],
      ],
    },
    {
      type: 'incident',
      id: 'INC-20260510-W7HS',
      steps: [
        [
          '2026-05-10 06:40',
          'jonas',
          {
            state: 'new',
            title: 'The warehouse sees orders of Saturday twice',
            service: 'warehouse',
            cis: ['warehouse-app', 'order-queue'],
            impact: 'medium',
            urgency: 'high',
            priority: 'P2',
            reporter: 'Hall 1, early shift',
            team: 'service-desk',
            opened_at: instantOf('2026-05-10 06:35'),
            description: 'About forty orders of Saturday stand twice on the lists.\n',
            category: 'data',
            origin: 'phone',
            caused_by: 'CHG-20260421-W9HA',
          },
          'The warehouse sees orders of Saturday twice',
        ],
        [
          '2026-05-10 07:00',
          'fatima',
          {
            state: 'in_progress',
            team: 'platform',
            assignee: 'fatima',
            acknowledged_at: instantOf('2026-05-10 07:00'),
          },
          'Fatima Rahal takes it',
        ],
        [
          '2026-05-10 08:30',
          'fatima',
          {
            state: 'resolved',
            restored_at: instantOf('2026-05-10 08:25'),
            resolved_at: instantOf('2026-05-10 08:30'),
            resolution_code: 'fixed',
            resolution: 'Took the second copies off the lists; nothing was sent twice.\n',
          },
          'the second copies are off the lists',
        ],
        ['2026-05-13 10:00', 'jonas', { state: 'closed', satisfaction: 4 }, 'the reporter has confirmed it'],
      ],
    },
  ]
}
