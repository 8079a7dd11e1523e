/** The shells whose functions call the core, as `--shell` and ASSUME_SHELL name them. */
export const shellNames = ['bash', 'zsh', 'fish', 'powershell'] as const
export type ShellName = (typeof shellNames)[number]

/** The shell of that name; undefined for any other. */
export function findShell(name: string | undefined): ShellName | undefined {
  return shellNames.find((each) => each === name)
}

/** The path of the shell that is started where no command is named: that which the system gives this user. */
export function findLoginShell(env: Readonly<Record<string, string | undefined>>): string {
  return env['SHELL'] || '/bin/sh'
}

/**
 * The shell that somebody types in: that whose function calls itself `caller`, else the one at the path `login`, which the
 * system gives this user.
 */
export function findUserShell(
  { caller, login }: { caller: string | undefined; login: string | undefined },
  platform: NodeJS.Platform,
): ShellName {
  const program = login?.split('/').at(-1)
  const fallback = platform === 'win32' ? 'powershell' : 'bash'
  return findShell(caller) ?? findShell(program === 'pwsh' ? 'powershell' : program) ?? fallback
}
