/** A file or folder that the profile index is built from, as it was at some moment. */
export interface IndexSource {
  readonly path: string
  /** Absent when nothing was there. */
  readonly file?: SourceFile
}

/** What tells a file from every other one, and from what it was before a change. Times in nanoseconds since the epoch. */
export interface SourceFile {
  /** Where the path leads when every link is followed. */
  readonly resolvedPath: string
  readonly mtimeNs: bigint
  readonly ctimeNs: bigint
  readonly inode: bigint
  /** In bytes. */
  readonly size: number
  /** What is read from a pipe is gone, so no index of it could ever be told to be fresh. */
  readonly isPipe?: boolean
  /** Whether anybody has the right to write to it, be it the owner. */
  readonly isWritable?: boolean
}

/** Whether a source is what it was: still absent, or the same file, unchanged. */
export function isUnchanged(before: IndexSource, { path, file }: IndexSource): boolean {
  if (before.path !== path) return false
  if (!before.file || !file) return before.file === file
  return (
    before.file.resolvedPath === file.resolvedPath &&
    before.file.mtimeNs === file.mtimeNs &&
    before.file.ctimeNs === file.ctimeNs &&
    before.file.inode === file.inode &&
    before.file.size === file.size
  )
}

/** The variables that decide where the sources lie, in the order of the index's first line. */
export const pathVariables = [
  'HOME',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'XDG_CONFIG_HOME',
] as const

/** Their values; one that is not set counts as empty. */
export type PathVariables = Readonly<Record<(typeof pathVariables)[number], string>>

/** The variables of an environment that decide where the sources lie. */
export function pickPathVariables(env: Readonly<Record<string, string | undefined>>): PathVariables {
  return Object.fromEntries(pathVariables.map((name) => [name, env[name] ?? ''])) as PathVariables
}

/**
 * The paths of config, credentials, settings and plugin folder as the shells put them together, which do not tidy them up:
 * an index that names other ones is none to them.
 */
export function spellSources(variables: PathVariables): string[] {
  const home = dropSlash(variables.HOME)
  const config = variables.XDG_CONFIG_HOME
  const folder = config.startsWith('/') ? dropSlash(config) : `${home}/.config`
  const files = [
    variables.AWS_CONFIG_FILE || '~/.aws/config',
    variables.AWS_SHARED_CREDENTIALS_FILE || '~/.aws/credentials',
  ]
  const expanded = files.map((path) => (path.startsWith('~/') ? home + path.slice(1) : path))
  return [...expanded, `${folder}/assume/config`, `${folder}/assume/plugins`]
}

function dropSlash(path: string): string {
  return path.replace(/\/$/, '')
}
