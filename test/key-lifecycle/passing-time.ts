/** The time that has passed in waits, in milliseconds. */
let passed = 0

/** Stands in for a wait: it takes no time, but for clocks that add `readPassedTime`. */
export async function passTime(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  passed += milliseconds
}

export function readPassedTime(): number {
  return passed
}
