import { splitCharacters } from './cut.ts'
import type { Key } from './keyboard.ts'

/** A line that is being typed. */
export interface Line {
  readonly before: string
  /** From the cursor on. */
  readonly after: string
}

/** No query is longer; it keeps a book pasted by mistake from being searched for. */
const lengthLimit = 200

/** The line after a key, as in the shells' own line editors; the same object when the key changes nothing. */
export function editLine(line: Line, key: Key): Line {
  const { before, after } = line
  if (key.text !== '') return { before: (before + key.text).slice(0, lengthLimit), after }
  switch (nameKey(key)) {
    case 'backspace':
      return before === '' ? line : { before: dropLast(before), after }
    case 'delete':
    case 'ctrl-d':
      return after === '' ? line : { before, after: after.slice(firstOf(after).length) }
    case 'ctrl-u':
      return { before: '', after }
    case 'ctrl-k':
      return { before, after: '' }
    case 'ctrl-w':
    case 'meta-backspace':
      return { before: before.replace(/\S+\s*$|\s+$/u, ''), after }
    case 'ctrl-a':
      return { before: '', after: before + after }
    case 'ctrl-e':
      return { before: before + after, after: '' }
    case 'left':
    case 'ctrl-b':
      return { before: dropLast(before), after: before.slice(dropLast(before).length) + after }
    case 'right':
    case 'ctrl-f':
      return { before: before + firstOf(after), after: after.slice(firstOf(after).length) }
    default:
      return line
  }
}

/** `up`, `ctrl-p`, `meta-backspace`: a key in one word. */
export function nameKey({ name, ctrl, meta }: Key): string {
  return `${ctrl ? 'ctrl-' : ''}${meta && name !== 'escape' ? 'meta-' : ''}${name}`
}

function firstOf(text: string): string {
  return splitCharacters(text)[0]?.text ?? ''
}

function dropLast(text: string): string {
  return text.slice(0, splitCharacters(text).at(-1)?.index ?? 0)
}
