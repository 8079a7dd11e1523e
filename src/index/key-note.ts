import type { IndexSource, PathVariables } from '../system/index-source.ts'
import { pathVariables } from '../system/index-source.ts'
import { isPrintable } from '../text/redact.ts'

/** In which folder of role files one lies: the AWS CLI's, or ours. */
export type RoleFolder = 'cli' | 'roles'

/** Where the credentials of a profile are kept, and all that has to be as it was for that to be so. */
export interface KeyNote {
  readonly name: string
  readonly folder: RoleFolder
  /** The name of the role file. */
  readonly file: string
  /** Whether the core alone may go by it. */
  readonly isForCore: boolean
}

/** What a note is believed by: the environment, the generation and the sources of a fresh index. */
export interface NoteGuard {
  readonly variables: PathVariables
  readonly generation: string
  readonly sources: readonly IndexSource[]
}

/**
 * A note as `bin/assume` reads it, line by line: a version; the profile; the values of the path variables; the generation of
 * the index, in whose folder the stamps are; `cli` or `roles` and the name of the role file; each source of the index, in
 * its order: `absent PATH`, `own PATH` where no link leads to it, `link PATH` and a line with the path at its end; `end`. It
 * holds all that the launcher compares, since dash reads a byte a call. No secret is in it. Undefined where a
 * line could not hold that.
 */
export function formatKeyNote(
  { name, folder, file, isForCore }: KeyNote,
  { variables, generation, sources }: NoteGuard,
): string | undefined {
  const lines = [
    'assume-keys 1',
    name,
    ...pathVariables.map((variable) => variables[variable]),
    generation,
    `${isForCore ? 'core ' : ''}${folder} ${file}`,
    ...sources.flatMap(formatSource),
    'end',
  ]
  return lines.every(isPrintable) ? `${lines.join('\n')}\n` : undefined
}

/** The note of a profile in a text, if it is whole and has exactly this guard; else undefined. */
export function parseKeyNote(text: string, name: string, guard: NoteGuard): KeyNote | undefined {
  const place = text.split('\n')[pathVariables.length + 3] ?? ''
  const [, core, folder, file] = /^(core )?(cli|roles) ([^/]+)$/.exec(place) ?? []
  if (file === undefined) return undefined
  const note = { name, folder: folder as RoleFolder, file, isForCore: core !== undefined }
  return formatKeyNote(note, guard) === text ? note : undefined
}

function formatSource({ path, file }: IndexSource): string[] {
  if (!file) return [`absent ${path}`]
  return file.resolvedPath === path ? [`own ${path}`] : [`link ${path}`, file.resolvedPath]
}
