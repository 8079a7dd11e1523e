const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/

/** What a shell and its programs stand on; the functions of the shells leave out the same and their own. */
const fundamental =
  /^(PATH|HOME|IFS|PWD|OLDPWD|SHELL|ENV|BASH_ENV|USER|LOGNAME|TERM|LANG|LC_.*|LD_.*|DYLD_.*|_)$/

/** Whether `name` can be an environment variable in all four shells (POSIX, Base Definitions 3.216 "Name"). */
export function isVariableName(name: string): boolean {
  return variableName.test(name)
}

/** Whether a switch may set or remove a variable of this name. */
export function isChangeable(name: string): boolean {
  return isVariableName(name) && !fundamental.test(name)
}

/** The names of an ASSUME_VARS value: separated by spaces; what no switch can have set is left out. */
export function parseVariableNames(list: string | undefined): string[] {
  return (list ?? '').split(' ').filter(isChangeable)
}
