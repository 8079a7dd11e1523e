import { posix, win32 } from 'node:path'
import { printable } from '../text/redact.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Whether a path that a variable names is absolute: a relative one leads elsewhere from every folder. */
export function isPlace(path: string | undefined, platform: NodeJS.Platform): path is string {
  return path !== undefined && (platform === 'win32' ? win32 : posix).isAbsolute(path)
}

/**
 * The home folder that the variables name, by the shared rules of the SDKs: HOME, on Windows also USERPROFILE and
 * HOMEDRIVE with HOMEPATH; undefined when there is none that is a place.
 */
export function findNamedHome(env: Environment, platform: NodeJS.Platform): string | undefined {
  const { HOME, USERPROFILE, HOMEDRIVE = '', HOMEPATH = '' } = env
  const named = platform === 'win32' ? [HOME, USERPROFILE, HOMEDRIVE + HOMEPATH] : [HOME]
  return named.find((path) => isPlace(path, platform))
}

/** A warning for an environment whose HOME is set and no place; else undefined. */
export function warnOfHome({ HOME }: Environment, platform: NodeJS.Platform): string | undefined {
  if (HOME === undefined || isPlace(HOME, platform)) return undefined
  const what = HOME === '' ? 'is empty' : `is "${printable(HOME)}", which is no absolute path`
  return `HOME ${what}, so assume goes by the home folder on record; AWS's own tools take HOME as it is, and look elsewhere`
}
