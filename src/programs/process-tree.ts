import { spawnSync } from 'node:child_process'

/** The ids of a process and of all that descend from it; of itself alone where there is no `ps` (Windows). */
export function listTree(root: number): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  const processes = (stdout ?? '').split('\n').map((line) => line.trim().split(/\s+/).map(Number))
  const tree = [root]
  for (const parent of tree) {
    for (const [id = 0, itsParent] of processes) if (itsParent === parent) tree.push(id)
  }
  return tree
}

/** Sends a signal to processes; those that have ended, or are not ours, are no matter. */
export function signalAll(ids: readonly number[], signal: NodeJS.Signals): void {
  for (const id of ids) {
    try {
      process.kill(id, signal)
    } catch {
      // It has ended by itself.
    }
  }
}
