import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Home } from './home.ts'

/** Puts a named pipe below the home, in the place of whatever is there, and returns its path. */
export function makeFifo(home: Home, name: string): string {
  const path = join(home.path, name)
  mkdirSync(dirname(path), { recursive: true })
  rmSync(path, { force: true })
  const { status, stderr } = spawnSync('mkfifo', [path], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return path
}
