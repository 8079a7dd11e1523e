import { chmodSync } from 'node:fs'
import type { Home } from './home.ts'

/** Writes a program for `sh` below the home and returns its path. */
export function writeScript(home: Home, name: string, body: string): string {
  const path = home.write(name, `#!/bin/sh\n${body}\n`)
  chmodSync(path, 0o755)
  return path
}
