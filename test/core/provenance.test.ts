import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ChainedEntry } from '../../src/core/ledger/chain.ts'
import { sightingsOf } from '../../src/core/ledger/sightings.ts'
import { provenTimes } from '../../src/core/provenance.ts'

/** The times that commits count as made at where nothing but their claims is known. */
function effective(claimed: readonly number[]): readonly number[] {
  return provenTimes(claimed.map((time, at) => ({ commit: `c${at}`, claimed: time }))).map(({ at }) => at)
}

describe('times that commits claim', () => {
  test('honest times stand', () => {
    expect(effective([10, 20, 30, 30, 40])).toEqual([10, 20, 30, 30, 40])
  })

  test('a commit dated in the future takes the time of its parent and poisons nothing', () => {
    expect(effective([10, 20, 9_000, 30, 40, 50, 60])).toEqual([10, 20, 20, 30, 40, 50, 60])
  })

  test('one honest commit after it is enough to find a future date', () => {
    expect(effective([10, 9_000, 30])).toEqual([10, 10, 30])
  })

  test('a future date at the tip cannot be told from an honest one', () => {
    expect(effective([10, 20, 9_000])).toEqual([10, 20, 9_000])
  })

  test('a commit dated in the past counts as made when its parent was', () => {
    expect(effective([10, 20, 5, 40, 50, 60])).toEqual([10, 20, 20, 40, 50, 60])
  })

  test('one commit dated in the past does not make its parent invalid when others follow', () => {
    expect(effective([100, 200, 5, 300, 400])).toEqual([100, 200, 200, 300, 400])
  })

  test('a commit dated in the past takes nothing away from the one before it, even where none follows', () => {
    expect(effective([10, 20, 5])).toEqual([10, 20, 20])
    expect(effective([10, 20, 30, 5, 40, 6])).toEqual([10, 20, 30, 30, 40, 40])
  })

  test('two future dates in a row are both found', () => {
    expect(effective([10, 9_000, 9_001, 30, 40, 50, 60, 70])).toEqual([10, 10, 10, 30, 40, 50, 60, 70])
  })

  test('a root dated in the future takes the earliest time of its witnesses', () => {
    expect(effective([9_000, 30, 40])).toEqual([30, 30, 40])
  })

  test('effective times never run backwards and times that never do stand as they are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_000 })), (claimed) => {
        const times = effective(claimed)
        expect(times).toEqual(times.toSorted((a, b) => a - b))
        const honest = claimed.toSorted((a, b) => a - b)
        expect(effective(honest)).toEqual(honest)
      }),
    )
  })

  test('what does not stand is marked with the reason', () => {
    const times = provenTimes([10, 9_000, 5, 30, 40, 50].map((claimed, at) => ({ commit: `c${at}`, claimed })))
    expect(times.map(({ doubt }) => doubt)).toEqual([undefined, 'ahead', 'behind', undefined, undefined, undefined])
    expect(times.every(({ provenance }) => provenance === 'claimed')).toBe(true)
  })
})

/** Entries of a ledger that saw commits of a mainline, `c0` being its root. */
function entries(
  seen: readonly { readonly tip: string; readonly at: number; readonly fork?: string }[],
): readonly ChainedEntry[] {
  return seen.map(({ tip, at, fork }, index) => ({
    sequence: index + 1,
    event: index === 0 ? 'baseline' : fork === undefined ? 'push' : 'rewritten',
    at,
    source: 'clock',
    branch: 'main',
    tip,
    previousTip: seen[index - 1]?.tip ?? null,
    fork: fork ?? null,
    run: null,
    previous: null,
    digest: `d${index + 1}`,
  }))
}

interface Known {
  readonly ledger?: Parameters<typeof entries>[0]
  readonly signed?: readonly string[]
  readonly tolerance?: number
  readonly imports?: number
  readonly rewrites?: number
}

function boundariesOf({ imports, rewrites }: Known): Parameters<typeof sightingsOf>[2] {
  return { imports: imports === undefined ? [] : [imports], rewrites: rewrites === undefined ? [] : [rewrites] }
}

/** `time provenance` of each commit of a mainline. */
function told(
  claimed: readonly number[],
  { ledger, signed = [], tolerance = 0, ...boundaries }: Known,
): readonly string[] {
  const positions = new Map(claimed.map((_, at) => [`c${at}`, at]))
  const evidence = {
    ...(ledger && {
      sightings: sightingsOf(entries(ledger), (commit) => positions.get(commit), boundariesOf(boundaries)),
    }),
    isSigned: (commit: string) => signed.includes(commit),
    tolerance: () => tolerance,
  }
  const commits = claimed.map((time, at) => ({ commit: `c${at}`, claimed: time }))
  return provenTimes(commits, evidence).map(({ at, provenance }) => `${at} ${provenance}`)
}

describe('times that a ledger vouches for', () => {
  test('a commit counts at the first entry that saw it, whatever it claims', () => {
    const ledger = [
      { tip: 'c0', at: 12 },
      { tip: 'c1', at: 110 },
      { tip: 'c2', at: 210 },
      { tip: 'c3', at: 310 },
    ]
    expect(told([10, 100, 5, 9_000], { ledger })).toEqual([
      '10 claimed',
      '110 attested',
      '210 attested',
      '310 attested',
    ])
  })

  test('commits that came by one push share its time', () => {
    const ledger = [
      { tip: 'c0', at: 12 },
      { tip: 'c3', at: 310 },
    ]
    expect(told([10, 100, 200, 300], { ledger })).toEqual([
      '10 claimed',
      '310 attested',
      '310 attested',
      '310 attested',
    ])
  })

  test('the first entry vouches for nothing before it, but nothing there can be later', () => {
    const ledger = [{ tip: 'c2', at: 50 }]
    expect(told([10, 9_000, 30, 40], { ledger })).toEqual(['10 claimed', '10 claimed', '30 claimed', '40 claimed'])
    expect(told([10, 20, 70], { ledger })).toEqual(['10 claimed', '20 claimed', '20 claimed'])
  })

  test('what came after the last entry is claimed, and not before it', () => {
    const ledger = [
      { tip: 'c0', at: 12 },
      { tip: 'c1', at: 110 },
    ]
    expect(told([10, 100, 105, 300], { ledger })).toEqual(['10 claimed', '110 attested', '110 claimed', '300 claimed'])
  })

  test('once a commit was seen, no date that it or another one claims moves it', () => {
    const claims = fc.array(fc.integer({ min: 0, max: 2_000 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(claims, claims, fc.array(fc.nat({ max: 40 }), { maxLength: 12 }), (honest, forged, gaps) => {
        let [tip, at] = [0, 50]
        const ledger = [{ tip: 'c0', at }]
        for (const gap of gaps) {
          tip += 1 + (gap % 4)
          at += gap
          ledger.push({ tip: `c${Math.min(tip, honest.length - 1)}`, at })
        }
        const other = honest.map((time, position) => forged[position] ?? time)
        const seen = (times: readonly string[]) => times.filter((time) => time.endsWith('attested'))
        expect(seen(told(other, { ledger }))).toEqual(seen(told(honest, { ledger })))
        const times = told(other, { ledger }).map((time) => Number(time.split(' ')[0]))
        expect(times).toEqual(times.toSorted((a, b) => a - b))
      }),
    )
  })

  test('within the tolerance the committer date stands, but never later than the first sight', () => {
    const ledger = [
      { tip: 'c0', at: 12 },
      { tip: 'c1', at: 110 },
      { tip: 'c2', at: 210 },
      { tip: 'c3', at: 310 },
    ]
    const times = told([10, 105, 190, 312], { ledger, tolerance: 10 })
    expect(times).toEqual(['10 claimed', '105 observed', '210 attested', '310 attested'])
  })

  test('within the tolerance no time lies before the push before it', () => {
    const ledger = [
      { tip: 'c0', at: 12 },
      { tip: 'c1', at: 110 },
      { tip: 'c2', at: 115 },
    ]
    expect(told([10, 20, 90], { ledger, tolerance: 30 })).toEqual(['10 claimed', '110 attested', '110 observed'])
  })

  test('a signed date stands until the ledger begins, and bounds the claims before it', () => {
    expect(told([10, 9_000, 30, 40], { signed: ['c2'] })).toEqual([
      '10 claimed',
      '10 claimed',
      '30 signed',
      '40 claimed',
    ])
    const ledger = [
      { tip: 'c1', at: 50 },
      { tip: 'c2', at: 60 },
    ]
    expect(told([10, 70, 55], { ledger, signed: ['c0', 'c1', 'c2'] })).toEqual([
      '10 signed',
      '10 claimed',
      '60 attested',
    ])
  })

  test('a signed date that most later claims contradict stands all the same', () => {
    expect(told([10, 500, 30, 40, 50], { signed: ['c1'] })).toEqual([
      '10 claimed',
      '500 signed',
      '500 claimed',
      '500 claimed',
      '500 claimed',
    ])
  })

  test('commits brought in from elsewhere keep what they claim, bounded by when they were there', () => {
    const ledger = [
      { tip: 'c0', at: 12 },
      { tip: 'c3', at: 310 },
      { tip: 'c4', at: 410 },
    ]
    expect(told([10, 100, 200, 9_000, 400], { ledger, imports: 3 })).toEqual([
      '10 claimed',
      '100 claimed',
      '200 claimed',
      '200 claimed',
      '410 attested',
    ])
  })
})

describe('histories that came from elsewhere', () => {
  test('take no time away from what was seen before them', () => {
    const ledger = [
      { tip: 'c0', at: 12 },
      { tip: 'c1', at: 110 },
      { tip: 'c4', at: 510 },
    ]
    expect(told([10, 100, 200, 300, 500], { ledger, imports: 3 })).toEqual([
      '10 claimed',
      '110 attested',
      '200 claimed',
      '300 claimed',
      '510 attested',
    ])
  })
})

describe('a mainline that was rewritten', () => {
  const lostOf = (length: number, ledger: Parameters<typeof entries>[0]) => {
    const positions = new Map(Array.from({ length }, (_, at) => [`c${at}`, at]))
    return sightingsOf(entries(ledger), (commit) => positions.get(commit)).lost.map(({ entries: lost, after }) => ({
      lost: lost.map(({ tip }) => tip),
      after: after?.tip,
    }))
  }

  test('tips that it does not go on from are lost, in stretches', () => {
    const ledger = ['c0', 'x1', 'x2', 'c1', 'c2', 'x3'].map((tip, at) => ({ tip, at: 10 * at }))
    expect(lostOf(3, ledger)).toEqual([
      { lost: ['x1', 'x2'], after: 'c0' },
      { lost: ['x3'], after: 'c2' },
    ])
    expect(lostOf(3, ledger.slice(0, 1))).toEqual([])
  })

  test('what is new counts from the entry that found it out, what both share from when the old one was seen', () => {
    const ledger = [
      { tip: 'c0', at: 12 },
      { tip: 'x2', at: 210 },
      { tip: 'x3', at: 310 },
      { tip: 'c3', at: 410, fork: 'c1' },
    ]
    expect(told([10, 100, 150, 160], { ledger })).toEqual([
      '10 claimed',
      '210 attested',
      '410 attested',
      '410 attested',
    ])
  })

  test('until an entry found it out, nothing new can be older than the last sight of what it replaced', () => {
    const ledger = [
      { tip: 'c0', at: 12 },
      { tip: 'x1', at: 210 },
      { tip: 'x2', at: 310 },
    ]
    expect(told([10, 100, 400], { ledger })).toEqual(['10 claimed', '310 claimed', '400 claimed'])
  })

  test('a rewriting that was accepted is no finding, and its commits count by what they claim', () => {
    const ledger = [
      { tip: 'c0', at: 12 },
      { tip: 'x1', at: 210 },
      { tip: 'c2', at: 310, fork: 'c0' },
      { tip: 'c3', at: 410 },
    ]
    const positions = new Map([0, 1, 2, 3].map((at) => [`c${at}`, at]))
    expect(sightingsOf(entries(ledger), (commit) => positions.get(commit), boundariesOf({ rewrites: 2 })).lost).toEqual(
      [],
    )
    expect(sightingsOf(entries(ledger), (commit) => positions.get(commit)).lost).toHaveLength(1)
    expect(told([10, 100, 200, 400], { ledger, rewrites: 2 })).toEqual([
      '10 claimed',
      '100 claimed',
      '200 claimed',
      '410 attested',
    ])
  })

  test('a mainline forced back and forth keeps its first sight', () => {
    const ledger = [
      { tip: 'c0', at: 12 },
      { tip: 'c1', at: 110 },
      { tip: 'c0', at: 210, fork: 'c0' },
      { tip: 'c1', at: 310 },
    ]
    expect(told([10, 100], { ledger })).toEqual(['10 claimed', '110 attested'])
  })
})
