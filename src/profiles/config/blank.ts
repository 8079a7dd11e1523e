/** `text` without the spaces and tabs around it; other white space is part of a value. */
export function trimBlanks(text: string): string {
  const start = skipBlanks(text, 0, text.length)
  return text.slice(start, dropBlanks(text, start, text.length))
}

/** Whether the character at `at` is a space or a tab, which alone are white space in these files. */
export function isBlankAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code === 0x20 || code === 0x09
}

/** The first place from `from` on, at most `to`, that is no space or tab. */
export function skipBlanks(text: string, from: number, to: number): number {
  let at = from
  while (at < to && isBlankAt(text, at)) at++
  return at
}

/** The place after the last character before `to`, at least `from`, that is no space or tab. */
export function dropBlanks(text: string, from: number, to: number): number {
  let at = to
  while (at > from && isBlankAt(text, at - 1)) at--
  return at
}

/** The spaces and tabs that a line starts with. */
export function leadOf(line: string): string {
  return line.slice(0, skipBlanks(line, 0, line.length))
}
