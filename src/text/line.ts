/** Cuts a text after each line feed. Lines keep their endings; no line follows the last line feed. */
export function splitLines(text: string): string[] {
  const lines: string[] = []
  let start = 0
  for (let feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', start)) {
    lines.push(text.slice(start, feed + 1))
    start = feed + 1
  }
  if (start < text.length) lines.push(text.slice(start))
  return lines
}

/** The line ending of a raw line: a line feed, with a carriage return before it or not, or nothing. */
export function endingOf(line: string): string {
  return line.endsWith('\r\n') ? '\r\n' : line.endsWith('\n') ? '\n' : ''
}
