import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A file system of its own, for what cannot be shown on the machine's disk. */
export class Disk {
  readonly path = mkdtempSync(join(tmpdir(), 'assume-disk-'))

  constructor() {
    try {
      mount('-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', this.path)
    } catch (error) {
      rmdirSync(this.path)
      throw error
    }
  }

  /** Leaves not a byte free. */
  fill(): void {
    for (const size of [65_536, 4096, 1])
      for (let n = 0; n < 100; n += 1) {
        const path = join(this.path, `filling-${size}-${n}`)
        try {
          writeFileSync(path, Buffer.alloc(size))
        } catch {
          rmSync(path, { force: true })
          break
        }
      }
  }

  makeReadOnly(): void {
    mount('-o', 'remount,ro', this.path)
  }

  dispose(): void {
    spawnSync('umount', ['-l', this.path])
    rmdirSync(this.path)
  }
}

/** A small disk that goes when the test is over. */
export function createDisk(): Disk {
  const disk = new Disk()
  onTestFinished(() => disk.dispose())
  return disk
}

function mount(...args: readonly string[]): void {
  const { status, stderr } = spawnSync('mount', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`mount: ${stderr}`)
}

/** Only root may mount, and in most containers not even root. */
export const canMount = (() => {
  try {
    new Disk().dispose()
    return true
  } catch {
    return false
  }
})()
