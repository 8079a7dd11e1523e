/** Requests to one service, with times in milliseconds since some moment. */
export interface Traffic {
  readonly underWay: number
  /** When others were answered, in order; those of a while ago may be left out. */
  readonly answered: readonly number[]
  /** When the latest was sent; absent where none was. */
  readonly sent?: number
}

/**
 * Identity Center refuses what is above 20 requests a second in total. One is left to a renewal of the token and to other
 * programs of the user.
 */
export const mostPerSecond = 19
/** Timers end up to a millisecond early, and no two clocks go alike. */
const second = 1010
/** So that they do not all come at once. */
const shortestGap = 1000 / 20

/**
 * The earliest time for another request, or for another look where those under way are too many: so that no more than
 * `mostPerSecond` arrive within any second, however long they are on their way. When a request arrives is not known, only that
 * it is before its answer; so each counts until a second after that.
 */
export function findTurn({ underWay, answered, sent }: Traffic, now: number): number {
  const free = mostPerSecond - underWay
  if (free <= 0) return now + shortestGap
  const last = answered.at(-free)
  return Math.max(last === undefined ? now : last + second, sent === undefined ? now : sent + shortestGap)
}
