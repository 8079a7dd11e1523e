/** What people, plugin managers and Nix write to load assume. */
const byHand =
  /\/assume\.(?:bash|plugin\.zsh|fish)\b|Import-Module\b.*\bAssume\b|\bassume-cli\b|__assume_|^[ \t]*plugins\+?=\((?:[^)#]*\s)?assume(?=[\s)])/
const marker = '# >>> assume >>>'

/** The index of the first line of a start-up file that loads assume, in the block of setup or by hand; -1 where none does. */
export function findLoadingLine(text: string): number {
  return text.split('\n').findIndex((line) => line.includes(marker) || isByHand(line))
}

function isByHand(line: string): boolean {
  return !/^[ \t]*#/.test(line) && byHand.test(line)
}
