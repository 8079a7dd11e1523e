import { join } from 'node:path'
import type { Context } from '../context.ts'
import type { ShellName } from '../emit/shell.ts'
import { quotePath } from '../emit/word.ts'
import { findNamedHome } from '../system/home.ts'

/** The file of each shell below `shell/`, and the command that loads it. */
const programs: Readonly<Record<ShellName, { file: string; load: string }>> = {
  bash: { file: 'bash/assume.bash', load: '.' },
  zsh: { file: 'zsh/assume.plugin.zsh', load: '.' },
  fish: { file: 'fish/conf.d/assume.fish', load: 'source' },
  powershell: { file: 'powershell/Assume/Assume.psd1', load: 'Import-Module' },
}

/** The file of this installation that a shell loads, as a word of that shell. */
export function quoteShellFile(
  shell: ShellName,
  { installation, env, platform, files }: Pick<Context, 'installation' | 'env' | 'platform' | 'files'>,
): string {
  const path = join(installation, 'shell', programs[shell].file)
  // What HOME is in a shell on Windows each goes its own way to find out.
  const home = platform === 'win32' ? undefined : findNamedHome(env, platform)
  if (home === undefined || home === '/' || !files.stat(home)) return quotePath(shell, path, [])
  return quotePath(shell, path, [home.replace(/\/+$/, ''), files.resolve(home)])
}

/** The statement that loads a file, which is quoted for the shell, into an open shell. */
export function formatLoad(shell: ShellName, quotedFile: string): string {
  return `${programs[shell].load} ${quotedFile}`
}
