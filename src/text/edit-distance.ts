/**
 * How many letters have to be put in, taken out, replaced, or swapped with the next one to make `to` of `from` (the
 * distance of Damerau and Levenshtein, in which no letter is touched twice).
 */
export function countEdits(from: string, to: string): number {
  let [beforeLast, last] = [[] as number[], Array.from({ length: to.length + 1 }, (_, column) => column)]
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1]
      const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (isSame ? 0 : 1),
        isSwapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    beforeLast = last
    last = current
  }
  return at(last, to.length)
}

/** Infinite beyond the table. */
function at(distances: readonly number[], place: number): number {
  return distances[place] ?? Number.POSITIVE_INFINITY
}
