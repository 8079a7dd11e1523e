import { printable } from '../text/redact.ts'
import { type KeyMove, listTakers } from '../tool-keys/key-move.ts'
import type { ImportQuestion, ImportTool, Note, ToolPlan } from './plan.ts'

/** What is there of a tool: `Granted: ~/.granted/config, …`. */
export function formatHeading({ title }: ImportTool, marks: readonly string[]): string {
  return `${title}: ${marks.map((mark) => printable(mark)).join(', ')}\n`
}

const openings: Readonly<Record<Note['kind'], (title: string) => string>> = {
  needs: (title) => `still needs ${title}: `,
  cannot: () => 'not taken over: ',
  hint: () => 'note: ',
}

/** The notes, a line each, what still needs the tool first. */
export function formatNotes({ title }: ImportTool, notes: readonly Note[]): string {
  return (['needs', 'cannot', 'hint'] as const)
    .flatMap((kind) => notes.filter((note) => note.kind === kind))
    .map(({ kind, text }) => `${openings[kind](title)}${printable(text)}\n`)
    .join('')
}

/** The questions where nobody is asked, a line each. */
export function formatOpenQuestions(questions: readonly ImportQuestion[]): string {
  return questions.map(({ text }) => `needs an answer: ${printable(text)}\n`).join('')
}

/** What is changed besides files that a diff shows. */
export function formatOtherChanges({ uses, keys }: ToolPlan['change']): string {
  const history =
    uses.length === 0 ? [] : [`the picker's order: ${count(uses.length, 'profile')} as often as used there`]
  const removals = keys.map(
    ({ name }) => `the temporary keys of [${printable(name)}] leave the credentials file`,
  )
  return [...history, ...removals].map((line) => `${line}\n`).join('')
}

/** The keys that can move where nobody is asked, a line each. */
export function formatMoves(moves: readonly KeyMove[]): string {
  return moves
    .map((move) => {
      const names = listTakers(move).map((name) => printable(name))
      return `keys of ${names.join(', ')}: asked, one at a time; until then in ${move.origin.tool}'s store\n`
    })
    .join('')
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
