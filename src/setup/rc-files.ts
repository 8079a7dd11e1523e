import { dirname, isAbsolute, join } from 'node:path'
import type { Context, Files } from '../context.ts'
import type { ShellName } from '../emit/shell.ts'
import { isOnPath } from '../programs/programs.ts'
import { locatePaths } from '../system/paths.ts'
import { statReachable } from './reachable.ts'

/** The files that a shell reads when it starts, as far as setup is concerned. */
export interface RcFiles {
  readonly shell: ShellName
  /** Each takes a block; none when it cannot be told where they are. */
  readonly own: readonly string[]
  /** bash's login files: terminals on macOS, tmux and ssh open login shells, so one of them may need a block too. */
  readonly login: readonly string[]
  /** Read only for what they say of themes and aliases; absent ones are no matter. */
  readonly others: readonly string[]
  /** Names of files that tell which theme is installed, without being read. */
  readonly signs: readonly string[]
}

/** Finds the rc files of a shell, each once; zsh and PowerShell are asked where theirs are. */
export async function locateRcFiles(shell: ShellName, context: Context): Promise<RcFiles> {
  return dropLinks(await locateFiles(shell, context), context.files)
}

/** Leaves out paths that lead to a file that another one leads to: an edit of the one is an edit of the other. */
function dropLinks({ own, login, others, ...rest }: RcFiles, files: Files): RcFiles {
  const identify = (path: string) => (statReachable(files, path) ? files.resolve(path) : path)
  const seen = new Set(own.map(identify))
  // The login file that is `.bashrc` itself needs no block, and hides the others.
  const used = login.find((path) => statReachable(files, path))
  const isOwn = used !== undefined && seen.has(identify(used))
  const isNew = (path: string) => seen.size < seen.add(identify(path)).size
  return {
    ...rest,
    own,
    login: isOwn ? [] : login.filter(isNew),
    others: others.filter(isNew),
  }
}

async function locateFiles(shell: ShellName, context: Context): Promise<RcFiles> {
  const { home } = locatePaths(context.env, context.platform)
  switch (shell) {
    case 'bash':
      return locateBash(home, context.platform)
    case 'zsh':
      return locateZsh(home, context)
    case 'fish':
      return locateFish(join(findConfigFolder(home, context), 'fish'), context)
    case 'powershell':
      return locatePowerShell(home, context)
  }
}

/** Whether the shell is installed on this machine. */
export function isInstalled(shell: ShellName, context: Context): boolean {
  const programs = shell === 'powershell' ? powerShells(context.platform) : [shell]
  return programs.some((program) => isOnPath(context, program))
}

function locateBash(home: string, platform: NodeJS.Platform): RcFiles {
  const login = ['.bash_profile', '.bash_login', '.profile'].map((name) => join(home, name))
  return {
    shell: 'bash',
    own: [join(home, '.bashrc')],
    // Git's bash on Windows makes one by itself that reads `.bashrc`, unless there is one.
    login: platform === 'win32' ? [] : login,
    others: [...login, join(home, '.bash_aliases')],
    signs: [],
  }
}

/** ZDOTDIR is often set in `~/.zshenv` only, so zsh itself is asked; what that file prints comes first. */
async function locateZsh(home: string, context: Context): Promise<RcFiles> {
  const asked = (await ask(context, 'zsh', ['-c', `print -r -- \${ZDOTDIR-}`])).split('\n').at(-2)
  const folder = [asked, context.env['ZDOTDIR']].find((path) => path && isAbsolute(path)) ?? home
  const names = ['.zshenv', '.zprofile', '.zlogin', '.zsh_plugins.txt', '.zimrc', '.zpreztorc']
  const others = [...names.map((name) => join(folder, name)), join(home, '.zshenv'), join(home, '.zshrc')]
  return { shell: 'zsh', own: [join(folder, '.zshrc')], login: [], others, signs: [] }
}

function locateFish(folder: string, { files }: Context): RcFiles {
  const own = join(folder, 'conf.d', 'assume.fish')
  const list = (name: string) => {
    const path = join(folder, name)
    if (!statReachable(files, path)?.isDirectory) return []
    return files.list(path).filter((each) => each.endsWith('.fish'))
  }
  const snippets = list('conf.d').map((name) => join(folder, 'conf.d', name))
  const others = [join(folder, 'config.fish'), join(folder, 'fish_plugins'), ...snippets]
  return { shell: 'fish', own: [own], login: [], others, signs: [...snippets, ...list('functions')] }
}

const profileQuestion = ['-NoProfile', '-NonInteractive', '-Command']
const profileNames = '$PROFILE.CurrentUserAllHosts; $PROFILE.CurrentUserCurrentHost'

async function locatePowerShell(home: string, context: Context): Promise<RcFiles> {
  const own = new Set<string>()
  const others = new Set<string>()
  for (const program of powerShells(context.platform)) {
    if (!isOnPath(context, program)) continue
    const answer = await ask(context, program, [...profileQuestion, profileNames])
    const [allHosts, currentHost] = answer.split(/\r?\n/).filter((line) => line !== '')
    if (allHosts === undefined || !isAbsolute(allHosts)) continue
    own.add(allHosts)
    others.add(currentHost ?? join(dirname(allHosts), 'Microsoft.PowerShell_profile.ps1'))
  }
  if (own.size === 0 && context.platform !== 'win32') {
    const folder = join(findConfigFolder(home, context), 'powershell')
    own.add(join(folder, 'profile.ps1'))
    others.add(join(folder, 'Microsoft.PowerShell_profile.ps1'))
  }
  return { shell: 'powershell', own: [...own], login: [], others: [...others], signs: [] }
}

/** What a program prints; nothing when it cannot be started or fails. */
async function ask({ askProgram, env }: Context, program: string, args: readonly string[]): Promise<string> {
  const { text, end } = await askProgram(program, args, { env, limit: 10_000 })
  return 'status' in end && end.status === 0 ? text : ''
}

function powerShells(platform: NodeJS.Platform): readonly string[] {
  return platform === 'win32' ? ['pwsh', 'powershell'] : ['pwsh']
}

function findConfigFolder(home: string, { env }: Context): string {
  const folder = env['XDG_CONFIG_HOME']
  return folder && isAbsolute(folder) ? folder : join(home, '.config')
}
