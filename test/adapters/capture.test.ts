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
const { captureProgram } = await import('../../src/adapters/capture.ts')
afterAll(() => void vi.resetModules())

it('is interrupted also when the end of the program that Ctrl-C ends, too, is seen just before the signal', async () => {
  const reason = new Error('cancelled')
  const interruption = new AbortController()
  const captured = captureProgram('helper', [], { limit: 60_000, mayAsk: true, signal: interruption.signal })
  await vi.waitUntil(() => endings.length > 0)
  setImmediate(() => interruption.abort(reason))
  endings[0]?.()
  await expect(captured).rejects.toBe(reason)
})
