import { createInterface } from 'node:readline'
import stringWidth from 'string-width'
import type { TerminalSession } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { printable } from '../text/redact.ts'
import { truncateText } from './cell.ts'
import { holdDialogue } from './dialogue.ts'
import type { Frame, Size } from './frame.ts'
import { editLine, type Line, nameKey } from './line-editor.ts'
import type { Look } from './terminal.ts'
import { renderTypedLine } from './typed-line.ts'

export interface TextQuestion {
  readonly label: string
  /** What Enter alone answers; shown behind the label. */
  readonly fallback?: string | undefined
  /** What is wrong with an answer, shown below it; undefined when it is good. */
  readonly check: (answer: string) => string | undefined
}

interface Typing {
  readonly line: Line
  readonly complaint: string
}

/**
 * Asks for a line of text and returns it without the white space around it; question and answer stay on the screen.
 * Throws AssumeError `cancelled` for Ctrl-C, Ctrl-D on an empty line and a terminal that goes away.
 */
export async function askForText(
  session: TerminalSession,
  question: TextQuestion,
  { colour, movesCursor }: Look,
): Promise<string> {
  if (!movesCursor) return askByLine(session, question)
  let typing: Typing = { line: { before: '', after: '' }, complaint: '' }
  const answer = await holdDialogue<string>(session, {
    draw: (size) => renderQuestion(typing, question, size, colour),
    press: (key) => {
      const name = key.text === '' ? nameKey(key) : ''
      if (name === 'ctrl-c') return 'cancel'
      const text = typing.line.before + typing.line.after
      if (name === 'ctrl-d' && text === '') return 'cancel'
      if (name !== 'return' && name !== 'enter') {
        typing = { line: editLine(typing.line, key), complaint: '' }
        return 'draw'
      }
      const reading = readAnswer(text, question)
      if (reading.complaint === undefined) return { answer: reading.answer }
      typing = { ...typing, complaint: reading.complaint }
      return 'draw'
    },
  })
  if (answer === undefined) throw new AssumeError('cancelled', 'cancelled')
  session.output.write(`${printable(question.label)}: ${printable(answer)}\n`)
  return answer
}

/** The question with what was typed so far; no line is as wide as the terminal, for a full line wraps on some. */
export function renderQuestion(
  { line, complaint }: Typing,
  question: TextQuestion,
  { columns }: Size,
  colour: boolean,
): Frame {
  const width = Math.max(1, columns - 1)
  const { text, cursor } = renderTypedLine(line, fitPrompt(question, width), width)
  if (complaint === '') return { lines: [text], cursor }
  const below = truncateText(printable(complaint), width)
  return { lines: [text, colour ? `\u001b[31m${below}\u001b[0m` : below], cursor }
}

async function askByLine({ input, output }: TerminalSession, question: TextQuestion): Promise<string> {
  const lines = createInterface({ input, terminal: false })
  input.once('error', () => lines.close())
  try {
    output.write(formatPrompt(question))
    for await (const line of lines) {
      const { answer, complaint } = readAnswer(line, question)
      if (complaint === undefined) return answer
      output.write(`${printable(complaint)}\n${formatPrompt(question)}`)
    }
    output.write('\n')
    throw new AssumeError('cancelled', 'cancelled')
  } finally {
    lines.close()
  }
}

function readAnswer(
  text: string,
  { fallback, check }: TextQuestion,
): { answer: string; complaint: string | undefined } {
  const answer = text.trim() === '' ? (fallback ?? '') : text.trim()
  return { answer, complaint: answer === '' ? 'an answer is needed' : check(answer) }
}

/** A prompt that leaves room to type in: of one that is too long, the default is cut first. */
function fitPrompt(question: TextQuestion, width: number): string {
  const limit = width - Math.min(24, Math.ceil(width / 2))
  const excess = stringWidth(formatPrompt(question)) - limit
  if (excess <= 0) return formatPrompt(question)
  const { label, fallback = '' } = question
  const shorter = truncateText(printable(fallback), stringWidth(fallback) - excess)
  const prompt = formatPrompt({ label, fallback: shorter })
  return stringWidth(prompt) <= limit ? prompt : `${truncateText(printable(label), limit - 2)}: `
}

function formatPrompt({ label, fallback }: Pick<TextQuestion, 'label' | 'fallback'>): string {
  return `${printable(label)}${fallback ? ` [${printable(fallback)}]` : ''}: `
}
