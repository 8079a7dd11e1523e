import { writeFileSync } from 'node:fs'
import type { Files } from '../../../src/context.ts'
import { nodeFiles } from '../../../src/system/files/files.ts'

/** Files whose changes are counted, and by whose change of that number the process is killed. */
export function countChanges(killAt: number): { files: Files; count: () => number } {
  let count = 0

  /** Counts a change, and ends at the one that is meant, after a part of it where it can be done in parts. */
  function change(doPart?: () => void): void {
    count += 1
    if (count !== killAt) return
    doPart?.()
    process.kill(process.pid, 'SIGKILL')
  }

  const files: Files = {
    ...nodeFiles,
    create(path, bytes, mode) {
      change(() => writeFileSync(path, bytes.subarray(0, bytes.length / 2), { mode }))
      nodeFiles.create(path, bytes, mode)
    },
    createUnflushed(path, bytes, mode) {
      change(() => writeFileSync(path, bytes.subarray(0, bytes.length / 2), { mode }))
      nodeFiles.createUnflushed(path, bytes, mode)
    },
    createLink(path, target) {
      change()
      nodeFiles.createLink(path, target)
    },
    rename(from, to) {
      change()
      nodeFiles.rename(from, to)
    },
    remove(path) {
      change(() => {
        const [first] = nodeFiles.stat(path)?.isDirectory ? nodeFiles.list(path) : []
        if (first !== undefined) nodeFiles.remove(`${path}/${first}`)
      })
      nodeFiles.remove(path)
    },
    makeDirectory(path, mode) {
      change()
      nodeFiles.makeDirectory(path, mode)
    },
    touch(path, mtimeNs) {
      change()
      nodeFiles.touch(path, mtimeNs)
    },
  }
  return { files, count: () => count }
}
