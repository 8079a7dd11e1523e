import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { vi } from 'vitest'
import type { Home } from './home.ts'

const script = `#!/bin/sh
printf '%s\\0' "$0" "$@" > "$HOME/argv.new"
printf '%s\\0' "in $(/bin/readlink /proc/self/fd/0)" "keys \${AWS_ACCESS_KEY_ID-none}" > "$HOME/state"
/bin/mv "$HOME/argv.new" "$HOME/argv"
`

/** Writes a browser below the home that keeps what it is started with, and returns its path. */
export function writeStubBrowser(home: Home, name: string): string {
  const path = home.write(name, script)
  chmodSync(path, 0o755)
  return path
}

/** The path and the arguments of the stub that was started, as soon as it is; fails where none is. */
export async function readStarted(home: Home): Promise<string[]> {
  const path = join(home.path, 'argv')
  await vi.waitUntil(() => existsSync(path), { timeout: 100_000 })
  return splitFile(path)
}

/** What that stub had: `in ` with where its stdin leads, and `keys ` with the access key of its environment or `none`. */
export function readState(home: Home): string[] {
  return splitFile(join(home.path, 'state'))
}

function splitFile(path: string): string[] {
  return readFileSync(path, 'utf8').split('\0').slice(0, -1)
}
