import { delimiter, join } from 'node:path'
import type { Context } from '../context.ts'

/** Whether a program can be found on PATH; starts nothing. */
export function isOnPath({ env, files, platform }: Context, program: string): boolean {
  const file = platform === 'win32' ? `${program}.exe` : program
  return (env['PATH'] ?? env['Path'] ?? '').split(delimiter).some((folder) => {
    if (folder === '') return false
    try {
      const stat = files.stat(join(folder, file))
      return stat !== undefined && !stat.isDirectory && (platform === 'win32' || (stat.mode & 0o111) !== 0)
    } catch {
      return false
    }
  })
}
