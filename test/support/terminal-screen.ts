import { type IPty, spawn } from '@lydell/node-pty'
import xterm from '@xterm/headless'

export interface TerminalOptions {
  /** The whole environment of the program, but for TERM (`xterm-256color` unless named) and PWD. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd?: string
  readonly cols?: number
  readonly rows?: number
  /** Milliseconds from the start after which every wait fails: only a hanging test ever gets there. */
  readonly deadline?: number
}

export interface ExitStatus {
  readonly status: number
  /** The number of the signal that ended the program, or 0. */
  readonly signal: number
}

/** What is awaited: a part of the text on the screen, a pattern, or a condition. */
export type Expected = string | RegExp | ((text: string) => boolean)

interface Waiter {
  readonly isMet: () => boolean
  readonly resolve: () => void
  readonly reject: (error: Error) => void
  readonly expected: string
}

/** A program in a real pseudo terminal, and the screen that a person would see, which answers its queries too. */
export class TerminalScreen {
  /** Every byte that the program has sent, in order, before any of it became a picture. */
  get output(): Buffer {
    return Buffer.concat(this.#chunks)
  }

  /** Settles when the program has ended and all it said is on the screen. */
  readonly exit: Promise<ExitStatus>
  readonly pid: number

  readonly #pty: IPty
  readonly #emulator: xterm.Terminal
  readonly #chunks: Buffer[] = []
  readonly #waiters = new Set<Waiter>()
  readonly #timer: NodeJS.Timeout
  #ended: ExitStatus | undefined
  #isLate = false

  private constructor(pty: IPty, emulator: xterm.Terminal, deadline: number) {
    this.#pty = pty
    this.#emulator = emulator
    this.pid = pty.pid
    emulator.onData((answer) => pty.write(answer))
    pty.onData((data) => {
      // Without an encoding the bytes come as they are, which the types do not say.
      const bytes = data as unknown as Buffer
      this.#chunks.push(bytes)
      emulator.write(bytes, () => this.#settleWaiters())
    })
    this.exit = new Promise((resolve) => {
      pty.onExit(({ exitCode, signal = 0 }) => {
        emulator.write('', () => {
          this.#ended = { status: exitCode, signal }
          clearTimeout(this.#timer)
          this.#settleWaiters()
          resolve(this.#ended)
        })
      })
    })
    this.#timer = setTimeout(() => {
      this.#isLate = true
      this.#settleWaiters()
    }, deadline)
  }

  static spawn(command: string, args: readonly string[], options: TerminalOptions): TerminalScreen {
    const { env, cwd, cols = 80, rows = 24, deadline = 100_000 } = options
    const pty = spawn(command, [...args], {
      name: env['TERM'] ?? 'xterm-256color',
      env: { ...env },
      cols,
      rows,
      encoding: null,
      ...(cwd !== undefined && { cwd }),
    })
    return new TerminalScreen(pty, new xterm.Terminal({ cols, rows, allowProposedApi: true }), deadline)
  }

  /** Sends keys, as the bytes that a keyboard sends: Enter is `\r`. */
  type(text: string): void {
    this.#pty.write(text)
  }

  /** The rows that are in sight, from the top, without the blanks at their ends. */
  screen(): string[] {
    const { active } = this.#emulator.buffer
    return Array.from({ length: this.#emulator.rows }, (_, row) =>
      (active.getLine(active.viewportY + row)?.translateToString(true) ?? '').trimEnd(),
    )
  }

  /** The rows that are in sight and those scrolled out above them, one per line. */
  text(): string {
    const { active } = this.#emulator.buffer
    const rows = Array.from({ length: active.length }, (_, row) =>
      (active.getLine(row)?.translateToString(true) ?? '').trimEnd(),
    )
    return rows.join('\n').trimEnd()
  }

  /** Where the cursor is on the screen, counted from 0. */
  get cursor(): { readonly row: number; readonly column: number } {
    const { cursorX: column, cursorY: row } = this.#emulator.buffer.active
    return { row, column }
  }

  /** The modes that programs switch on and off, as the program has left them. */
  get modes(): xterm.IModes & { readonly cursorVisible: boolean } {
    const switches = this.output.toString('latin1').match(/\u001b\[\?25[hl]/g)
    const { modes } = this.#emulator
    return {
      bracketedPasteMode: modes.bracketedPasteMode,
      wraparoundMode: modes.wraparoundMode,
      applicationCursorKeysMode: modes.applicationCursorKeysMode,
      applicationKeypadMode: modes.applicationKeypadMode,
      insertMode: modes.insertMode,
      mouseTrackingMode: modes.mouseTrackingMode,
      originMode: modes.originMode,
      reverseWraparoundMode: modes.reverseWraparoundMode,
      sendFocusMode: modes.sendFocusMode,
      synchronizedOutputMode: modes.synchronizedOutputMode,
      cursorVisible: switches?.at(-1) !== '\u001b[?25l',
    }
  }

  resize(cols: number, rows: number): void {
    this.#emulator.resize(cols, rows)
    this.#pty.resize(cols, rows)
  }

  /**
   * Resolves as soon as what is in sight (`screen()`, one row per line) is as expected: a prompt
   * `$ ` shows as `$`. Rejects, with a picture of the
   * screen, when the program ends or the deadline passes without that.
   */
  waitFor(expected: Expected): Promise<void> {
    const isMet = () => matches(this.screen().join('\n'), expected)
    return new Promise<void>((resolve, reject) => {
      this.#waiters.add({ isMet, resolve, reject, expected: String(expected) })
      this.#settleWaiters()
    })
  }

  /** Ends the program that was started, if it still runs, by its own process id. The kernel hangs up the rest. */
  /** Closes the terminal, as a user closes a window: what runs in it gets SIGHUP and can neither read nor write. */
  hangUp(): void {
    // Of all terminals of node-pty, which the types do not say.
    ;(this.#pty as IPty & { destroy(): void }).destroy()
  }

  async dispose(): Promise<void> {
    if (!this.#ended) this.#pty.kill('SIGKILL')
    await this.exit
    this.#emulator.dispose()
  }

  #settleWaiters(): void {
    for (const waiter of this.#waiters) {
      const isMet = waiter.isMet()
      if (!isMet && !this.#ended && !this.#isLate) continue
      this.#waiters.delete(waiter)
      if (isMet) waiter.resolve()
      else waiter.reject(this.#explain(waiter.expected))
    }
  }

  #explain(expected: string): Error {
    const why = this.#ended ? `the program ended with ${JSON.stringify(this.#ended)}` : 'the deadline passed'
    const picture = this.screen().map((row) => `| ${row}`)
    return new Error([`${why} before the screen showed ${expected}`, ...picture].join('\n'))
  }
}

function matches(text: string, expected: Expected): boolean {
  if (typeof expected === 'string') return text.includes(expected)
  return expected instanceof RegExp ? expected.test(text) : expected(text)
}
