import type { TerminalSession } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { printable } from '../text/redact.ts'
import { splitCharacters } from './cut.ts'
import { listenToKeys } from './keyboard.ts'
import { nameKey } from './line-editor.ts'

export interface SecretQuestion {
  readonly label: string
  /** What is wrong with an answer, said before it is asked for again; undefined when it is good. */
  readonly check: (answer: string) => string | undefined
}

/**
 * Asks for a line that is not shown, not even by its length, and returns it as it was typed. Nothing is drawn but the label, so it
 * is the same on a terminal that only knows lines. Throws AssumeError `cancelled` for Ctrl-C, Ctrl-D on an empty line and a
 * terminal that goes away.
 */
export async function askForSecret(session: TerminalSession, question: SecretQuestion): Promise<string> {
  return keepSilent(session, async () => {
    for (;;) {
      const answer = await readSecret(session, `${printable(question.label)}: `)
      const complaint = question.check(answer)
      if (complaint === undefined) return answer
      session.output.write(`${printable(complaint)}\n`)
    }
  })
}

/** Keeps the terminal from showing what is typed, between the questions of `ask` as well. */
export async function keepSilent<Answer>(
  { input }: TerminalSession,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  // What is no terminal shows nothing of what it is sent.
  if (!input.isTTY || input.isRaw) return ask()
  input.setRawMode(true)
  try {
    return await ask()
  } finally {
    input.setRawMode(false)
  }
}

async function readSecret({ input, output }: TerminalSession, prompt: string): Promise<string> {
  output.write(prompt)
  try {
    return await waitForLine(input)
  } finally {
    output.write('\n')
    input.pause()
  }
}

function waitForLine(input: NodeJS.ReadStream): Promise<string> {
  return new Promise<string>((resolve, reject) => {
    let text = ''
    const settle = (end: () => void) => {
      stopListening()
      input.removeListener('end', cancel).removeListener('close', cancel).removeListener('error', cancel)
      end()
    }
    const cancel = () => settle(() => reject(new AssumeError('cancelled', 'cancelled')))
    const stopListening = listenToKeys(input, (key) => {
      if (key.text !== '') {
        text += key.text
        return
      }
      const name = nameKey(key)
      if (name === 'return' || name === 'enter') settle(() => resolve(text))
      else if (name === 'ctrl-c' || (name === 'ctrl-d' && text === '')) cancel()
      else if (name === 'ctrl-u') text = ''
      else if (name === 'backspace') text = text.slice(0, splitCharacters(text).at(-1)?.index ?? 0)
    })
    input.once('end', cancel).once('close', cancel).once('error', cancel)
    // An earlier question has paused it, and nobody would hear this one's answer.
    input.resume()
  })
}
