import { isAbsolute, join } from 'node:path'
import type { Context } from '../context.ts'
import type { ShellName } from '../emit/shell.ts'
import { expandHome, locatePaths } from '../system/paths.ts'
import type { RcTexts } from './plan.ts'

/**
 * The files of a shell that can define something called assume, besides those that setup reads anyway: what oh-my-zsh reads of
 * the user's own, and the functions that fish loads by their names. `texts` are those of the start-up files.
 */
export function locateDefinitionFiles(shell: ShellName, context: Context, texts: RcTexts): string[] {
  const { home } = locatePaths(context.env, context.platform)
  if (shell === 'zsh') return list(context, findCustomFolder(context, home, texts), '.zsh')
  if (shell !== 'fish') return []
  const base = context.env['XDG_CONFIG_HOME']
  const folder = base && isAbsolute(base) ? base : join(home, '.config')
  return list(context, join(folder, 'fish', 'functions'), '.fish')
}

/** `$ZSH_CUSTOM`, as the environment or a start-up file says, else what it is by itself. */
function findCustomFolder({ env }: Context, home: string, texts: RcTexts): string {
  const read = (name: string) => {
    const line = new RegExp(String.raw`^[ \t]*(?:export[ \t]+)?${name}=(["']?)([^"'\s;]+)\1`, 'm')
    const word = env[name] || [...texts.values()].map((text) => line.exec(text ?? '')?.[2]).find(Boolean)
    return word && expandHome(word.replace(/^\$(?:HOME|\{HOME\})/, home), { home })
  }
  const own = read('ZSH') ?? join(home, '.oh-my-zsh')
  const custom = read('ZSH_CUSTOM')?.replace(/^\$(?:ZSH|\{ZSH\})/, own)
  return custom !== undefined && isAbsolute(custom) ? custom : join(own, 'custom')
}

function list({ files }: Context, folder: string, ending: string): string[] {
  try {
    const names = files.stat(folder)?.isDirectory ? files.list(folder) : []
    return names
      .filter((name) => name.endsWith(ending))
      .sort()
      .map((name) => join(folder, name))
  } catch {
    // Which is no reason to set up no shell.
    return []
  }
}
