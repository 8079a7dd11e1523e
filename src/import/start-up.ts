import { printable } from '../text/redact.ts'
import type { StartUpFile } from './facts.ts'
import type { PlanDraft } from './plan.ts'

const mark = '# put aside by assume import: '
/** After such a line a command may be the only one of a compound command, which must not get empty. */
const opensBody = /(?:\b(?:then|do|else)|[{(&|\\]|^[^(]*\)|\([ \t]*\))[ \t]*$/

/**
 * Plans that the lines like this one become comments. They have to be whole commands of their own at the first column; what
 * stands elsewhere is named only.
 */
export function putLinesAside(draft: PlanDraft, files: readonly StartUpFile[], line: RegExp): void {
  for (const { path, shown, text } of files) {
    const lines = splitLines(text)
    for (const [index, each] of lines.entries()) {
      if (!line.test(each.trimStart())) continue
      const before = lines.slice(0, index).findLast((other) => other.trim() !== '') ?? ''
      const isAlone = line.test(each) && /^[^;&|`$()\\]*$/.test(each) && !opensBody.test(before)
      if (isAlone) draft.add({ asides: [{ path, line: each }] })
      else draft.note('hint', `${printable(shown)} line ${index + 1} does nothing any more: take it out`)
    }
  }
}

/** A start-up file with those lines as comments. */
export function commentLines(text: string, lines: ReadonlySet<string>): string {
  return text
    .split('\n')
    .map((line) => (lines.has(line.replace(/\r$/, '')) ? mark + line : line))
    .join('\n')
}

/** Where such lines are, comments aside: `PATH line N`. */
export function listLines(files: readonly StartUpFile[], line: RegExp): string[] {
  return files.flatMap(({ shown, text }) =>
    splitLines(text).flatMap((each, index) =>
      line.test(each) && !/^[ \t]*#/.test(each) ? [`${printable(shown)} line ${index + 1}`] : [],
    ),
  )
}

function splitLines(text: string): string[] {
  return text.split('\n').map((line) => line.replace(/\r$/, ''))
}
