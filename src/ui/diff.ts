import type { FileEdit } from '../system/files/file-edit.ts'
import { splitLines } from '../text/line.ts'
import { printable } from '../text/redact.ts'
import { diffLines, type Hunk } from './line-diff.ts'

/** What is in the names of values that have no place in a terminal's scrollback or a log. */
const secretWord = '(?:secret|token|passw(?:or)?d|access_?key|api_?key|mfa_process)'
/** Shown lines of the user's file may hold such a value. */
const secret = new RegExp(String.raw`(${secretWord}\w*['"]?\s*[=: ]\s*)\S.*`, 'i')
/** Its key in an INI file, where it goes on in the lines that are indented more than the key is. */
const secretKey = new RegExp(String.raw`^([ \t]*)[\w.-]*${secretWord}[\w.-]*[ \t]*[=:]`, 'i')

/** The edits as unified diffs; without context lines' secrets, safe to print. */
export function formatDiff(edits: readonly FileEdit[], { colour }: { colour: boolean }): string {
  return edits.map((edit) => formatEdit(edit, colour)).join('')
}

function formatEdit({ path, before, after }: FileEdit, colour: boolean): string {
  const hidden = { before: findSecretLines(before ?? ''), after: findSecretLines(after ?? '') }
  const lines = [
    `--- ${before === undefined ? '/dev/null' : path}`,
    `+++ ${after === undefined ? '/dev/null' : path}`,
    ...diffLines(before ?? '', after ?? '').flatMap((hunk) => [
      `@@ -${formatRange(hunk.oldStart, hunk.oldLines)} +${formatRange(hunk.newStart, hunk.newLines)} @@`,
      ...hideSecrets(hunk, hidden),
    ]),
  ]
  return lines.map((line, index) => `${paint(cleanLine(line), index < 2, colour)}\n`).join('')
}

/** An empty range is named by the line before it. */
function formatRange(start: number, count: number): string {
  if (count === 0) return `${start - 1},0`
  return count === 1 ? String(start) : `${start},${count}`
}

/** The numbers, from 1, of the lines that go on with a secret value. */
function findSecretLines(text: string): ReadonlySet<number> {
  const found = new Set<number>()
  let keyIndent: number | undefined
  for (const [index, line] of splitLines(text).entries()) {
    const indent = line.search(/\S/)
    // Blank lines and comments do not end a value.
    if (indent < 0 || (indent === 0 && /^[#;]/.test(line))) continue
    if (keyIndent !== undefined && indent > keyIndent) found.add(index + 1)
    else keyIndent = secretKey.exec(line)?.[1]?.length
  }
  return found
}

/** The lines of a hunk without secrets; a line that goes on with one is hidden also where its key is not in the hunk. */
function hideSecrets(
  { oldStart, newStart, lines }: Hunk,
  { before, after }: Readonly<Record<'before' | 'after', ReadonlySet<number>>>,
): string[] {
  let [oldLine, newLine] = [oldStart, newStart]
  return lines.map((line) => {
    const mark = line.charAt(0)
    if (mark === '\\') return line
    const isHidden = (mark !== '+' && before.has(oldLine)) || (mark !== '-' && after.has(newLine))
    if (mark !== '+') oldLine += 1
    if (mark !== '-') newLine += 1
    return isHidden ? line.replace(/^(.\s*)\S.*/s, '$1***') : hideSecret(line)
  })
}

function hideSecret(line: string): string {
  return line.includes('assume') ? line : line.replace(secret, '$1***')
}

function cleanLine(line: string): string {
  return printable(line.replace(/\r$/, ''), { multiline: true })
}

const codes: Readonly<Record<string, string>> = { '+': '\u001b[32m', '-': '\u001b[31m', '@': '\u001b[36m' }

function paint(line: string, isHeading: boolean, colour: boolean): string {
  const code = isHeading ? '\u001b[1m' : codes[line.charAt(0)]
  return colour && code ? `${code}${line}\u001b[0m` : line
}
