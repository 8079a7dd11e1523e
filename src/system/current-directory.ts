/** The current directory as the system knows it; undefined where it is gone. */
export function readCurrentDirectory(): string | undefined {
  try {
    return process.cwd()
  } catch {
    return undefined
  }
}
