import type { Key } from './keyboard.ts'
import { editLine, type Line, nameKey } from './line-editor.ts'

/** What a picker shows. */
export interface PickerState {
  readonly line: Line
  /** Indexes of the rows that match, best first. */
  readonly matches: readonly number[]
  /** Position in `matches` of the row that Enter picks. */
  readonly selected: number
}

/** What a key leads to. */
export type Step =
  | { readonly kind: 'show'; readonly state: PickerState }
  | { readonly kind: 'pick'; readonly index: number }
  | { readonly kind: 'cancel' }

type Rank = (query: string) => readonly number[]

/** The state for a query, with the best match selected. */
export function searchFor(line: Line, rank: Rank): PickerState {
  return { line, matches: rank(line.before + line.after), selected: 0 }
}

/** What `key` does. `pageSize` is the number of rows that are shown at once. */
export function pressKey(
  state: PickerState,
  key: Key,
  { rank, pageSize }: { rank: Rank; pageSize: number },
): Step {
  const distance = key.text === '' ? measureMove(key, pageSize) : undefined
  if (distance !== undefined) return { kind: 'show', state: moveSelection(state, distance) }
  switch (key.text === '' ? nameKey(key) : 'text') {
    case 'return':
    case 'enter': {
      const index = state.matches[state.selected]
      return index === undefined ? { kind: 'show', state } : { kind: 'pick', index }
    }
    case 'escape':
    case 'ctrl-c':
    case 'ctrl-g':
      return { kind: 'cancel' }
    case 'ctrl-d':
      if (state.line.before + state.line.after === '') return { kind: 'cancel' }
  }
  const line = editLine(state.line, key)
  const isSameQuery = line.before + line.after === state.line.before + state.line.after
  return { kind: 'show', state: isSameQuery ? { ...state, line } : searchFor(line, rank) }
}

/** By how many rows a key moves the selection; undefined for all other keys. */
function measureMove(key: Key, pageSize: number): number | undefined {
  switch (nameKey(key)) {
    case 'up':
    case 'ctrl-p':
      return -1
    case 'down':
    case 'ctrl-n':
      return 1
    case 'tab':
      return key.shift ? -1 : 1
    case 'pageup':
      return -pageSize
    case 'pagedown':
      return pageSize
    case 'home':
      return -Infinity
    case 'end':
      return Infinity
    default:
      return undefined
  }
}

function moveSelection(state: PickerState, distance: number): PickerState {
  const last = Math.max(0, state.matches.length - 1)
  return { ...state, selected: Math.min(last, Math.max(0, state.selected + distance)) }
}
