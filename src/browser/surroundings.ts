import type { Context } from '../context.ts'
import { hasDisplay } from './installation.ts'
import { findKnownBrowser } from './known.ts'
import { type BrowserPreference, noBrowser } from './preference.ts'
import { type BrowserSurroundings, isRemote, isWsl } from './remote.ts'

/** Where assume runs. */
export function describeSurroundings({ env, files }: Pick<Context, 'env' | 'files'>): BrowserSurroundings {
  const marks = ['/.dockerenv', '/run/.containerenv']
  return { env, isContainer: marks.some((path) => files.stat(path) !== undefined) }
}

/** Whether no browser of the user's reaches this machine's loopback. One on Windows reaches that of WSL. */
export function isFarFromBrowser({ env, isContainer }: BrowserSurroundings): boolean {
  return isRemote({ env: { ...env, WSL_DISTRO_NAME: undefined }, isContainer })
}

/**
 * Whether a URL of this machine can be opened by itself. Not over SSH, in containers and CI, whatever $BROWSER says: an editor
 * on another machine may open it there, where this machine's loopback is not. On Linux without a display only where $BROWSER,
 * or the browser that is preferred, is a command: a text browser needs none. In WSL the browsers of Windows serve.
 */
export function canOpenBrowser(
  context: Pick<Context, 'env' | 'files' | 'platform'>,
  { browser }: BrowserPreference = {},
): boolean {
  const { env, platform } = context
  if (browser === noBrowser) return false
  if (isFarFromBrowser(describeSurroundings(context))) return false
  if (platform === 'darwin' || platform === 'win32' || isWsl(env) || hasDisplay(env)) return true
  return Boolean(env['BROWSER']?.trim()) || (browser !== undefined && findKnownBrowser(browser) === undefined)
}
