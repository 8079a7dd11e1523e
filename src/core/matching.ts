import { distance } from 'fastest-levenshtein'

/**
 * The candidates that somebody who typed `name` most likely meant, best first: those that contain it, then
 * those within a third of its length in edits, or two (letters that changed places). At most `limit`.
 */
export function findNearest(name: string, candidates: Iterable<string>, limit = 3): string[] {
  if (name === '') return []
  const wanted = name.toLowerCase()
  const tolerance = wanted.length < 4 ? 1 : Math.max(2, Math.floor(wanted.length / 3))
  const ranked: { candidate: string; rank: number }[] = []
  for (const candidate of candidates) {
    const text = candidate.toLowerCase()
    const contains = wanted.length > 1 && text.includes(wanted)
    if (!contains && Math.abs(text.length - wanted.length) > tolerance) continue
    const edits = distance(wanted, text)
    if (contains || edits <= tolerance) ranked.push({ candidate, rank: contains ? edits / 1000 : edits })
  }
  return ranked
    .sort((a, b) => a.rank - b.rank || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, limit)
    .map(({ candidate }) => candidate)
}

/** Whether somebody who typed `name` can only have mistyped `word`: a third of its letters at most, or their order. */
export function isTypo(name: string, word: string): boolean {
  const sort = (text: string) => [...text].sort().join('')
  const isSwapped = sort(name) === sort(word)
  return isSwapped || word.includes(name) || distance(name, word) <= Math.max(1, Math.floor(name.length / 3))
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
