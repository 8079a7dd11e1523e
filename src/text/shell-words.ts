/**
 * The words of a command line as the AWS CLI splits `credential_process`, which is never given to a shell: quotes and
 * backslashes count; variables, `~` and wildcards are plain text. Undefined when it ends within a quote or behind a
 * backslash.
 *
 * Elsewhere than on Windows by the rules of Python's `shlex.split`
 * (https://docs.python.org/3/library/shlex.html#parsing-rules), on Windows by those of the C runtime
 * (https://learn.microsoft.com/cpp/cpp/parsing-cpp-command-line-arguments) as the AWS CLI has them: `""` within quotes
 * closes and opens them.
 */
export function splitWords(command: string, platform: NodeJS.Platform): string[] | undefined {
  return platform === 'win32' ? splitForWindows(command) : splitForPosix(command)
}

/** White space, a part in quotes, an escaped character, or a run of others. */
const posixPart = /([ \t\r\n]+)|'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^ \t\r\n'"\\]+)/sy

function splitForPosix(command: string): string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  posixPart.lastIndex = 0
  while (posixPart.lastIndex < command.length) {
    const part = posixPart.exec(command)
    if (!part) return undefined
    const [, space, inSingle, inDouble, escaped, plain] = part
    if (space === undefined) {
      word = (word ?? '') + (inSingle ?? inDouble?.replace(/\\(["\\])/g, '$1') ?? escaped ?? plain)
    } else if (word !== undefined) {
      words.push(word)
      word = undefined
    }
  }
  return word === undefined ? words : [...words, word]
}

/** White space, a double quote with the backslashes before it, or a run of others. */
const windowsPart = /([ \t]+)|(\\*)"|([^ \t"\\]+|\\+)/g

function splitForWindows(command: string): string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  let isQuoted = false
  for (const [, space, backslashes, plain] of command.matchAll(windowsPart)) {
    if (backslashes !== undefined) {
      // Two of them make one; one that is left over makes the quote plain text.
      word = (word ?? '') + '\\'.repeat(backslashes.length / 2)
      if (backslashes.length % 2 === 1) word += '"'
      else isQuoted = !isQuoted
    } else if (space === undefined || isQuoted) {
      word = (word ?? '') + (space ?? plain)
    } else if (word !== undefined) {
      words.push(word)
      word = undefined
    }
  }
  if (isQuoted) return undefined
  return word === undefined ? words : [...words, word]
}
