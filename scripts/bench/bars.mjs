/** Names of what a figure may be compared with; each is the name of a ratio of a figure, and of a bar. */
export const ratioNames = ['true', 'node', 'switch', 'empty']

/** What it takes to look at a new directory. */
const slowChange = { true: { 1000: 6, 10000: 7 } }
const atChange = { true: { 1000: 3, 10000: 4 }, fish: slowChange, pwsh: slowChange }

/**
 * What each figure must not exceed: `processes`, and ratios to what has run in the same round: `true` a bare `/bin/true`, `node` one `node -e 0`,
 * `switch` the switch by name, `empty` the import of an empty module. A limit that depends on the number of profiles is
 * given up to such a number. Under the name of a shell are its own bars. A figure without a bar is there to compare with.
 */
const bars = {
  'loading the shell file': { processes: 0, true: 3, pwsh: { true: undefined, empty: 1.5 } },
  'assume NAME': { processes: 0, true: { 1000: 2, 10000: 3 }, fish: { true: { 1000: 3, 10000: 4 } } },
  // No slower; the tenth is what two rounds of the same differ by.
  'assume --unset': { processes: 0, switch: 1.1 },
  'assume -': { processes: 0, switch: 1.1 },
  TAB: { processes: 0, true: { 1000: 10, 10000: 60 }, fish: { true: { 1000: 10, 10000: 75 } } },
  'prompt segment': { processes: 0, true: 0.5 },
  'prompt segment, directories watched': { processes: 0, true: 0.5 },
  'cd into the directory of a profile': { processes: 0, ...atChange },
  'cd to that of another profile': { processes: 0, ...atChange },
  'cd out of it': { processes: 0, ...atChange },
  'cd where no profile is named': { processes: 0, ...atChange },
  'assume exec NAME -- COMMAND, typed': { processes: 0, true: { 1000: 4, 10000: 6 } },
  'assume env NAME': { node: 1.5 },
  'assume env --export NAME, kept keys': { node: 1.5 },
  'assume env --export NAME, static keys': { node: 1.5 },
  'assume credential-process NAME, static keys': { node: 1.5 },
  'assume credential-process --profile NAME, kept keys': { node: 1.5 },
  'assume credential-process NAME, kept keys': { true: 6 },
  'assume exec NAME -- true': { node: 1.5 },
  'assume exec --export NAME -- true, kept keys': { node: 1.5 },
  'assume exec --export NAME -- true, static keys': { node: 1.5 },
  'assume status': { node: 1.5 },
  // Without what other programs take to tell their version.
  'assume doctor': { node: { 1000: 10 } },
  'assume --help': { node: 1.5 },
  'assume COMMAND --help': { node: 1.5 },
  'assume list': { node: { 1000: 1.5, 10000: 4 } },
  'assume list --json': { node: { 1000: 1.5, 10000: 4 } },
  'assume list, index rebuilt': { node: { 10000: 8 } },
}

/** A figure with the bars that it has at its number of profiles, and whether it keeps them; neither without a bar. */
export function judge(figure) {
  const own = bars[figure.what] ?? {}
  const limits = { ...own, ...own[figure.shell] }
  const names = ['processes', ...ratioNames]
  const bar = Object.fromEntries(
    names
      .map((name) => [name, limitAt(limits[name], figure.profiles)])
      .filter(([name, limit]) => limit !== undefined && figure[name] !== undefined),
  )
  const barred = Object.keys(bar)
  if (barred.length === 0) return figure
  return { ...figure, bar, met: barred.every((name) => figure[name] <= bar[name]) }
}

function limitAt(limit, profiles) {
  if (typeof limit !== 'object') return limit
  const reach = Object.keys(limit).find((count) => profiles <= Number(count))
  return reach === undefined ? undefined : limit[reach]
}
