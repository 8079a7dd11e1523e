type Environment = Readonly<Record<string, string | undefined>>

/** What is known of the place where assume runs. */
export interface BrowserSurroundings {
  readonly env: Environment
  /** Whether this is a container: Docker and Podman leave a file in the root folder. */
  readonly isContainer: boolean
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

/** Whether the user's browser may be on another machine than this, WSL being one of its own. */
export function isRemote({ env, isContainer }: BrowserSurroundings): boolean {
  return isContainer || remoteVariables.some((name) => Boolean(env[name]))
}

/** Whether this is Linux in Windows. */
export function isWsl(env: Environment): boolean {
  return Boolean(env['WSL_DISTRO_NAME'])
}
