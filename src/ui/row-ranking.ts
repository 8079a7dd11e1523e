import fuzzysort from 'fuzzysort'
import type { PreparedCandidate } from './ranking.ts'

/** Rows of a table made ready for `rankProfiles`, in their order; what stands in the first column counts most. */
export function prepareRows(rows: readonly (readonly string[])[]): PreparedCandidate[] {
  return rows.map((cells) => ({
    fields: cells
      .map((cell, column) => ({ text: fuzzysort.prepare(cell), weight: column === 0 ? 1 : 0.5, column }))
      .filter(({ text }) => text.target !== ''),
  }))
}
