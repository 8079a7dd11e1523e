/** An error like those that Node throws for a path. */
export function makeErrno(path: string, code: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code, path })
}
