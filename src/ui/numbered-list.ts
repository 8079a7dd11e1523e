import { createInterface } from 'node:readline'
import type { TerminalSession } from '../context.ts'
import type { Choices } from './choices.ts'
import { formatColumns } from './columns.ts'
import { measure } from './frame.ts'

/** More would push the first ones off most screens. */
const shownLimit = 20

/**
 * Lets the user pick a row on a terminal that cannot move its cursor, by a number or a part of the name: its index, or
 * undefined at the end of the input.
 */
export async function pickByNumber(
  { input, output }: TerminalSession,
  choices: Choices,
): Promise<number | undefined> {
  const { rank } = choices
  let listed = rank('').slice(0, shownLimit)
  const prepareQuestion = async () =>
    `${await formatList(choices, listed, measure(output).columns)}number or part of a name: `
  output.write(await prepareQuestion())
  const lines = createInterface({ input, terminal: false })
  input.once('error', () => lines.close())
  try {
    for await (const line of lines) {
      const answer = readAnswer(line.trim(), listed, choices)
      if (typeof answer === 'number') return answer
      if (answer.length === 0) output.write(`nothing matches\n`)
      else listed = answer.slice(0, shownLimit)
      output.write(await prepareQuestion())
    }
    output.write('\n')
    return undefined
  } finally {
    lines.close()
  }
}

/** The row that is meant, or those that could be. */
function readAnswer(
  answer: string,
  listed: readonly number[],
  { rows, rank }: Choices,
): number | readonly number[] {
  const numbered = /^[0-9]+$/.test(answer) ? listed[Number(answer) - 1] : undefined
  if (numbered !== undefined) return numbered
  const named = rows.findIndex(({ cells }) => cells[0] === answer)
  if (named !== -1) return named
  const matches = rank(answer)
  return matches.length === 1 ? (matches[0] as number) : matches
}

function formatList({ heading, rows }: Choices, listed: readonly number[], width: number): Promise<string> {
  const columns = heading.map((title, at) => ({
    title,
    cells: listed.map((index) => rows[index]?.cells[at] ?? ''),
  }))
  const numbers = { title: '', cells: listed.map((_, position) => `${position + 1}`) }
  const marks = { title: '', cells: listed.map((index) => (rows[index]?.active ? '*' : '')) }
  return formatColumns([numbers, marks, ...columns], { width })
}
