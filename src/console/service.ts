import { findNearest } from '../text/matching.ts'
import { serviceTable } from './service-table.ts'

/** A service with a page in the console. */
export interface Service {
  readonly name: string
  /** The page below the console's host, without a slash before it; a whole URL where it is on a host of its own. */
  readonly page: string
  readonly aliases: readonly string[]
}

/** In the order of their names. */
export const services: readonly Service[] = serviceTable
  .trimEnd()
  .split('\n')
  .map((line) => {
    const [name = '', page = '', aliases = ''] = line.split(' ')
    return { name, page, aliases: aliases === '' ? [] : aliases.split(',') }
  })

/** The service that a word names, by its name or another one; undefined for none. */
export function findService(word: string): Service | undefined {
  const wanted = word.toLowerCase()
  return services.find(({ name, aliases }) => name === wanted || aliases.includes(wanted))
}

/** The names that are most like a word, best first. */
export function suggestServices(word: string): string[] {
  return findNearest(
    word,
    services.map(({ name }) => name),
    2,
  )
}

/** Whether a page is on a host of its own, which only the commercial partition has. */
export function isOnOwnHost({ page }: Service): boolean {
  return page.startsWith('https://')
}
