import type { Match } from './ranking.ts'

/** Rows to pick one from. */
export interface Choices {
  readonly heading: readonly string[]
  readonly rows: readonly Choice[]
  /** The indexes of the rows that match what was typed, best first. */
  readonly rank: (query: string) => readonly number[]
  /** Where in the cells of a row the query matches; absent: nothing stands out. */
  readonly locate?: (query: string, row: number) => readonly Match[]
  /** The title of the column that gives way last on a narrow terminal; absent: they give way from the right. */
  readonly kept?: string
}

export interface Choice {
  /** As they come from the files: whoever shows them makes them printable. The first one is the name. */
  readonly cells: readonly string[]
  /** Whether it is in force already. */
  readonly active: boolean
  /** Whether it can be used at once. */
  readonly usable: boolean
}
