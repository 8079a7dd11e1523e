import { type ConfigDocument, type ConfigProperty, parseDocument } from './document.ts'

/**
 * The keys that the AWS CLI lends to every section of a file: those of its `[DEFAULT]` sections (`configparser` of
 * Python), which are none to everybody else. The last of a key counts.
 */
export function readLentKeys(document: ConfigDocument): ConfigProperty[] {
  const keys = readLendingSections(document).flatMap(({ section }) => section?.properties ?? [])
  return [...new Map(keys.map((property) => [property.key, property])).values()]
}

/** The lines (1-based) of those sections, from the header to the line before the next one. */
export function locateLentSections(document: ConfigDocument): { line: number; lastLine: number }[] {
  return readLendingSections(document).map(({ line, section }) => ({
    line,
    // There its header is the first line.
    lastLine: line + (section?.lastLine ?? 1) - 1,
  }))
}

/** A header that costs its section is a problem; here it is put right. In a value that goes on it is none. */
function readLendingSections({ lines, sections, problems }: ConfigDocument) {
  const isInValue = (number: number) =>
    sections.some(
      ({ line, lastLine, properties }) =>
        line < number &&
        number <= lastLine &&
        properties.some((each) => each.firstLine < number && number <= each.lastLine),
    )
  const headers = problems.filter(
    ({ line }) => /^\s*\[DEFAULT\]/.test(lines[line - 1] ?? '') && !isInValue(line),
  )
  return headers.map(({ line }) => {
    const rest = `[default]\n${lines.slice(line).join('')}`
    return { line, section: parseDocument(rest, 'credentials').sections[0] }
  })
}

/** The keys of a section with those that are lent to it. */
export function lendKeys(
  own: readonly ConfigProperty[],
  lent: readonly ConfigProperty[],
): readonly ConfigProperty[] {
  return [...lent.filter(({ key }) => own.every((property) => property.key !== key)), ...own]
}
