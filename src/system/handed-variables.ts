/**
 * What the shell functions and `bin/start.sh` hand over to the core in variables of its environment: none is for what the core
 * starts.
 */
export const handedVariables = [
  'ASSUME_SHELL',
  'ASSUME_CONTRACT',
  'ASSUME_CALLER',
  'ASSUME_KEY_ID',
  'ASSUME_READY',
  'ASSUME_LOADED',
  'ASSUME_DIRECTORY',
  'ASSUME_ARGUMENTS',
  'ASSUME_RENEWAL',
  'ASSUME_NODE_EXTRA_CA_CERTS',
] as const

/** The value of a variable that was handed over, which is gone from the environment then; undefined where there is none. */
export function takeHandedVariable(name: (typeof handedVariables)[number]): string | undefined {
  const value = process.env[name]
  delete process.env[name]
  return value
}

/** `bin/start.sh` keeps the bundle of NODE_EXTRA_CA_CERTS from Node; from here on the environment is as the user has it. */
export function takeHeldBundle(): string | undefined {
  const path = takeHandedVariable('ASSUME_NODE_EXTRA_CA_CERTS')
  if (path !== undefined) process.env['NODE_EXTRA_CA_CERTS'] = path
  return path
}

/**
 * The PowerShell module hands over words that PowerShell would change on their way to a program (wildcards, quotes,
 * empty words) as a JSON array in ASSUME_ARGUMENTS, and then gives no others.
 */
export function readHandedWords(): void {
  const json = takeHandedVariable('ASSUME_ARGUMENTS')
  if (json !== undefined && process.argv.length === 2) process.argv.push(...(JSON.parse(json) as string[]))
}
