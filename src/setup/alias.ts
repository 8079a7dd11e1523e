import { blankBlock } from './block.ts'

/**
 * A line that is nothing but an alias called assume: of bash and zsh (`alias assume=". assume"`), or of fish, which
 * takes a space too.
 */
const aliasLine =
  /^[ \t]*alias[ \t]+(?:-\S+[ \t]+)*assume(?:=|[ \t]+)(?:"[^"]*"|'[^']*'|[^\s;&|"'#]+)[ \t]*;?[ \t]*(?:#.*)?$/
const commentOnIt = /^[ \t]*#.*\b(?:assume|granted)\b/i
/** After such a line, or indented, a command may be the only one of a compound command, which must not get empty. */
const opensBody = /(?:\b(?:then|do|else)|[{(&|\\]|\))[ \t]*$/

/** The numbers, from 1, of the lines outside our block that define an alias called assume: it hides our function. */
export function findAliases(text: string, file: string): number[] {
  return splitLines(blankBlock(text, file)).flatMap((line, index) =>
    aliasLine.test(line) ? [index + 1] : [],
  )
}

/** The rc text without those lines, and without a comment on the line before that speaks of it. */
export function removeAliases(text: string, file: string): string {
  const lines = text.split('\n')
  const bare = splitLines(blankBlock(text, file))
  for (const index of findAliases(text, file).map((number) => number - 1)) {
    const line = bare[index] as string
    const comments = commentOnIt.test(bare[index - 1] ?? '') ? 1 : 0
    const before = bare.slice(0, index - comments).findLast((each) => each.trim() !== '') ?? ''
    const keepsPlace = /^[ \t]/.test(line) || opensBody.test(before)
    if (keepsPlace) lines[index] = (lines[index] as string).replace(line.trim(), ':')
    else lines[index] = removed
    if (comments > 0) lines[index - 1] = removed
  }
  return lines.filter((line) => line !== removed).join('\n')
}

/** No line is this: lines hold no line feed. */
const removed = '\n'

function splitLines(text: string): string[] {
  return text.split('\n').map((line) => line.replace(/\r$/, ''))
}
