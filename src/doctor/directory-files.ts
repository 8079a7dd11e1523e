import { dirname, isAbsolute, join } from 'node:path'
import type { Context } from '../context.ts'
import { findDirectoryFile } from '../directories/place.ts'
import { readRecorded } from '../directories/record-store.ts'
import { isOnPath } from '../programs/programs.ts'
import type { Paths } from '../system/paths.ts'
import type { DirectoryFile } from './facts.ts'
import { readQuietly } from './tolerant-context.ts'

const variableNames = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_ACCESS_KEY_ID', 'AWS_VAULT'] as const
const miseNames = ['mise.local.toml', '.mise.local.toml', 'mise.toml', '.mise.toml', '.config/mise.toml']

/** The files by which direnv or mise, where they are at work, set variables of ours in the folder of the shell. */
export function findDirectoryFiles(context: Context, { home }: Paths): DirectoryFile[] {
  const { env } = context
  const folders = listFoldersUp(env['PWD'], home)
  const hasDirenv = (env['DIRENV_DIR'] ?? env['DIRENV_DIFF']) !== undefined || isOnPath(context, 'direnv')
  const hasMise = env['MISE_SHELL'] !== undefined || isOnPath(context, 'mise')
  return [
    ...(hasDirenv ? findDirenvFiles(context, folders) : []),
    ...(hasMise ? findMiseFiles(context, folders, home) : []),
  ]
}

/** The nearest `.envrc`, and the `.env` beside it that this may read. */
function findDirenvFiles(context: Context, folders: readonly string[]): DirectoryFile[] {
  const path = folders.map((folder) => join(folder, '.envrc')).find((each) => context.files.stat(each))
  const code = path && readCode(context, path)
  if (path === undefined || code === undefined) return []
  const dotenv = /^[ \t]*dotenv(?:_if_exists)?[ \t]*(?:;|$)/m.test(code) ? [join(dirname(path), '.env')] : []
  const ours = /^[ \t]*use[ \t]+assume(?:[ \t]|$)/m.test(code)
  const own: DirectoryFile = { path, tool: 'direnv', variables: ['AWS_PROFILE'], isByUs: true }
  const others = [path, ...dotenv].flatMap((each): DirectoryFile[] => {
    const variables = listAssigned(readCode(context, each) ?? '')
    return variables.length > 0 ? [{ path: each, tool: 'direnv', variables }] : []
  })
  return ours ? [own, ...others] : others
}

/** The file that says the profile of the folder of the shell, unless the user has denied it. */
export function findProfileFile(context: Context, paths: Paths): string | undefined {
  const { PWD: folder } = context.env
  const file = folder !== undefined && isAbsolute(folder) ? findDirectoryFile(context, folder) : undefined
  return file && readRecorded(context, paths, file.directory).record?.kind !== 'deny' ? file.path : undefined
}

/** All files of the folder and of those above it, which mise takes together, and the user's own. */
function findMiseFiles(context: Context, folders: readonly string[], home: string): DirectoryFile[] {
  const paths = folders.flatMap((folder) => miseNames.map((name) => join(folder, name)))
  return [...paths, join(home, '.config/mise/config.toml')].flatMap((path) => {
    const variables = listAssigned(cutEnvironment(readCode(context, path) ?? ''))
    return variables.length > 0 ? [{ path, tool: 'mise', variables }] : []
  })
}

/** The text without the lines that are comments. */
function readCode(context: Context, path: string): string | undefined {
  return readQuietly(context, path)?.replace(/^[ \t]*#.*$/gm, '')
}

/** The table `env` of a file of mise, and keys of it that stand elsewhere: a task may name a variable, too. */
function cutEnvironment(toml: string): string {
  const tables = toml.split(/^(?=[ \t]*\[)/m).filter((table) => /^[ \t]*\[env\][ \t]*$/m.test(table))
  return [...tables, ...(toml.match(/^[ \t]*env(?:\.|[ \t]*=[ \t]*\{).*$/gm) ?? [])].join('\n')
}

function listAssigned(code: string): string[] {
  return variableNames.filter((each) => new RegExp(`\\b${each}["']?\\s*=`).test(code))
}

/** The folder of the shell and those above it, up to the home or the root. */
function listFoldersUp(start: string | undefined, home: string): string[] {
  const folders: string[] = []
  if (start === undefined || !isAbsolute(start)) return folders
  for (let folder = start; ; folder = dirname(folder)) {
    folders.push(folder)
    if (folder === home || folder === dirname(folder)) return folders
  }
}
