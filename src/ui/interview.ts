import type { Terminal } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { printable } from '../text/redact.ts'
import type { Choices } from './choices.ts'
import { chooseRow } from './choose-row.ts'
import { confirm } from './confirm.ts'
import { locateIn, rankProfiles } from './ranking.ts'
import { prepareRows } from './row-ranking.ts'
import { canAsk, holdTerminal, type Look } from './terminal.ts'
import type { TextQuestion } from './text-question.ts'

/** A question that a flag answers too. */
export interface FlagQuestion extends TextQuestion {
  /** The flag with its value's name: `--account ID`. */
  readonly flag: string
}

/** Something to pick from a table; the first cell is its name. */
export interface PickQuestion {
  readonly label: string
  readonly flag: string
  readonly heading: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** The index of the row that is the default, if one is. */
  readonly fallback?: number
}

export interface InterviewOptions {
  /** The command that asks, for hints: `assume configure`. */
  readonly command: string
  /** Whether every question is answered by its default, without being asked. */
  readonly takesDefaults: boolean
  readonly look: Look
}

/**
 * The questions of a command, asked one after the other. Between two of them the terminal is as it was. Every method
 * throws AssumeError `cancelled`; where nothing can be asked, one that names the flag: `terminal-needed`, or `usage`
 * when defaults were to be taken and there is none.
 */
export class Interview {
  /** Whether there is somebody to ask. */
  readonly asks: boolean
  readonly takesDefaults: boolean
  readonly #terminal: Terminal
  readonly #options: InterviewOptions

  constructor(terminal: Terminal, options: InterviewOptions) {
    this.#terminal = terminal
    this.#options = options
    this.takesDefaults = options.takesDefaults
    this.asks = !options.takesDefaults && canAsk(terminal)
  }

  async askForText(question: FlagQuestion): Promise<string> {
    const { fallback, label, flag } = question
    if (this.takesDefaults && fallback !== undefined) return fallback
    if (!this.asks) throw this.refuse(label, flag)
    const { askForText } = await import('./text-question.ts')
    return holdTerminal(this.#terminal, (session) => askForText(session, question, this.#options.look))
  }

  /** The index of the row that is picked. */
  async pick({ label, flag, heading, rows, fallback }: PickQuestion): Promise<number> {
    if (this.takesDefaults && fallback !== undefined) return fallback
    if (!this.asks) throw this.refuse(label, flag, rows)
    const candidates = prepareRows(rows)
    const choices: Choices = {
      heading,
      rows: rows.map((cells) => ({ cells, active: false, usable: true })),
      rank: (query) => rankProfiles(query, candidates),
      locate: (query, row) => locateIn(query, candidates, row),
    }
    return holdTerminal(this.#terminal, async (session) => {
      const index = await chooseRow(session, choices, this.#options.look, label)
      if (index === undefined) throw new AssumeError('cancelled', 'cancelled')
      const row = rows[index]?.filter((cell) => cell !== '').join(' · ') ?? ''
      session.output.write(`${printable(label)}: ${printable(row)}\n`)
      return index
    })
  }

  /** Puts an answer that needed no question where the others stand. */
  async tell(label: string, answer: string): Promise<void> {
    if (!this.asks) return
    await holdTerminal(this.#terminal, async ({ output }) => {
      output.write(`${printable(label)}: ${printable(answer)}\n`)
    })
  }

  /** Asks for a yes after showing `text`, which may have several lines. */
  confirm(question: string, text = ''): Promise<boolean> {
    return holdTerminal(this.#terminal, (session) => {
      session.output.write(text)
      return confirm(session, question)
    })
  }

  /** The AssumeError for a question that nobody can be asked; `rows` are the possible answers. */
  refuse(label: string, flag: string, rows: readonly (readonly string[])[] = []): AssumeError {
    const { command } = this.#options
    const reason = this.takesDefaults ? 'there is no default for it' : 'there is no terminal to ask on'
    return new AssumeError(
      this.takesDefaults ? 'usage' : 'terminal-needed',
      `${label} is needed: ${reason}${listRows(rows)}`,
      { hint: `${command} ${flag}` },
    )
  }
}

/** More would hide the message above them. */
const listedLimit = 10

function listRows(rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const listed = rows.slice(0, listedLimit).map((cells) => `\n  ${printable(cells.join('  ').trimEnd())}`)
  const rest = rows.length - listed.length
  return `; there are${listed.join('')}${rest > 0 ? `\n  … and ${rest} more` : ''}`
}
