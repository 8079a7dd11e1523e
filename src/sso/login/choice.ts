import type { SsoSession } from '../../profiles/profile.ts'
import type { LoginFlow } from '../registration.ts'

/** What is known of the place where the login runs. */
export interface LoginSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether this is a container: Docker and Podman leave a file in the root folder. */
  readonly isContainer: boolean
}

/**
 * How to log in: as was asked for, else as the session's `assume_login` says, else PKCE, which needs a browser that
 * reaches this machine's loopback. A device code serves where there is none (SSH, WSL, containers, CI), and for
 * legacy profiles, whose tokens are made that way by the AWS CLI too.
 */
export function chooseLoginFlow(
  session: SsoSession,
  surroundings: LoginSurroundings,
  wanted: { readonly asked?: LoginFlow | undefined; readonly configured?: string | undefined },
): LoginFlow {
  if (wanted.asked) return wanted.asked
  if (session.name === undefined) return 'device-code'
  if (wanted.configured === 'pkce' || wanted.configured === 'device-code') return wanted.configured
  return isRemote(surroundings) ? 'device-code' : 'pkce'
}

const remoteVariables = [
  'SSH_CONNECTION',
  'SSH_CLIENT',
  'SSH_TTY',
  'WSL_DISTRO_NAME',
  'CI',
  'CODESPACES',
  'CLOUD_SHELL',
  'container',
]

function isRemote({ env, isContainer }: LoginSurroundings): boolean {
  return isContainer || remoteVariables.some((name) => Boolean(env[name]))
}

/** Whether no browser of the user's reaches this machine's loopback. One on Windows reaches that of WSL. */
export function isFarFromBrowser({ env, isContainer }: LoginSurroundings): boolean {
  return isRemote({ env: { ...env, WSL_DISTRO_NAME: undefined }, isContainer })
}
