import { createInterface } from 'node:readline'
import type { TerminalSession } from '../context.ts'
import { AssumeError } from '../errors.ts'

/**
 * Asks a question that is answered with yes or no, and by Enter with `fallback`.
 * Throws AssumeError `cancelled` for Ctrl-C, Ctrl-D and a terminal that goes away.
 */
export async function confirm(session: TerminalSession, question: string, fallback = true): Promise<boolean> {
  for (;;) {
    const choices = fallback ? '[Y/n]' : '[y/N]'
    const answer = (await readAnswer(session, `${question} ${choices} `)).trim().toLowerCase()
    if (answer === '') return fallback
    if (['y', 'yes'].includes(answer)) return true
    if (['n', 'no'].includes(answer)) return false
  }
}

function readAnswer({ input, output }: TerminalSession, prompt: string): Promise<string> {
  const lines = createInterface({ input, output, terminal: true, historySize: 0 })
  return new Promise<string>((resolve, reject) => {
    const cancel = () => {
      output.write('\n')
      reject(new AssumeError('cancelled', 'cancelled'))
    }
    // Ctrl-C and Ctrl-D close it too.
    lines.once('close', cancel)
    lines.question(prompt, (answer) => {
      lines.removeListener('close', cancel)
      resolve(answer)
    })
  }).finally(() => lines.close())
}
