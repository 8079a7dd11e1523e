import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll } from 'vitest'

/** What `#!/bin/sh` starts somewhere, by the name that it is called by there. */
export interface PosixShell {
  readonly name: string
  /** Undefined where it is not installed. */
  readonly path: string | undefined
  /** Whether it compares the times of files more finely than by the second. */
  readonly isFine: boolean
  /** Whether it can tell the time by itself. */
  readonly hasClock: boolean
}

/** The shells of all systems; to be called in a suite, at whose end what it makes goes. */
export function findPosixShells(): PosixShell[] {
  const folder = mkdtempSync(join(tmpdir(), 'assume-sh-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  return ['dash', 'bash', 'zsh', 'mksh', 'busybox'].map((name) => {
    const program = findProgram(name)
    const path = program === undefined ? undefined : join(folder, name, 'sh')
    if (program !== undefined && path !== undefined) linkAs(program, path)
    return {
      name: `${name} as sh`,
      path,
      isFine: name !== 'busybox',
      hasClock: !['dash', 'busybox'].includes(name),
    }
  })
}

function linkAs(program: string, path: string): void {
  mkdirSync(dirname(path))
  symlinkSync(program, path)
}

function findProgram(name: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
