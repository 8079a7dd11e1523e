import type { Piece } from '../../text/piece.ts'
import { decodeText, encodeText } from '../../text/utf-8.ts'
import type { ConfigDocument } from './document.ts'
import { locateLentSections } from './lent-keys.ts'

/** The pieces of a file that its sections are. */
export interface SectionPieces {
  /** By type and name with a space between, in the order of the file. */
  readonly named: ReadonlyMap<string, readonly Piece[]>
  /** Of those whose keys the AWS CLI lends to every other one. */
  readonly lending: readonly Piece[]
}

/** The pieces that the sections of a document are, each from its header to the next one. `size` is that of its file, in bytes. */
export function locateSections(document: ConfigDocument, size: number): SectionPieces {
  const starts = measureLines(document, size)
  const locate = ({ line, lastLine }: { line: number; lastLine: number }): Piece => {
    const start = starts[line - 1] ?? 0
    return { start, length: (starts[lastLine] ?? 0) - start }
  }
  const named = new Map<string, Piece[]>()
  for (const section of document.sections) {
    const key = `${section.type} ${section.name}`
    const known = named.get(key)
    if (known) known.push(locate(section))
    else named.set(key, [locate(section)])
  }
  return { named, lending: locateLentSections(document).map(locate) }
}

/** Where each line begins, and behind them where the last one ends. */
function measureLines({ lines }: ConfigDocument, size: number): number[] {
  const units = lines.reduce((sum, line) => sum + line.length, 0)
  // No unit takes less than a byte.
  const measure = units === size ? (line: string) => line.length : (line: string) => encodeText(line).length
  const starts = [0]
  let end = 0
  for (const line of lines) {
    end += measure(line)
    starts.push(end)
  }
  return starts
}

/** A header that is none: behind it every line stands as far to the left as one can. */
const interruption = encodeText('[\n')

/** The pieces of a file as one text that is read as they are in the file. */
export function joinText(pieces: readonly { readonly start: number; readonly bytes: Uint8Array }[]): string {
  // A mark of the byte order is one at the beginning only.
  const parts = pieces.flatMap(({ start, bytes }) => (start === 0 ? [bytes] : [interruption, bytes]))
  return parts.map(decodeText).join('')
}

/** The same pieces in the order of the file, each once, those that touch each other as one. */
export function joinPieces(places: readonly Piece[]): Piece[] {
  const joined: { start: number; length: number }[] = []
  for (const { start, length } of places.toSorted((one, other) => one.start - other.start)) {
    const last = joined.at(-1)
    const end = last ? last.start + last.length : -1
    if (last && start <= end) last.length = Math.max(end, start + length) - last.start
    else joined.push({ start, length })
  }
  return joined
}
