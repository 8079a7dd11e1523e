import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findTurn, mostPerSecond } from '../../src/configure/pace.ts'

interface Request {
  readonly sent: number
  readonly arrived: number
  readonly answered: number
}

/** How a request goes: how late the sender wakes, how long it is on its way there, and how long the answer takes. */
interface Journey {
  readonly late: number
  readonly there: number
  readonly back: number
}

/** Mostly short, and for a while as long as `most`: then many arrive at once. */
const spanOf = (most: number) =>
  fc.oneof({ weight: 5, arbitrary: fc.nat(5) }, { weight: 1, arbitrary: fc.nat(most) })
const journey = fc.record({ late: spanOf(200), there: spanOf(900), back: spanOf(900) })
const journeys = fc
  .array(fc.tuple(journey, fc.integer({ min: 1, max: 30 })), { minLength: 4, maxLength: 12, size: 'max' })
  .map((parts) => parts.flatMap(([each, times]) => Array.from({ length: times }, () => each)))

/** Sends as many requests as there are journeys, each as soon as it may be, by a clock that begins at `start`. */
function send(all: readonly Journey[], start = 0): Request[] {
  const requests: Request[] = []
  let now = start
  for (const { late, there, back } of all) {
    for (;;) {
      const answered = requests.map((request) => request.answered).filter((at) => at <= now)
      const traffic = {
        underWay: requests.length - answered.length,
        answered: answered.sort((a, b) => a - b),
      }
      const sent = requests.at(-1)?.sent
      const turn = findTurn({ ...traffic, ...(sent !== undefined && { sent }) }, now)
      if (turn <= now) break
      now = Math.max(now + 1, turn + late)
    }
    requests.push({ sent: now, arrived: now + there, answered: now + there + back })
  }
  return requests
}

function countMostInASecond(times: readonly number[]): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at <= from + 1000).length))
}

describe('a turn', () => {
  it('lets no more than 19 requests arrive in any second, however long each takes and however late it is sent', () => {
    fc.assert(
      fc.property(journeys, fc.integer({ min: 0, max: 2 ** 40 }), (each, start) => {
        const times = send(each, start).map(({ arrived }) => arrived)
        expect(countMostInASecond(times)).toBeLessThanOrEqual(mostPerSecond)
      }),
    )
  })

  it('lets 19 go in a second and the time of an answer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 0, max: 900 }), (count, answer) => {
        const requests = send(Array.from({ length: count }, () => ({ late: 0, there: 0, back: answer })))
        const rounds = Math.floor((count - 1) / mostPerSecond)
        const rest = (count - 1) % mostPerSecond
        expect(requests.at(-1)?.sent).toBeLessThanOrEqual((rounds * (1010 + answer) + rest * 50) * 1.001 + 50)
      }),
    )
  })

  it('lets 303 go in 17 seconds where an answer takes some milliseconds', () => {
    const requests = send(Array.from({ length: 303 }, () => ({ late: 1, there: 2, back: 3 })))
    expect(requests.at(-1)?.answered).toBeLessThanOrEqual(17_000)
  })

  it('never comes for two at once', () => {
    fc.assert(
      fc.property(journeys, (each) => {
        const times = send(each).map(({ sent }) => sent)
        expect(
          Math.min(...times.slice(1).map((at, index) => at - (times[index] ?? 0))),
        ).toBeGreaterThanOrEqual(50)
      }),
    )
  })
})
