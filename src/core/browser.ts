/** A program and its arguments. */
export type CommandLine = readonly [program: string, ...args: string[]]

/**
 * The commands that may open a URL here, best first: the one of the setting, those of $BROWSER (separated by colons,
 * `%s` stands for the URL, as in xdg-open(1)), then the system's own. Words are split at blanks; no shell is involved.
 */
export function listBrowserCommands(
  url: string,
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
  return [...chosen.map((command) => fillIn(command, url)), ...systemCommands(url, env, platform)]
}

function fillIn(command: string, url: string): CommandLine {
  const [program = '', ...words] = command.trim().split(/\s+/)
  const args = words.map((word) => word.replaceAll('%s', url))
  return [program, ...(command.includes('%s') ? args : [...args, url])]
}

function systemCommands(
  url: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
): CommandLine[] {
  if (platform === 'darwin') return [['open', url]]
  if (platform === 'win32') return [windowsCommand(url)]
  if (env['WSL_DISTRO_NAME']) return [['wslview', url], windowsCommand(url)]
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? [['xdg-open', url]] : []
}

/** Start-Process takes the URL as one word, whatever `&` is in it; `cmd /c start` would not. */
function windowsCommand(url: string): CommandLine {
  return ['powershell.exe', '-NoProfile', '-Command', `Start-Process '${url.replaceAll("'", "''")}'`]
}
