export function median(values) {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/**
 * A figure from what it and the things that it is compared with took in each round, in milliseconds: `[{ own, true: 1.1 }]`
 * becomes `{ milliseconds, true }`, the median of its times and of the ratios in each round.
 */
export function summarize(rounds) {
  const [{ own, ...bases }] = rounds
  const ratios = Object.keys(bases).map((base) => [
    base,
    median(rounds.map((round) => round.own / round[base])),
  ])
  return { milliseconds: median(rounds.map((round) => round.own)), ...Object.fromEntries(ratios) }
}
