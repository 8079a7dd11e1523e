import { parseDocument } from './document.ts'
import type { FileKind } from './header.ts'

/** The section that each line of a file lies in, header lines too: type and name, or nothing. */
export function nameSections(text: string, kind: FileKind): string[] {
  const { lines, sections } = parseDocument(text, kind)
  const names = lines.map(() => '')
  for (const { type, name, line, lastLine } of sections) names.fill(`${type} ${name}`, line - 1, lastLine)
  return names
}
