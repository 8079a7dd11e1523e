import { dirname, isAbsolute, join } from 'node:path'
import type { Context } from '../context.ts'
import { shellNames } from '../emit/shell.ts'
import { AssumeError } from '../errors.ts'
import { hasBlock } from '../setup/block.ts'
import { locateDefinitionFiles } from '../setup/definition-files.ts'
import { shellFiles } from '../setup/load-line.ts'
import { pathsOf, type RcTexts } from '../setup/plan.ts'
import { isInstalled, locateRcFiles, type RcFiles } from '../setup/rc-files.ts'
import { quoteShellFile } from '../setup/shell-file.ts'
import { locatePaths } from '../system/paths.ts'
import { findLoadingLine } from './checks/loading-line.ts'
import { findLoadedFile } from './checks/shell.ts'
import type { LoadedFile, ShellFacts, Unreadable } from './facts.ts'
import { listSourcedFiles } from './sourced-files.ts'
import { readQuietly, readSmallFile } from './tolerant-context.ts'
import { describeUnreadable } from './unreadable.ts'

/** The shells that are installed, or load assume, with the texts of their start-up files. No shell is asked. */
export async function lookAtShells(context: Context): Promise<ShellFacts[]> {
  const { env, platform, userShell } = context
  const { home } = locatePaths(env, platform)
  const folder = findZshFolder(context, home)
  const silent: Context = {
    ...context,
    env: { ...env, ...(folder !== undefined && { ZDOTDIR: folder }) },
    askProgram: () => Promise.resolve({ text: '', end: { failure: 'not-found' } }),
  }
  const found: ShellFacts[] = []
  for (const shell of shellNames) {
    const files = await locateRcFiles(shell, silent)
    if (files.own.length === 0) continue
    const unreadable: Unreadable[] = []
    const read = (path: string): string | undefined => {
      try {
        return readSmallFile(context, path)
      } catch (error) {
        if (!(error instanceof AssumeError)) throw error
        if (files.own.includes(path) || context.files.stat(path))
          unreadable.push(describeUnreadable(context, error))
        return undefined
      }
    }
    const readAll = (paths: readonly string[]) => paths.map((path) => [path, read(path)] as const)
    const started: RcTexts = new Map(readAll(pathsOf(files)))
    // Of fish these are functions by their names, which ours goes before.
    const ofFramework = shell === 'zsh' ? locateDefinitionFiles(shell, silent, started) : []
    const texts: RcTexts = new Map([...started, ...readAll(ofFramework)])
    const isLoading = [...texts].some(([path, text]) => text !== undefined && isBlockThere(text, path))
    if (!isInstalled(shell, context) && !isLoading) continue
    const task = { ...files, quotedFile: quoteShellFile(shell, context) }
    found.push({
      task,
      texts,
      unreadable,
      ofFramework,
      readers: findReaders(silent, files, texts),
      hasFile: context.files.stat(join(context.installation, 'shell', shellFiles[shell])) !== undefined,
      isUsers: shell === userShell,
    })
  }
  return found
}

/** The lines of the start-up files that read another file which loads assume, the last of each file. */
function findReaders(context: Context, { shell, own, login, others }: RcFiles, texts: RcTexts) {
  const { env, platform } = context
  const { home } = locatePaths(env, platform)
  const folder = shell === 'zsh' && own[0] !== undefined ? dirname(own[0]) : undefined
  const variables = { XDG_CONFIG_HOME: join(home, '.config'), ZDOTDIR: folder, ...env, HOME: home }
  return new Map(
    pathsOf({ own, login, others }).flatMap((path) =>
      listSourcedFiles(texts.get(path) ?? '', variables)
        .filter((sourced) => !texts.has(sourced.path))
        .filter((sourced) => findLoadingLine(readQuietly(context, sourced.path) ?? '') >= 0)
        .map(({ line }) => [path, line] as const),
    ),
  )
}

/** What ZDOTDIR is set to in `~/.zshenv`, as far as that can be read. */
function findZshFolder(context: Context, home: string): string | undefined {
  const { env } = context
  const text = readQuietly(context, join(home, '.zshenv')) ?? ''
  const [, word] = /^[ \t]*(?:export[ \t]+)?ZDOTDIR=(\S+)/m.exec(text) ?? []
  if (word === undefined) return env['ZDOTDIR']
  const config = env['XDG_CONFIG_HOME'] || join(home, '.config')
  const path = word
    .replace(/["']/g, '')
    .replace(/\$\{XDG_CONFIG_HOME[^}]*\}|\$XDG_CONFIG_HOME/, config)
    .replace(/^~(?=\/)|\$\{HOME\}|\$HOME/, home)
    .replace(/\}$/, '')
  return isAbsolute(path) && !path.includes('$') ? path : env['ZDOTDIR']
}

function isBlockThere(text: string, path: string): boolean {
  try {
    return hasBlock(text, path)
  } catch (error) {
    if (error instanceof AssumeError) return true
    throw error
  }
}

/** What the lines of the blocks load, by the word that stands there. */
export function lookAtLoadedFiles(
  { files, installation, env, platform }: Context,
  shells: readonly ShellFacts[],
): Map<string, LoadedFile> {
  const { home } = locatePaths(env, platform)
  const root = files.stat(installation) ? files.resolve(installation) : installation
  const look = (word: string): LoadedFile => {
    const path = word
      .replace('$HOME + ', '$HOME')
      .replace(/["'()]/g, '')
      .replace('$HOME', home)
    if (!files.stat(path)) return 'absent'
    return files.resolve(path).startsWith(`${root}/`) ? 'ours' : 'other'
  }
  const words = shells.flatMap(({ texts }) =>
    [...texts.values()].flatMap((text) => findLoadedFile(text ?? '') ?? []),
  )
  return new Map(words.map((word) => [word, look(word)]))
}
