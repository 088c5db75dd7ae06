import MiniSearch from 'minisearch'
import { compare } from '../core/diagnostic.ts'
import type { Searchable } from '../core/searchable.ts'

/** Something that a search found. */
export interface Hit {
  readonly found: Searchable
  /** How well it fits, in relation to the other hits of the search; the best has 1. */
  readonly score: number
  /** How many of the words looked for it has, between 0 and 1. */
  readonly share: number
}

/** How much a word counts by where it stands, and how much a hit by what it is. */
const fields = { title: 4, keywords: 3, symptoms: 2, answer: 1 }
const weights: Readonly<Record<Searchable['kind'], number>> = { article: 1.5, 'known error': 1.4, incident: 1 }

/** Words that stand in every text, in English and German. */
const silent = new Set(
  'a an and are as at be but by das dem den der die ein eine einer es for from from has have ich im in is ist it its mit nicht not of oder on or the to und von was we wir with you zu zum zur'.split(
    ' ',
  ),
)

/**
 * What fits the words best, best first. Letters are compared without case and diacritics, beginnings of words count,
 * and so do words with a slip of the keyboard. The same records and words give the same list.
 */
export function search(among: readonly Searchable[], words: string, most: number): readonly Hit[] {
  const wanted = new Set(words.split(/[\p{Z}\p{P}\p{S}\s]+/u).flatMap((word) => folded(word) ?? []))
  if (wanted.size === 0) return []
  const index = new MiniSearch({ fields: Object.keys(fields), processTerm: folded })
  index.addAll(among.map(({ title, keywords, symptoms, answer }, id) => ({ id, title, keywords, symptoms, answer })))
  const hits = index.search(words, {
    boost: fields,
    prefix: (term) => term.length >= 3,
    fuzzy: (term) => (term.length >= 5 ? 0.2 : false),
    boostDocument: (id) => weights[among[Number(id)]?.kind ?? 'incident'],
  })
  const best = Math.max(...hits.map(({ score }) => score))
  return hits
    .flatMap(({ id, score, queryTerms }) => {
      const found = among[Number(id)]
      const share = new Set(queryTerms).size / wanted.size
      return found ? [{ found, share, score: Math.round((score / best) * 1000) / 1000 }] : []
    })
    .toSorted((a, b) => b.score - a.score || compare(a.found.record.id, b.found.record.id))
    .slice(0, most)
}

/** A word as it is compared; `null` for words that say nothing. */
function folded(word: string): string | null {
  const plain = word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss')
  return plain === '' || silent.has(plain) ? null : plain
}
