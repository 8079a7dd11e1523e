/** Whether the code of a login file (`~/.bash_profile`) reads `~/.bashrc`. */
export function readsBashrc(text: string): boolean {
  return /^[ \t]*[^#\n]*(?:\bsource|(?:^|[\s;&|])\.)[ \t]+\S*bashrc/m.test(text)
}

/**
 * Which of bash's login files, given in the order in which bash looks for them, a login shell reads: the first
 * that exists. When there is none, the first is the one to create: a later one would stay hidden behind it.
 */
export function chooseLoginFile(
  paths: readonly string[],
  exists: (path: string) => boolean,
): string | undefined {
  return paths.find(exists) ?? paths[0]
}
