import fuzzysort from 'fuzzysort'

/** What of a profile a query is matched against. */
export interface Candidate {
  readonly name: string
  readonly accountId?: string
  readonly roleName?: string
  readonly region?: string
}

/** A candidate made ready once for many queries. */
export interface PreparedCandidate {
  readonly fields: readonly { readonly text: Fuzzysort.Prepared; readonly weight: number }[]
}

/** A perfect match anywhere else counts as much as a middling one of the name. */
const weights = { name: 1, accountId: 0.5, roleName: 0.5, region: 0.5 } as const
const fieldNames = Object.keys(weights) as (keyof typeof weights)[]

/** Makes candidates ready for `rankProfiles`, in their order. */
export function prepareCandidates(candidates: readonly Candidate[]): PreparedCandidate[] {
  return candidates.map((candidate) => ({
    fields: fieldNames.flatMap((field) => {
      const text = candidate[field]
      return text ? [{ text: fuzzysort.prepare(text), weight: weights[field] }] : []
    }),
  }))
}

/**
 * The indexes of the candidates that match, best first. Every word of the query must match some field, in order
 * of its letters but not necessarily side by side. Equal matches, and all for an empty query, stay in the order given.
 */
export function rankProfiles(query: string, candidates: readonly PreparedCandidate[]): number[] {
  const words = query.split(/\s+/).filter((word) => word !== '')
  if (words.length === 0) return candidates.map((_, index) => index)
  const matches: { index: number; score: number }[] = []
  for (const [index, candidate] of candidates.entries()) {
    const score = scoreWords(words, candidate)
    if (score > 0) matches.push({ index, score })
  }
  return matches.sort((a, b) => b.score - a.score).map(({ index }) => index)
}

/** 0 when a word matches nowhere. */
function scoreWords(words: readonly string[], { fields }: PreparedCandidate): number {
  let total = 0
  for (const word of words) {
    let best = 0
    for (const { text, weight } of fields) {
      const score = (fuzzysort.single(word, text)?.score ?? 0) * weight
      if (score > best) best = score
    }
    if (best === 0) return 0
    total += best
  }
  return total
}
