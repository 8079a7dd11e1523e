import { isAbsolute } from 'node:path'
import { splitRcLines } from '../setup/alias.ts'

/** A file that a line of a start-up file reads. */
export interface SourcedFile {
  /** Absolute. */
  readonly path: string
  /** The index of the line. */
  readonly line: number
}

/** The command that reads a file, and the file. */
const readCommand = /(?:^|[\s;&|({])(?:source|\.)[ \t]+("[^"]*"|'[^']*'|[^\s;&|)]+)/g
const variable = /\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))/g
/** A path may hold variables which hold others. */
const mostRounds = 5

/**
 * The files that an rc text of bash, zsh or fish reads by a path that can be told: from `variables`, and what the text sets
 * itself by plain lines.
 */
export function listSourcedFiles(
  text: string,
  variables: Readonly<Record<string, string | undefined>>,
): SourcedFile[] {
  const lines = splitRcLines(text)
  const assigned = new Map<string, string>()
  const expand = (word: string): string => {
    let path = word.replace(/["']/g, '')
    for (let round = 0; round < mostRounds && path.includes('$'); round++) {
      path = path.replace(variable, (whole, braced: string, otherwise: string | undefined, bare: string) => {
        const name = braced ?? bare
        return variables[name] || assigned.get(name) || otherwise || whole
      })
    }
    return path.replace(/^~(?=\/|$)/, variables['HOME'] ?? '~')
  }
  return lines.flatMap((line, index) => {
    if (/^[ \t]*#/.test(line)) return []
    const [, name, value] = /^[ \t]*(?:(?:export|local|typeset)[ \t]+)?(\w+)=([^\s;&|]+)/.exec(line) ?? []
    if (name !== undefined && value !== undefined) assigned.set(name, value)
    return [...line.matchAll(readCommand)].flatMap(([, word = '']) => {
      const path = expand(word)
      return isAbsolute(path) && !path.includes('$') ? [{ path, line: index }] : []
    })
  })
}
