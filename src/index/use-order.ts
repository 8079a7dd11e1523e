/** Each week without use halves what a use counts. */
const halfLife = 7 * 24 * 3600

/**
 * How much each profile is used, from the text of the history file (lines of `epoch seconds TAB name`) at `now`
 * in seconds: every use counts 1, halved for each week since. Lines of another form are skipped.
 */
export function scoreUses(history: string, now: number): Map<string, number> {
  const scores = new Map<string, number>()
  for (const line of history.split('\n')) {
    const tab = line.indexOf('\t')
    const at = Number(line.slice(0, tab))
    const name = line.slice(tab + 1)
    if (tab < 1 || name === '' || !Number.isFinite(at)) continue
    const weight = 0.5 ** (Math.max(0, now - at) / halfLife)
    scores.set(name, (scores.get(name) ?? 0) + weight)
  }
  return scores
}

/** `names` in the order of use, most first; those never used keep their order behind. */
export function orderByUse(names: readonly string[], scores: ReadonlyMap<string, number>): string[] {
  return [...names].sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0))
}
