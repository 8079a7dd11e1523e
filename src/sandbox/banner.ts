export type Login = 'page' | 'code' | 'at once'

const logins: Readonly<Record<Login, string>> = {
  page: 'logs in and switches; the login page has an Allow button',
  code: 'logs in, with the code that you see here, and switches',
  'at once': 'logs in at once, without a page, and switches',
}

/** The name of the program, which a notice begins with. */
const prefix = 'assume: '
const heading = 'a local Identity Center, and a home that goes when you leave it: exit'

/**
 * What is said when the sandbox's shell starts, as a notice. On a terminal that is too narrow for the table each command
 * has a line, and no line is broken within a word.
 */
export function formatBanner(login: Login, columns = 80): string {
  const rows = [
    ['assume dev-p<TAB>', logins[login]],
    ['assume list', 'assume -c', 'assume -', 'assume --unset', 'assume --help'],
  ] as const
  const [first, second] = rows
  const wide = [`${prefix}${heading}`, `  ${first.join('   ')}`, `  ${second.join('     ')}`]
  const isWide = wide.every((line) => line.length <= columns)
  const lines = isWide
    ? wide
    : [
        ...wrapWords(`${prefix}${heading}`, columns, ''),
        `  ${first[0]}`,
        ...wrapWords(first[1], columns, '    '),
        ...second.map((command) => `  ${command}`),
      ]
  return lines.join('\n').slice(prefix.length)
}

/** Lines of whole words, each behind the indentation. */
function wrapWords(text: string, columns: number, indentation: string): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const line = lines.at(-1)
    if (line !== undefined && line.length + 1 + word.length <= columns) lines.splice(-1, 1, `${line} ${word}`)
    else lines.push(indentation + word)
  }
  return lines
}
