/** A mode for a new file, less what the user takes from all new files. */
export function applyUmask(mode: number): number {
  return mode & ~process.umask()
}
