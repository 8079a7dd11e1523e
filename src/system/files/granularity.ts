/** How far apart two saves of a file lie at least, in milliseconds, that surely get two modification times. */
export const leastGranularity = 20

/**
 * How far apart they lie for a file with this modification time: file systems that keep whole seconds may give two
 * saves of the same two seconds one time, others tell a hundredth of a second apart.
 */
export function measureGranularity(mtimeNs: bigint): number {
  return mtimeNs % 1_000_000_000n === 0n ? 2000 : leastGranularity
}
