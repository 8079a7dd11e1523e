/** Columns of blanks between two cells. */
export const gap = 2

/** No column is cut to less: twelve digits, most regions and times stand whole or not at all. */
const narrowest = 12

export interface Room {
  /** Columns of the terminal for a whole line. */
  readonly width: number
  /** How many columns of the table stand whole before the one with the names. */
  readonly before?: number
  /** The column of the table that gives way last; absent: they give way from the right. */
  readonly kept?: number
}

/**
 * How wide each column of a table gets, from the widths of its widest cells; 0 for one that is left out. In a table that
 * is too wide the names give way to two fifths of the line, and then the other columns from the right; what room is left
 * after that goes to the names again.
 */
export function shareWidth(widths: readonly number[], { width, before = 0, kept }: Room): readonly number[] {
  if (measureLine(widths) <= width) return widths
  const line = Math.max(0, width - widths.slice(0, before).reduce((sum, each) => sum + each + gap, 0))
  const name = Math.min(widths[before] ?? 0, Math.max(2 * narrowest, Math.floor(line * 0.4)), line)
  const last = Math.min((kept && widths[kept]) || 0, Math.max(narrowest + 1, Math.floor(line / 5)))
  const keptShare = name + gap + last <= line ? last : 0
  let left = line - name - (keptShare > 0 ? gap + keptShare : 0)
  let isOver = false
  const shares = widths.map((each, column) => {
    if (column < before) return each
    if (column === before) return name
    if (column === kept) return keptShare
    const share = Math.min(each, left - gap)
    isOver ||= share < Math.min(each, narrowest)
    if (isOver) return 0
    left -= gap + share
    return share
  })
  return shares.map((share, column) => {
    const grows = column === before || (column === kept && share > 0)
    const more = grows ? Math.min(left, (widths[column] ?? 0) - share) : 0
    left -= more
    return share + more
  })
}

function measureLine(widths: readonly number[]): number {
  return widths.reduce((sum, each) => sum + each + gap, -gap)
}
