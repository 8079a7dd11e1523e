import { vi } from 'vitest'

/**
 * Ends a timer of so many milliseconds that is set from now on in this process, as soon as `isDue`: a time limit that
 * passes at an event and not at a time. Call it before what sets the timer.
 */
export async function endTimer(milliseconds: number, isDue: () => boolean): Promise<void> {
  const set = vi.spyOn(globalThis, 'setTimeout')
  const find = () => set.mock.calls.find(([, delay]) => delay === milliseconds)
  try {
    await vi.waitUntil(() => find() !== undefined && isDue(), { timeout: 100_000 })
    const [end, , ...words] = find() as unknown as [(...words: unknown[]) => void, number, ...unknown[]]
    end(...words)
  } finally {
    set.mockRestore()
  }
}
