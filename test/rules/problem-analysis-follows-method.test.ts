import { problemAnalysisFollowsMethod } from '../../src/rules/problem-analysis-follows-method.ts'
import { cases } from '../support/cases.ts'

const file = 'records/problem/PRB-1.yaml'

cases(problemAnalysisFollowsMethod, {
  'five whys have whys': {
    now: { [file]: 'id: PRB-1\nanalysis:\n  method: five_whys\n  whys: [{ why: Why?, because: Load }]\n' },
  },
  'a problem may have no analysis yet': { now: { [file]: 'id: PRB-1\n' } },
  'a method without its steps is reported': {
    now: { [file]: 'id: PRB-1\nanalysis:\n  method: fishbone # <- PRB-1 is analysed by fishbone, but has no causes\n' },
  },
  'the steps of another method are reported': {
    now: {
      [file]:
        'id: PRB-1\nanalysis:\n  method: five_whys\n  whys: [{ why: Why?, because: Load }]\n  events: [] # <- events belong to the method timeline, not to five_whys\n',
    },
  },
  'a root cause that no cause of the fishbone is the root of is reported': {
    now: {
      [file]:
        'id: PRB-1\nroot_cause: Load\nanalysis:\n  method: fishbone\n  causes: # <- A root cause is given, but no cause of the analysis has the verdict root\n    - { bone: technology, cause: Load, verdict: open }\n',
    },
  },
  'with its root it passes': {
    now: {
      [file]:
        'id: PRB-1\nroot_cause: Load\nanalysis:\n  method: fishbone\n  causes:\n    - { bone: technology, cause: Load, verdict: root }\n',
    },
  },
  'events that run backwards are reported': {
    now: {
      [file]: `id: PRB-1
analysis:
  method: timeline
  events:
    - { at: 2026-11-20T10:00:00Z, what: Second }
    - { at: 2026-11-20T09:00:00Z, what: First } # <- This event lies before the one above it
    - { at: 2026-11-20T10:00:00Z, what: Third }
`,
    },
  },
})
