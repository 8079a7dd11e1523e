import { spawnSync } from 'node:child_process'
import { lchownSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Home } from './home.ts'
import type { ShellResult } from './shell.ts'

/** A user that no machine has, and a group of which nobody is a member. */
export const otherUser = 54_321
export const otherGroup = 54_322

/** Whether the tests can be other users, and give files to them. */
export const isRoot = process.geteuid?.() === 0

/** Gives a file or folder, with all that is in it, to another user. */
export function give(path: string, userId: number, groupId = userId): void {
  lchownSync(path, userId, groupId)
  for (const name of listIn(path)) lchownSync(join(path, name), userId, groupId)
}

function listIn(path: string): string[] {
  try {
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
  } catch {
    return []
  }
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly groupId?: number
  readonly umask?: number
}

/** Runs assume of a checkout that everybody can read, as another user. */
export function runAs(
  userId: number,
  checkout: string,
  home: Home,
  words: readonly string[],
  { env = {}, groupId = userId, umask = 0o022 }: RunOptions = {},
): ShellResult {
  const before = process.umask(umask)
  try {
    const result = spawnSync(join(checkout, 'bin/assume'), words, {
      uid: userId,
      gid: groupId,
      env: { HOME: home.path, PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', ...env },
      cwd: '/',
      encoding: 'utf8',
    })
    return { status: result.status, stdout: result.stdout, stderr: result.stderr }
  } finally {
    process.umask(before)
  }
}
