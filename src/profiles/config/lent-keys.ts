import { type ConfigDocument, type ConfigProperty, parseDocument } from './document.ts'

/**
 * The keys that the AWS CLI lends to every section of a file: those of its `[DEFAULT]` sections (`configparser` of
 * Python), which are none to everybody else. The last of a key counts.
 */
export function readLentKeys({ lines, problems }: ConfigDocument): ConfigProperty[] {
  // A header that costs its section is a problem.
  const headers = problems.filter(({ line }) => /^\s*\[DEFAULT\]/.test(lines[line - 1] ?? ''))
  const keys = headers.flatMap(({ line }) => {
    const rest = `[default]\n${lines.slice(line).join('')}`
    return parseDocument(rest, 'credentials').sections[0]?.properties ?? []
  })
  return [...new Map(keys.map((property) => [property.key, property])).values()]
}

/** The keys of a section with those that are lent to it. */
export function lendKeys(
  own: readonly ConfigProperty[],
  lent: readonly ConfigProperty[],
): readonly ConfigProperty[] {
  return [...lent.filter(({ key }) => own.every((property) => property.key !== key)), ...own]
}
