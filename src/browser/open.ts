import type { Context, Files } from '../context.ts'
import { removeCredentials } from '../emit/credential-variables.ts'
import { locatePaths } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import { decodeText } from '../text/utf-8.ts'
import type { Machine } from './installation.ts'
import { planOpening } from './plan.ts'
import type { BrowserPreference } from './preference.ts'

/**
 * Opens a URL of `parseWebUrl` as is preferred, else in the next browser that can be started; what of the preference cannot be
 * done is said. The browser goes on by itself, without a terminal and without credentials. Returns its name, made printable;
 * undefined where none could be started. Throws AssumeError `no-home`.
 */
export async function openInBrowser(
  context: Context,
  url: URL,
  preference: BrowserPreference,
): Promise<string | undefined> {
  const { openers, warnings } = planOpening(url, preference, describeMachine(context))
  for (const warning of warnings) context.notify(`warning: ${warning}`)
  const env = removeCredentials(context.env)
  for (const { name, command, complaint, tells } of openers) {
    const [program, ...args] = command
    if (await context.start(program, args, env, tells ? soon : undefined)) return printable(name)
    if (complaint !== undefined) context.notify(`warning: ${complaint}`)
  }
  return undefined
}

/** In milliseconds: an opener that has found a browser goes on with it, or ends well. */
const soon = 1500

function describeMachine({ env, platform, files }: Context): Machine {
  return {
    env,
    platform,
    home: locatePaths(env, platform).home,
    isThere: (path) => isProgram(files, path, platform),
    read: (path) => readData(files, path),
  }
}

function isProgram(files: Files, path: string, platform: NodeJS.Platform): boolean {
  try {
    const stat = files.stat(path)
    if (platform === 'darwin' && path.endsWith('.app')) return stat?.kind === 'directory'
    return stat?.kind === 'file' && (platform === 'win32' || (stat.mode & 0o111) !== 0)
  } catch {
    return false
  }
}

/** Bytes; what browsers write there has less than a tenth of it. */
const mostBytes = 8 * 2 ** 20

function readData(files: Files, path: string): string | undefined {
  try {
    const stat = files.stat(path)
    return stat?.kind === 'file' && stat.size <= mostBytes ? decodeText(files.read(path)) : undefined
  } catch {
    return undefined
  }
}
