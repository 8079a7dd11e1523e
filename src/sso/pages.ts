import type { Page } from './portal-answer.ts'

/** A list as a whole. */
export interface Listing<Item> {
  readonly items: readonly Item[]
  /** How many entries are none. */
  readonly odd: number
}

/** Ten times as many as the largest organisation has. */
const mostPages = 1000

/**
 * The pages that `fetch` gets, one after the other, as one list; undefined for a list that does not end: one that names a
 * page again, or more pages than anybody has. Throws what `fetch` throws.
 */
export async function readPages<Item>(
  fetch: (nextToken: string | undefined) => Promise<Page<Item>>,
): Promise<Listing<Item> | undefined> {
  const pages: Page<Item>[] = []
  const seen = new Set<string>()
  for (let next: string | undefined; pages.length < mostPages; ) {
    const page = await fetch(next)
    pages.push(page)
    next = page.nextToken
    if (next === undefined) {
      return {
        items: pages.flatMap(({ items }) => items),
        odd: pages.reduce((sum, { odd }) => sum + odd, 0),
      }
    }
    if (seen.has(next)) return undefined
    seen.add(next)
  }
  return undefined
}
