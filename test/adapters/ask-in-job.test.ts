import { PassThrough } from 'node:stream'
import { afterAll, expect, it, vi } from 'vitest'

const { endings } = vi.hoisted(() => ({ endings: [] as (() => void)[] }))

/** Stands for a program that ends when the test says so: in which order a system tells of two things cannot be had. */
vi.mock('execa', () => ({
  execa: () =>
    Object.assign(new Promise((resolve) => endings.push(() => resolve({ exitCode: 1 }))), {
      stdout: new PassThrough(),
      stderr: new PassThrough(),
      exitCode: 1,
      signalCode: null,
      pid: undefined,
    }),
}))

// Other files in this process have loaded it with the real one, and others will.
vi.resetModules()
const { askProgram } = await import('../../src/adapters/ask.ts')
afterAll(() => void vi.resetModules())

it('is interrupted also when the end of the program that Ctrl-C ends, too, is seen just before the signal', async () => {
  const reason = new Error('cancelled')
  const interruption = new AbortController()
  const { signal } = interruption
  const asked = askProgram('helper', [], { env: {}, limit: 60_000, partner: 'user', signal })
  await vi.waitUntil(() => endings.length > 0)
  setImmediate(() => interruption.abort(reason))
  endings[0]?.()
  await expect(asked).rejects.toBe(reason)
})
