import type { TerminalSession } from '../context.ts'

/** Asks a terminal what it is (DA2), and the answer of xterm.js, which is that of VS Code and of many web terminals. */
const question = '\u001b[>c'
const answerOfXtermJs = '\u001b[>0;276;0c'

/** Milliseconds after which a terminal has no answer. */
const patience = 150

/**
 * By how many rows xterm.js moves the cursor down from its line when lines at and below it wrap: by all rows that are added,
 * but those of the lowest of these lines. Other terminals keep the cursor in its line.
 */
export function countRowsMoved(wraps: readonly number[]): number {
  return wraps.slice(0, -1).reduce((sum, added) => sum + added, 0)
}

/** Whether the terminal is xterm.js. */
export function detectXtermJs({ input, output }: TerminalSession): Promise<boolean> {
  return new Promise<boolean>((resolve) => {
    const settle = (isXtermJs: boolean) => {
      clearTimeout(timer)
      input.removeListener('data', look)
      resolve(isXtermJs)
    }
    const look = (chunk: Buffer) => {
      const text = chunk.toString('latin1')
      if (isDeviceReport(text)) settle(text.includes(answerOfXtermJs))
    }
    const timer = setTimeout(settle, patience, false)
    input.on('data', look)
    output.write(question)
  })
}

/** Whether a chunk of input holds the answer of a terminal, which is no key. */
export function isDeviceReport(chunk: string): boolean {
  return chunk.includes('\u001b[>')
}
