import type { TerminalSession } from '../context.ts'
import { encodeFrame, type Frame, measure, type Size } from './frame.ts'
import { type Key, listenToKeys, pasteMarks } from './keyboard.ts'

/** What is drawn, and what a key leads to: an answer, the end without one, or another picture. */
export interface Dialogue<Answer> {
  readonly draw: (size: Size) => Frame
  readonly press: (key: Key, size: Size) => { readonly answer: Answer } | 'cancel' | 'draw'
}

/** For a program before us that died: its colours off, the cursor visible. */
const cleanSlate = '\u001b[0m\u001b[?25h'
/** The cursor is always in the first line, so this clears all that was drawn. */
const clearAll = '\r\u001b[J'
/** The cursor stays in its row: where there is no other screen, all is as if nobody had asked for it. */
const ownScreen = { on: '\u001b[?1049h', off: '\u001b[?1049l' }

/**
 * Holds a dialogue in raw mode: its answer, or undefined when the user cancels or the terminal goes away. It draws
 * from the line of the cursor down, on a screen of its own if it `wantsOwnScreen`, and leaves the terminal as it was.
 */
export async function holdDialogue<Answer>(
  session: TerminalSession,
  dialogue: Dialogue<Answer>,
  wantsOwnScreen = false,
): Promise<Answer | undefined> {
  const { input, output } = session
  input.setRawMode(true)
  output.write((wantsOwnScreen ? ownScreen.on : '') + cleanSlate + pasteMarks.on)
  try {
    return await waitForAnswer(session, dialogue)
  } finally {
    output.write(clearAll + pasteMarks.off + (wantsOwnScreen ? ownScreen.off : ''))
    input.setRawMode(false)
    input.pause()
  }
}

function waitForAnswer<Answer>(
  { input, output }: TerminalSession,
  dialogue: Dialogue<Answer>,
): Promise<Answer | undefined> {
  const draw = () => output.write(encodeFrame(dialogue.draw(measure(output))))
  draw()

  return new Promise<Answer | undefined>((resolve, reject) => {
    const settle = (end: () => void) => {
      stopListening()
      input.removeListener('end', cancel).removeListener('close', cancel).removeListener('error', cancel)
      output.removeListener('resize', redraw)
      end()
    }
    const cancel = () => settle(() => resolve(undefined))
    const attempt = (action: () => void) => {
      try {
        action()
      } catch (error) {
        settle(() => reject(error))
      }
    }
    const redraw = () => attempt(draw)
    const onKey = (key: Key) => {
      const step = dialogue.press(key, measure(output))
      if (step === 'cancel') return cancel()
      if (step === 'draw') return draw()
      settle(() => resolve(step.answer))
    }
    const stopListening = listenToKeys(input, (key) => attempt(() => onKey(key)))
    input.once('end', cancel).once('close', cancel).once('error', cancel)
    output.on('resize', redraw)
  })
}
