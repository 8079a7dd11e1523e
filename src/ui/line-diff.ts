import { diffArrays } from 'diff'
import { splitLines } from '../text/line.ts'

/** Lines of a unified diff that belong together; starts are 1-based, of an empty range the line that would be next. */
export interface Hunk {
  readonly oldStart: number
  readonly oldLines: number
  readonly newStart: number
  readonly newLines: number
  /** Each with its mark in front and without its line feed. */
  readonly lines: readonly string[]
}

interface Change {
  readonly mark: ' ' | '-' | '+'
  readonly line: string
}

const context = 3

/** Where two pieces have more differences they have hardly anything in common, and to look for it would take long. */
const mostEdits = 1000

/** The hunks that lead from one text to the other. */
export function diffLines(before: string, after: string): Hunk[] {
  return cutHunks(listChanges(splitLines(before), splitLines(after)))
}

/**
 * Lines that each text has once, in the same order, cut both into pieces that are compared one by one: the time then
 * grows with the length, not with the square of the changes.
 */
function listChanges(before: readonly string[], after: readonly string[]): Change[] {
  const changes: Change[] = []
  let [oldAt, newAt] = [0, 0]
  for (const [oldIndex, newIndex] of [
    ...findAnchors(before, after),
    [before.length, after.length] as const,
  ]) {
    const piece = comparePieces(before.slice(oldAt, oldIndex), after.slice(newAt, newIndex))
    for (const change of piece) changes.push(change)
    if (oldIndex < before.length) changes.push({ mark: ' ', line: before[oldIndex] as string })
    oldAt = oldIndex + 1
    newAt = newIndex + 1
  }
  return changes
}

/** The places of those lines in both texts; none where something has moved. */
function findAnchors(before: readonly string[], after: readonly string[]): (readonly [number, number])[] {
  const places = findUnique(after)
  const anchors = [...findUnique(before)].flatMap(([line, oldIndex]) => {
    const newIndex = places.get(line)
    return newIndex === undefined ? [] : [[oldIndex, newIndex] as const]
  })
  const isMoved = anchors.some(([, place], index) => index > 0 && place < (anchors[index - 1]?.[1] ?? 0))
  return isMoved ? [] : anchors
}

function findUnique(lines: readonly string[]): Map<string, number> {
  const places = new Map<string, number>()
  const repeated = new Set<string>()
  for (const [index, line] of lines.entries()) {
    if (places.has(line)) repeated.add(line)
    else places.set(line, index)
  }
  for (const line of repeated) places.delete(line)
  return places
}

function comparePieces(before: string[], after: string[]): Change[] {
  const pieces = diffArrays(before, after, { maxEditLength: mostEdits }) ?? [
    { value: before, added: false, removed: true },
    { value: after, added: true, removed: false },
  ]
  return pieces.flatMap(({ value, added, removed }) => {
    const mark = added ? '+' : removed ? '-' : ' '
    return value.map((line) => ({ mark, line }) as const)
  })
}

function cutHunks(changes: readonly Change[]): Hunk[] {
  const hunks: Hunk[] = []
  let [oldStart, newStart, start] = [1, 1, 0]
  for (const end of findEnds(changes)) {
    const piece = changes.slice(start, end)
    const first = piece.findIndex(({ mark }) => mark !== ' ')
    const lead = Math.max(0, first - context)
    const shown = piece.slice(lead)
    const counts = { old: countLines(shown, '+'), new: countLines(shown, '-') }
    oldStart += lead
    newStart += lead
    if (first >= 0) {
      hunks.push({
        oldStart,
        oldLines: counts.old,
        newStart,
        newLines: counts.new,
        lines: shown.flatMap(formatChange),
      })
    }
    oldStart += counts.old
    newStart += counts.new
    start = end
  }
  return hunks
}

/** Where hunks end: three lines behind a change, when no other one comes soon enough. */
function findEnds(changes: readonly Change[]): number[] {
  const places = changes.flatMap(({ mark }, index) => (mark === ' ' ? [] : [index]))
  return places
    .filter((place, index) => (places[index + 1] ?? Number.POSITIVE_INFINITY) - place > 2 * context + 1)
    .map((place) => Math.min(place + 1 + context, changes.length))
}

function countLines(changes: readonly Change[], except: '-' | '+'): number {
  return changes.filter(({ mark }) => mark !== except).length
}

function formatChange({ mark, line }: Change): string[] {
  if (line.endsWith('\n')) return [mark + line.slice(0, -1)]
  return [mark + line, '\\ No newline at end of file']
}
