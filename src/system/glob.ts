/** Loaded late: only plugins are searched for. */
export async function findPaths(folder: string, patterns: readonly string[]): Promise<string[]> {
  const { default: glob } = await import('fast-glob')
  const found = await glob([...patterns], {
    cwd: folder,
    dot: true,
    onlyFiles: false,
    followSymbolicLinks: false,
    caseSensitiveMatch: true,
  })
  return found.sort()
}
