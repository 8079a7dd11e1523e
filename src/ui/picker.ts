import type { TerminalSession } from '../context.ts'
import type { Choices } from './choices.ts'
import { type Key, listenToKeys, pasteMarks } from './keyboard.ts'
import { pressKey, searchFor } from './picker-state.ts'
import { countShown, type Frame, makeTable, renderPicker, type Size } from './picker-view.ts'

export interface PickerOptions {
  /** What is in the query line at first. */
  readonly query?: string
  readonly colour: boolean
}

/** For a program before us that died: its colours off, the cursor visible. */
const cleanSlate = '\u001b[0m\u001b[?25h'
/** The cursor is always in the query line, the first one, so this clears all that was drawn. */
const clearAll = '\r\u001b[J'

/**
 * Lets the user pick a row by typing parts of it: its index, or undefined when the user cancels or the terminal goes
 * away. It draws from the line of the cursor down, and leaves the terminal as it was.
 */
export async function pickFrom(
  session: TerminalSession,
  choices: Choices,
  options: PickerOptions,
): Promise<number | undefined> {
  const { input, output } = session
  input.setRawMode(true)
  output.write(cleanSlate + pasteMarks.on)
  try {
    return await waitForPick(session, choices, options)
  } finally {
    output.write(clearAll + pasteMarks.off)
    input.setRawMode(false)
    input.pause()
  }
}

function waitForPick(
  { input, output }: TerminalSession,
  choices: Choices,
  { query = '', colour }: PickerOptions,
) {
  const table = makeTable(choices)
  let state = searchFor({ before: query, after: '' }, choices.rank)
  const draw = () => output.write(encodeFrame(renderPicker(state, table, measure(output), { colour })))
  draw()

  return new Promise<number | undefined>((resolve, reject) => {
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
      const step = pressKey(state, key, {
        rank: choices.rank,
        pageSize: Math.max(1, countShown(measure(output))),
      })
      if (step.kind === 'cancel') return cancel()
      if (step.kind === 'pick') return settle(() => resolve(step.index))
      state = step.state
      draw()
    }
    const stopListening = listenToKeys(input, (key) => attempt(() => onKey(key)))
    input.once('end', cancel).once('close', cancel).once('error', cancel)
    output.on('resize', redraw)
  })
}

/** Some terminals do not know their size and say 0. */
function measure(output: TerminalSession['output']): Size {
  const [columns, rows] = output.getWindowSize()
  return { columns: columns || 80, rows: rows || 24 }
}

/**
 * A frame over the last one, in one write. The terminal's own wrapping is off meanwhile: it may take a character for
 * wider than we do.
 */
function encodeFrame({ lines, cursor }: Frame): string {
  const body = lines.map((line) => `${line}\u001b[K`).join('\r\n')
  const up = lines.length > 1 ? `\u001b[${lines.length - 1}A` : ''
  const right = cursor > 0 ? `\u001b[${cursor}C` : ''
  return `\u001b[?7l\r${body}\u001b[J${up}\r${right}\u001b[?7h`
}
