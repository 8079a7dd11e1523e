import { translateWord } from '../cli/foreign-words.ts'
import { switchCommand } from '../cli/table.ts'
import { AssumeError } from '../errors.ts'
import { findAliases, findAliasesWithin, opensBody, splitRcLines } from '../setup/alias.ts'
import { findFunctionsAside } from '../setup/function.ts'
import { printable } from '../text/redact.ts'
import type { StartUpFile } from './facts.ts'
import type { PlanDraft } from './plan.ts'

const mark = '# put aside by assume import: '

/**
 * Plans that the lines like this one become comments. They have to be whole commands of their own at the first column; what
 * stands elsewhere is named only.
 */
export function putLinesAside(draft: PlanDraft, files: readonly StartUpFile[], line: RegExp): void {
  for (const { path, shown, text } of files) {
    const lines = splitRcLines(text)
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
    splitRcLines(text).flatMap((each, index) =>
      line.test(each) && !/^[ \t]*#/.test(each) ? [`${printable(shown)} line ${index + 1}`] : [],
    ),
  )
}

/** What `assume` would be instead of ours in a shell, where it is defined in a start-up file: `PATH line N`. */
export function listDefinitions(files: readonly StartUpFile[]): string[] {
  return files.flatMap(({ path, shown, text }) => {
    try {
      const functions = findFunctionsAside(text, path).map(({ first }) => first)
      const aliases = [...findAliases(text, path), ...findAliasesWithin(text, path)]
      return [...aliases, ...functions].map((line) => `${printable(shown)} line ${line}`)
    } catch (error) {
      // A block of ours that is broken is a matter of setup.
      if (error instanceof AssumeError) return []
      throw error
    }
  })
}

/** The lines that call assume with words of another tool, each with what to write there. */
export function listForeignWords(files: readonly StartUpFile[]): string[] {
  return files.flatMap(({ shown, text }) =>
    splitRcLines(text).flatMap((line, index) => {
      const [, rest = ''] = /^(?![ \t]*#).*?\bassume[ \t]+(.*)$/.exec(line) ?? []
      return rest.split(/[\s"';|&)]+/).flatMap((word) => {
        const ours = word.startsWith('-') ? translateWord(switchCommand, word) : undefined
        if (!ours) return []
        const meant = 'commands' in ours ? ours.commands.join(', then ') : ours.option
        return [`${printable(shown)} line ${index + 1}: ${printable(word)} is ${meant} here`]
      })
    }),
  )
}
