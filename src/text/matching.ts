import { countEdits } from './edit-distance.ts'

/** Somebody's word for something, and how far it is from what was typed: below 1 where it has the whole of that in it. */
export interface Nearness {
  readonly candidate: string
  readonly rank: number
}

/**
 * The candidates that somebody who typed `name` can have meant, best first: those that begin with it, those that
 * contain it, and those within a third of its length in edits, or two (one of a short name).
 */
export function rankNearest(name: string, candidates: Iterable<string>): Nearness[] {
  if (name === '') return []
  const wanted = name.toLowerCase()
  const tolerance = wanted.length < 4 ? 1 : Math.max(2, Math.floor(wanted.length / 3))
  const near: Nearness[] = []
  for (const candidate of candidates) {
    const text = candidate.toLowerCase()
    const place = wanted.length > 1 ? text.indexOf(wanted) : -1
    if (place < 0 && Math.abs(text.length - wanted.length) > tolerance) continue
    const edits = countEdits(wanted, text)
    if (place >= 0) near.push({ candidate, rank: (place === 0 ? 0 : 0.5) + edits / 10_000 })
    else if (edits <= tolerance) near.push({ candidate, rank: edits })
  }
  return near.sort((a, b) => a.rank - b.rank || (a.candidate < b.candidate ? -1 : 1))
}

/** The best of them, at most `limit`. */
export function findNearest(name: string, candidates: Iterable<string>, limit = 3): string[] {
  return rankNearest(name, candidates)
    .slice(0, limit)
    .map(({ candidate }) => candidate)
}

/** How far a word of ours is from what somebody typed who can only have mistyped it: a third of its letters at most. */
export function rankTypo(name: string, word: string): number | undefined {
  const edits = countEdits(name, word)
  return edits <= Math.max(1, Math.floor(name.length / 3)) ? edits : undefined
}

/**
 * Whether a profile name matches a pattern of `assume list`: with `*` or `?` the whole name by wildcards,
 * otherwise any part of it; case does not matter.
 */
export function matchesPattern(name: string, pattern: string): boolean {
  if (!/[*?]/.test(pattern)) return name.toLowerCase().includes(pattern.toLowerCase())
  return matchesGlob(name, pattern)
}

/** Whether the whole of `text` matches a pattern in which `*` stands for any characters and `?` for one. */
export function matchesGlob(text: string, pattern: string, { ignoreCase = true } = {}): boolean {
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, ignoreCase ? 'is' : 's').test(text)
}
