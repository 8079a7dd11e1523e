/** The end of a sentence that says that there is no such thing: what can have been meant, best first; empty for nothing. */
export function formatSuggestion(names: readonly string[]): string {
  const last = names.at(-1)
  if (last === undefined) return ''
  const others = names.slice(0, -1).join(', ')
  return `; did you mean ${others === '' ? '' : `${others} or `}${last}?`
}
