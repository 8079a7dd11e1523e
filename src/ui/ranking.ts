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
  readonly fields: readonly Field[]
}

interface Field {
  readonly text: Fuzzysort.Prepared
  readonly weight: number
  /** Its place in the row that is shown. */
  readonly column: number
}

/** Where a query matches in one of the columns: indexes in its text. */
export interface Match {
  readonly column: number
  readonly indexes: readonly number[]
}

/** A perfect match anywhere else counts as much as a middling one of the name. */
const weights = { name: 1, accountId: 0.5, roleName: 0.5, region: 0.5 } as const
const fieldNames = Object.keys(weights) as (keyof typeof weights)[]

/** Makes candidates ready for `rankProfiles`, in their order. Their columns are name, account, role, region. */
export function prepareCandidates(candidates: readonly Candidate[]): PreparedCandidate[] {
  return candidates.map((candidate) => ({
    fields: fieldNames.flatMap((field, column) => {
      const text = candidate[field]
      return text ? [{ text: fuzzysort.prepare(text), weight: weights[field], column }] : []
    }),
  }))
}

/**
 * The indexes of the candidates that match, best first. Every word of the query must match some field, in order
 * of its letters but not necessarily side by side. Equal matches, and all for an empty query, stay in the order given.
 */
export function rankProfiles(query: string, candidates: readonly PreparedCandidate[]): number[] {
  const words = splitQuery(query)
  if (words.length === 0) return candidates.map((_, index) => index)
  const matches: { index: number; score: number }[] = []
  for (const [index, candidate] of candidates.entries()) {
    const score = scoreWords(words, candidate)
    if (score > 0) matches.push({ index, score })
  }
  return matches.sort((a, b) => b.score - a.score).map(({ index }) => index)
}

/** Where each word of the query matches best in the candidate at `index`; the same column may come twice. */
export function locateIn(query: string, candidates: readonly PreparedCandidate[], index: number): Match[] {
  const fields = candidates[index]?.fields ?? []
  return splitQuery(query).flatMap((word) => {
    const best = findBest(word, fields)
    const result = best && fuzzysort.single(word, best.field.text)
    return result ? [{ column: best.field.column, indexes: result.indexes }] : []
  })
}

function splitQuery(query: string): string[] {
  return query.split(/\s+/).filter((word) => word !== '')
}

/** 0 when a word matches nowhere. */
function scoreWords(words: readonly string[], { fields }: PreparedCandidate): number {
  let total = 0
  for (const word of words) {
    const best = findBest(word, fields)
    if (!best) return 0
    total += best.score
  }
  return total
}

function findBest(
  word: string,
  fields: readonly Field[],
): { readonly field: Field; readonly score: number } | undefined {
  let best: { field: Field; score: number } | undefined
  for (const field of fields) {
    const score = (fuzzysort.single(word, field.text)?.score ?? 0) * field.weight
    if (score > (best?.score ?? 0)) best = { field, score }
  }
  return best
}
