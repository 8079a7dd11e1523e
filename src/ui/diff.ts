import type { FileEdit } from '../system/files/file-edit.ts'
import { printable } from '../text/redact.ts'
import { diffLines } from './line-diff.ts'

/** Values that have no place in a terminal's scrollback or a log: shown lines of the user's file may hold them. */
const secret = /((?:secret|token|passw(?:or)?d|access_?key|api_?key|mfa_process)\w*['"]?\s*[=: ]\s*)\S.*/i

/** The edits as unified diffs; without context lines' secrets, safe to print. */
export function formatDiff(edits: readonly FileEdit[], { colour }: { colour: boolean }): string {
  return edits.map((edit) => formatEdit(edit, colour)).join('')
}

function formatEdit({ path, before, after }: FileEdit, colour: boolean): string {
  const lines = [
    `--- ${before === undefined ? '/dev/null' : path}`,
    `+++ ${after === undefined ? '/dev/null' : path}`,
    ...diffLines(before ?? '', after ?? '').flatMap((hunk) => [
      `@@ -${formatRange(hunk.oldStart, hunk.oldLines)} +${formatRange(hunk.newStart, hunk.newLines)} @@`,
      ...hunk.lines.map(hideSecret),
    ]),
  ]
  return lines.map((line, index) => `${paint(cleanLine(line), index < 2, colour)}\n`).join('')
}

/** An empty range is named by the line before it. */
function formatRange(start: number, count: number): string {
  if (count === 0) return `${start - 1},0`
  return count === 1 ? String(start) : `${start},${count}`
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
