/** A program and its arguments. */
export type CommandLine = readonly [program: string, ...args: string[]]

/**
 * The commands that may open a URL of `parseWebUrl` here, best first: the one of the setting, those of $BROWSER (separated
 * by colons, `%s` stands for the URL, as in xdg-open(1)), then the system's own. Words are split at blanks; no shell is
 * involved, and the URL is never a part of a script.
 */
export function listBrowserCommands(
  { href }: URL,
  {
    env,
    platform,
    configured,
  }: {
    readonly env: Readonly<Record<string, string | undefined>>
    readonly platform: string
    readonly configured?: string | undefined
  },
): CommandLine[] {
  const chosen = configured
    ? [configured]
    : (env['BROWSER'] ?? '').split(':').filter((command) => command.trim() !== '')
  return [...chosen.map((command) => fillIn(command, href)), ...systemCommands(href, env, platform)]
}

function fillIn(command: string, url: string): CommandLine {
  const [program = '', ...words] = command.trim().split(/\s+/)
  const args = words.map((word) => word.replaceAll('%s', () => url))
  return [program, ...(command.includes('%s') ? args : [...args, url])]
}

function systemCommands(
  url: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
): CommandLine[] {
  if (platform === 'darwin') return [['open', url]]
  if (platform === 'win32' || env['WSL_DISTRO_NAME']) return [windowsCommand(url)]
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? [['xdg-open', url]] : []
}

/**
 * The rest of the command line is the URL as it is, to rundll32: no shell reads it, unlike with cmd and PowerShell, nor with
 * wslview, which is a script that makes a command for PowerShell of it.
 */
function windowsCommand(url: string): CommandLine {
  return ['rundll32.exe', 'url.dll,FileProtocolHandler', url]
}
