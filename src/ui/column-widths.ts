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
 * is too wide columns give way from the right, and the names to three fifths of the line, unless there is room left then.
 */
export function shareWidth(widths: readonly number[], { width, before = 0, kept }: Room): readonly number[] {
  const needed = widths.reduce((sum, each) => sum + each + gap, -gap)
  if (needed <= width) return widths
  const front = widths.slice(0, before)
  const line = width - front.reduce((sum, each) => sum + each + gap, 0)
  const name = Math.min(widths[before] ?? 0, Math.max(narrowest, Math.floor(line * 0.6)), Math.max(0, line))
  const last = kept === undefined ? 0 : Math.min(widths[kept] ?? 0, Math.max(narrowest, Math.floor(line / 3)))
  const hasLast = last > 0 && name + gap + last <= line
  let left = line - name - (hasLast ? gap + last : 0)
  let isOver = false
  const shares = widths.map((each, column) => {
    if (column < before) return each
    if (column === before) return name
    if (column === kept) return hasLast ? last : 0
    const share = Math.min(each, left - gap)
    isOver ||= share < Math.min(each, narrowest)
    if (isOver) return 0
    left -= share + gap
    return share
  })
  return shares.map((share, column) => {
    if (column !== before && (column !== kept || !hasLast)) return share
    const more = Math.min(left, (widths[column] ?? 0) - share)
    left -= more
    return share + more
  })
}
