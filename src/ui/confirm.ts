import { createInterface } from 'node:readline'
import type { TerminalSession } from '../context.ts'
import { AssumeError } from '../errors.ts'

/**
 * Asks a question that is answered with yes (Enter too) or no.
 * Throws AssumeError `cancelled` for Ctrl-C, Ctrl-D and a terminal that goes away.
 */
export async function confirm(session: TerminalSession, question: string): Promise<boolean> {
  for (;;) {
    const answer = (await readAnswer(session, `${question} [Y/n] `)).trim().toLowerCase()
    if (['', 'y', 'yes'].includes(answer)) return true
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
