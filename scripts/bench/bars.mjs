/**
 * What each figure must not exceed. `milliseconds` and `ratio`, to an empty Node right before, are given up to a
 * number of profiles; `processes` always. A figure without a bar is there to compare with.
 */
const bars = {
  'assume NAME': { processes: 0, milliseconds: { 1000: 5, 10000: 15 } },
  'assume --unset': { processes: 0 },
  'assume -': { processes: 0 },
  TAB: { processes: 0, milliseconds: { 1000: 10, 10000: 60 } },
  'prompt segment': { processes: 0, milliseconds: { 10000: 1 } },
  'loading the shell file': { processes: 0, milliseconds: { 10000: 3 } },
  'assume env NAME': { ratio: { 1000: 1.5 } },
  'assume credential-process NAME, cached': { ratio: { 1000: 1.5 } },
  'assume list': { ratio: { 10000: 4 } },
  'assume list, index rebuilt': { ratio: { 10000: 4 } },
}

/** A figure with the bars that it has at its number of profiles, and whether it keeps them; neither without a bar. */
export function judge(figure) {
  const { processes, milliseconds, ratio } = bars[figure.what] ?? {}
  const bar = {
    ...(processes !== undefined && { processes }),
    ...limitAt('milliseconds', milliseconds, figure.profiles),
    ...limitAt('ratio', ratio, figure.profiles),
  }
  const names = Object.keys(bar).filter((name) => figure[name] !== undefined)
  if (names.length === 0) return figure
  return { ...figure, bar, met: names.every((name) => figure[name] <= bar[name]) }
}

function limitAt(name, limits = {}, profiles) {
  const reach = Object.keys(limits).find((count) => profiles <= Number(count))
  return reach === undefined ? {} : { [name]: limits[reach] }
}
