import { blankBlock } from './block.ts'

/**
 * A line that is nothing but an alias called assume: of bash and zsh (`alias assume=". assume"`), or of fish, which
 * takes a space too. One that ends in a backslash goes on in the next line.
 */
const aliasLine =
  /^[ \t]*alias[ \t]+(?:-\S+[ \t]+)*(?:assume|'assume'|"assume")(?:=|[ \t]+)(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s;&|"'#]+(?<!\\))[ \t]*;?[ \t]*(?:#.*)?$/
/** An alias or an abbreviation called assume that is not all of its line: no part of that can become a comment. */
const aliasWithin =
  /(?:^|[;&|({]|\b(?:then|do|else|and|or|builtin)[ \t])[ \t]*(?:alias[ \t]+(?:(?:[^\s;&|"'#]|"(?:[^"\\]|\\.)*"|'[^']*')+[ \t]+)*['"]?assume['"]?=|\\?(?:alias|abbr)[ \t]+(?:-(?!-?[eq])\S+[ \t]+)*(['"]?)assume\1(?:=|[ \t]+[^\s;&|#]))/
/** Both in PowerShell. */
const powerShellWithin =
  /(?:^|[;&|({])[ \t]*(?:(?:Set|New)-Alias|[sn]al)[ \t]+(?:-Name[ \t]+)?(['"]?)assume\1[ \t]/i
const powerShellLine =
  /^[ \t]*(?:(?:Set|New)-Alias|[sn]al)[ \t]+(?:-Name[ \t]+)?(['"]?)assume\1[ \t]+[^\s;|&{}#][^;|&{}#]*(?:#.*)?$/i
const mark = '# put aside by assume setup: '
/** Behind the indentation the command that keeps a place, the mark, and what was there: an alias in any case. */
const markedLine = /^([ \t]*)(: )?# put aside by assume setup: (\S.*)$/
/**
 * After such a line, or indented, a command may be the only one of a compound command, which must not get empty; in
 * PowerShell it may.
 */
export const opensBody = /(?:\b(?:then|do|else)|[{(&|\\]|^[^(]*\)|\([ \t]*\))[ \t]*$/

/** The numbers, from 1, of the lines outside our block that define an alias called assume: it hides our function. */
export function findAliases(text: string, file: string): number[] {
  const lines = splitRcLines(blankBlock(text, file))
  const isAlias = (line: string) => aliasLine.test(line) || powerShellLine.test(line)
  if (!lines.some(isAlias)) return []
  const quoted = findQuoted(lines)
  return lines.flatMap((line, index) => (isAlias(line) && !quoted.has(index) ? [index + 1] : []))
}

/**
 * The numbers, from 1, of the lines outside our block that define an alias or an abbreviation called assume among other
 * things. Each is to be taken out by hand.
 */
export function findAliasesWithin(text: string, file: string): number[] {
  const whole = new Set(findAliases(text, file))
  const pattern = isPowerShell(file) ? powerShellWithin : aliasWithin
  return findCode(splitRcLines(blankBlock(text, file)), pattern).filter((number) => !whole.has(number))
}

/** The numbers, from 1, of the lines that have a match in front of any comment and are no text to the shell. */
export function findCode(lines: readonly string[], pattern: RegExp): number[] {
  const found = lines.flatMap((line, index) => {
    const at = line.search(pattern)
    return at < 0 || /(?:^|\s)#/.test(line.slice(0, at)) ? [] : [index]
  })
  if (found.length === 0) return []
  const quoted = findQuoted(lines)
  return found.filter((index) => !quoted.has(index)).map((index) => index + 1)
}

/** A here-document of bash and zsh, with the word that ends it. */
const hereDocument = /(?<!<)<<(?!<)(-?)[ \t]*(?:'([^']+)'|"([^"]+)"|\\?([\w.-]+))/g
/** The same in PowerShell. */
const hereString = /@(['"])[ \t]*$/

/** The indexes of the lines that are text to the shell. What has no end is none. */
export function findQuoted(lines: readonly string[]): ReadonlySet<number> {
  const quoted = new Set<number>()
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string
    if (/^[ \t]*#/.test(line)) continue
    const ends = [...line.matchAll(hereDocument)].map(
      ([, strips, ...words]) =>
        (each: string) =>
          (strips ? each.replace(/^\t+/, '') : each) === words.find((word) => word !== undefined),
    )
    const [, quote] = hereString.exec(line) ?? []
    if (quote !== undefined) ends.push((each) => each.startsWith(`${quote}@`))
    for (const isEnd of ends) {
      const end = lines.findIndex((each, index) => index > at && isEnd(each))
      for (; at < end; at++) quoted.add(at + 1)
    }
  }
  return quoted
}

/** The rc text with each of those lines as a comment that bears our mark; `restoreAliases` gives the bytes back. */
export function putAliasesAside(text: string, file: string): string {
  const lines = text.split('\n')
  const bare = splitRcLines(blankBlock(text, file))
  for (const index of findAliases(text, file).map((number) => number - 1)) {
    const line = bare[index] as string
    const before = bare.slice(0, index).findLast((each) => each.trim() !== '') ?? ''
    const keepsPlace = aliasLine.test(line) && (/^[ \t]/.test(line) || opensBody.test(before))
    const [indentation] = /^[ \t]*/.exec(line) as RegExpExecArray
    const original = (lines[index] as string).slice(indentation.length)
    lines[index] = `${indentation}${keepsPlace ? ': ' : ''}${mark}${original}`
  }
  return lines.join('\n')
}

/** The rc text without our mark on any alias, whatever else was done to it meanwhile. */
export function restoreAliases(text: string): string {
  return text.split('\n').map(restoreAlias).join('\n')
}

function restoreAlias(line: string): string {
  const [, indentation = '', place, original = ''] = markedLine.exec(line.replace(/\r$/, '')) ?? []
  const isOurs = aliasLine.test(original) || (place === undefined && powerShellLine.test(original))
  if (!isOurs) return line
  return indentation + original + (line.endsWith('\r') ? '\r' : '')
}

/** The lines of a text without their line breaks. */
export function splitRcLines(text: string): string[] {
  return text.split('\n').map((line) => line.replace(/\r$/, ''))
}

/** Whether a start-up file is one of PowerShell. */
export function isPowerShell(file: string): boolean {
  return /\.psm?1$/.test(file)
}
