import { partitions } from './partition.ts'

/**
 * Every shorthand with its region: the area, the letters of the directions and the number, where 1 can be left out; `use1`,
 * `ue1`, `use` and `ue` are all us-east-1. Granted takes the same, and invents regions. Undefined for what could mean two of
 * them.
 */
export function listShorthands(): ReadonlyMap<string, string | undefined> {
  const found = new Map<string, string | undefined>()
  for (const { name, short, places } of partitions.flatMap(({ areas }) => areas)) {
    for (const place of places) {
      for (const text of short.flatMap((area) => abbreviate(area, place))) {
        found.set(text, found.has(text) ? undefined : `${name}-${place}`)
      }
    }
  }
  return found
}

function abbreviate(area: string, place: string): string[] {
  const [directions = '', number = ''] = place.split('-')
  const letters = [...directions.matchAll(/north|south|east|west|central/g)].map(([word]) => word[0]).join('')
  return [`${area}${letters}${number}`, ...(number === '1' ? [`${area}${letters}`] : [])]
}

/** The region that a shorthand stands for, in letters of any case; any other text as it is. */
export function writeOutRegion(text: string): string {
  return listShorthands().get(text.toLowerCase()) ?? text
}
