import { spawnSync } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Where programs of a name are on the PATH of an environment, in its order. */
export function findPrograms(name, env = process.env) {
  return env.PATH.split(delimiter)
    .map((folder) => join(folder, name))
    .filter(isExecutable)
}

/** Whether there is a file that one may run. */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** The first version number that a program prints; undefined when it is not installed or does not say. */
export function readVersion(program, words = ['--version'], env = process.env) {
  const options = { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 30_000 }
  const { stdout, stderr } = spawnSync(program, words, options)
  return /\d+(\.\d+)+/.exec(`${stdout ?? ''}${stderr ?? ''}`)?.[0]
}

/** Whether a program's major version is at least `oldest`; always when that is absent. */
export function isAtLeast(program, oldest) {
  return oldest === undefined || Number.parseInt(readVersion(program) ?? '0', 10) >= oldest
}
