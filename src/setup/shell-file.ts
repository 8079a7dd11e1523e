import { join } from 'node:path'
import type { Context } from '../context.ts'
import type { ShellName } from '../emit/shell.ts'
import { quotePath } from '../emit/word.ts'
import { findNamedHome } from '../system/home.ts'
import { shellFiles } from './load-line.ts'

/** The file of this installation that a shell loads, as a word of that shell. */
export function quoteShellFile(
  shell: ShellName,
  context: Pick<Context, 'installation' | 'env' | 'platform' | 'files'>,
): string {
  return quoteInstalled(shell, shellFiles[shell], context)
}

/** A file below `shell/` of this installation, as a word of that shell. */
export function quoteInstalled(
  shell: ShellName,
  name: string,
  { installation, env, platform, files }: Pick<Context, 'installation' | 'env' | 'platform' | 'files'>,
): string {
  const path = join(installation, 'shell', name)
  // What HOME is in a shell on Windows each goes its own way to find out.
  const home = platform === 'win32' ? undefined : findNamedHome(env, platform)
  if (home === undefined || home === '/' || !files.stat(home)) return quotePath(shell, path, [])
  return quotePath(shell, path, [home.replace(/\/+$/, ''), files.resolve(home)])
}
