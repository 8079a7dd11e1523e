/** Brings the profile index of HOME up to date: `KILL-AT`, the number of the change of the disk at which it is killed. */
import { writeFileSync } from 'node:fs'
import type { Context, Files } from '../../../src/context.ts'
import { nodeFiles } from '../../../src/system/files/files.ts'
import { updateIndex } from '../../support/profile-index.ts'

const killAt = Number(process.argv[2])
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

const world = {
  env: { HOME: process.env['HOME'] },
  platform: process.platform,
  now: Date.now,
  trace: () => {},
}
await updateIndex({ ...world, files } as unknown as Context)
process.stdout.write(`${count} changes\n`)
