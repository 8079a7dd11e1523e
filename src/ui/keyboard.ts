import { emitKeypressEvents, type Interface } from 'node:readline'
import { printable } from '../text/redact.ts'

/** A key that was pressed, or text that was typed or pasted in one go. */
export interface Key {
  /** Printable characters to insert; empty for every other key. */
  readonly text: string
  /** As `node:readline` calls it (`up`, `return`, `escape`); empty for text. */
  readonly name: string
  readonly ctrl: boolean
  readonly meta: boolean
  readonly shift: boolean
}

type Keypress = { name?: string; ctrl: boolean; meta: boolean; shift: boolean }

/** Milliseconds after which an escape character is the Esc key, not the beginning of another key's sequence. */
const escapeTimeout = 50

/** What makes a terminal put marks around pasted text, and no longer. */
export const pasteMarks = { on: '\u001b[?2004h', off: '\u001b[?2004l' } as const

/**
 * Calls `listener` for every key until the returned function is called. Pasted text is text only: no key in it acts
 * but Ctrl-C. It is known by the terminal's marks, and where there are none, by a line break in the midst of what
 * arrives at once.
 */
export function listenToKeys(input: NodeJS.ReadStream, listener: (key: Key) => void): () => void {
  let insideMarks = false
  let isPastedChunk = false
  let pending: Key[] = []

  const inspectChunk = (chunk: Buffer) => {
    isPastedChunk = /[\r\n][^\r\n]/.test(chunk.toString('latin1'))
  }
  const flush = () => {
    const keys = pending
    pending = []
    for (const key of keys) listener(key)
  }
  const onKeypress = (characters: string | undefined, keypress: Keypress) => {
    if (keypress.name === 'paste-start') insideMarks = true
    const key = readKey(characters, keypress, insideMarks || isPastedChunk)
    if (keypress.name === 'paste-end') insideMarks = false
    const last = pending.at(-1)
    if (!key) return
    if (key.text !== '' && last && last.text !== '')
      pending.splice(-1, 1, { ...key, text: last.text + key.text })
    else if (pending.push(key) === 1) queueMicrotask(flush)
  }

  input.on('data', inspectChunk)
  emitKeypressEvents(input, { escapeCodeTimeout: escapeTimeout } as unknown as Interface)
  input.on('keypress', onKeypress)
  return () => {
    pending = []
    input.removeListener('keypress', onKeypress)
    input.removeListener('data', inspectChunk)
  }
}

function readKey(
  characters: string | undefined,
  { name = '', ctrl, meta, shift }: Keypress,
  pasted: boolean,
) {
  const isText = characters !== undefined && (pasted || (!ctrl && !meta))
  const text = isText ? cleanText(characters, pasted) : ''
  if (text !== '') return { text, name: '', ctrl: false, meta: false, shift: false }
  const interrupts = ctrl && name === 'c'
  return pasted && !interrupts ? undefined : { text: '', name, ctrl, meta, shift }
}

/** Without control characters; the white space among them becomes a space in pasted text. */
function cleanText(characters: string, pasted: boolean): string {
  const text = pasted ? characters.replace(/[\r\n\t]/g, ' ') : characters
  return printable(text) === text ? text : ''
}
