import type { FileStat, Files } from '../context.ts'

/**
 * What is at a path; undefined for nothing, and where the way to it is closed, in a circle or through what is no folder:
 * reading it says why.
 */
export function statReachable(files: Pick<Files, 'stat'>, path: string): FileStat | undefined {
  try {
    return files.stat(path)
  } catch {
    return undefined
  }
}
