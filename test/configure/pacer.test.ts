import { setMaxListeners } from 'node:events'
import { setImmediate as flush } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Pacer } from '../../src/configure/pacer.ts'

/** Time that passes only when everybody waits. */
class VirtualTime {
  now = 0
  readonly #waiting = new Set<{ due: number; resolve: () => void }>()

  readonly wait = (milliseconds: number, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      this.#waiting.add({ due: this.now + milliseconds, resolve })
      signal.addEventListener('abort', () => reject(signal.reason))
    })

  async run<Result>(work: Promise<Result>): Promise<Result> {
    let isOver = false
    const end = () => {
      isOver = true
    }
    work.then(end, end)
    for (;;) {
      await flush()
      const [next] = [...this.#waiting].sort((a, b) => a.due - b.due)
      if (isOver || !next) return work
      this.#waiting.delete(next)
      this.now = Math.max(this.now, next.due)
      next.resolve()
    }
  }
}

const tooMany = Object.assign(new Error('HTTP 429 Unknown Code'), { name: 'TooManyRequestsException' })

function start() {
  const time = new VirtualTime()
  const interruption = new AbortController()
  setMaxListeners(0, interruption.signal)
  const pacer = new Pacer(interruption.signal, time.wait, () => time.now)
  const times: number[] = []
  /** Sends a request that answers `answer`, after `failures` refusals. */
  const send = (answer: string, failures = 0, failure: Error = tooMany) => {
    let rest = failures
    return pacer.send(async () => {
      times.push(Math.round(time.now))
      if (rest-- > 0) throw failure
      return answer
    })
  }
  return { time, interruption, times, send }
}

const gaps = (times: readonly number[]) => times.slice(1).map((at, index) => at - (times[index] ?? 0))

describe('requests', () => {
  it('are sent at the pace that the service takes, however many are asked for at once', async () => {
    const { time, times, send } = start()
    const answers = await time.run(Promise.all(Array.from({ length: 39 }, (_, index) => send(`${index}`))))
    expect(answers).toHaveLength(39)
    expect([times[18], times[19], times.at(-1)]).toEqual([900, 1010, 2020])
    expect(Math.min(...gaps(times))).toBe(50)
  })

  it('wait where many are under way, until those are answered a second ago', async () => {
    const { time, interruption } = start()
    const pacer = new Pacer(interruption.signal, time.wait, () => time.now)
    const times: number[] = []
    const slow = () =>
      pacer.send(() => {
        times.push(time.now)
        return time.wait(5000, interruption.signal)
      })
    await time.run(Promise.all(Array.from({ length: 20 }, slow)))
    expect([times[18], times[19]]).toEqual([900, 6010])
  })

  it('are sent again later and later when they were too many, while others go on', async () => {
    const { time, times, send } = start()
    expect(await time.run(Promise.all([send('a', 3), send('b')]))).toEqual(['a', 'b'])
    expect(times).toEqual([0, 50, 500, 1500, 3500])
  })

  it('are refused many times before that is a failure', async () => {
    const { time, times, send } = start()
    expect(await time.run(send('a', 7))).toBe('a')
    await expect(time.run(send('a', 8))).rejects.toBe(tooMany)
    expect(times).toHaveLength(16)
    expect(Math.max(...gaps(times))).toBe(8000)
  })

  it('are together over in a minute, however long each refusal takes', async () => {
    const { time, interruption } = start()
    const pacer = new Pacer(interruption.signal, time.wait, () => time.now)
    let sent = 0
    const refused = pacer.send(async () => {
      sent += 1
      await time.wait(15_000, interruption.signal)
      throw tooMany
    })
    await expect(time.run(refused)).rejects.toBe(tooMany)
    expect(sent).toBe(3)
    expect(time.now).toBeLessThanOrEqual(60_000)
  })

  it('that fail otherwise are not sent again', async () => {
    const { time, times, send } = start()
    const failure = new Error('no')
    await expect(time.run(send('a', 1, failure))).rejects.toBe(failure)
    expect(times).toEqual([0])
  })

  it('end with the reason of an interruption, wherever they wait', async () => {
    const { interruption, send, times } = start()
    const [first, ...others] = [send('a', 1), send('b'), send('c')]
    await flush()
    const reason = new Error('Ctrl-C')
    interruption.abort(reason)
    await expect(first).rejects.toBe(reason)
    for (const other of others) await expect(other).rejects.toBe(reason)
    await expect(send('d')).rejects.toBe(reason)
    expect(times).toEqual([0])
  })
})
