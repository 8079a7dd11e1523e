import { posix, win32 } from 'node:path'
import type { BrowserData, KnownBrowser } from './known.ts'
import { isWsl } from './remote.ts'

/** The machine that a browser is to be started on, as far as that decides how. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  /** The home folder of the user. */
  readonly home: string
  /** Whether a program, or an application of macOS, is at an absolute path. */
  readonly isThere: (path: string) => boolean
  /** The text of a file; undefined where there is none that can be read and is of a sensible size. */
  readonly read: (path: string) => string | undefined
}

/** A place where a browser can be. */
export interface Installation {
  /** What has to be there for it, and is started unless there is an `app`. */
  readonly path: string
  /** The application that macOS is told to open. */
  readonly app?: string
  /** Where its profiles can be described, the likeliest first. */
  readonly folders: readonly string[]
}

/** Where a browser can be on a machine, best first; in WSL it is one of Windows before it is one of Linux. */
export function listInstallations(browser: KnownBrowser, machine: Machine): Installation[] {
  if (machine.platform === 'darwin') return listOnMac(browser, machine)
  if (machine.platform === 'win32') return listOnWindows(browser, findWindowsFolders(machine), win32.join)
  const ofWindows = isWsl(machine.env) ? listOnWindows(browser, findWslFolders(machine), posix.join) : []
  return [...ofWindows, ...(hasDisplay(machine.env) ? listOnLinux(browser, machine) : [])]
}

/** Whether a window of Linux can be shown. */
export function hasDisplay(env: Machine['env']): boolean {
  return Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
}

function listOnMac({ apps, family, data }: KnownBrowser, { home }: Machine): Installation[] {
  const folders = data ? [posix.join(home, 'Library/Application Support', data.darwin)] : []
  return apps.flatMap((app) =>
    ['/Applications', posix.join(home, 'Applications')].map((place) => {
      const path = posix.join(place, `${app}.app`)
      if (family !== 'firefox') return { path, app, folders }
      // The schemes of containers are known to it alone, so it is no matter for `open`.
      const program = app.split(' ')[0]?.toLowerCase() ?? ''
      return { path: posix.join(path, 'Contents/MacOS', program), folders }
    }),
  )
}

function listOnLinux(browser: KnownBrowser, { env, home }: Machine): Installation[] {
  const { programs, flatpak, family, data } = browser
  const path = (env['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/'))
  const config = env['XDG_CONFIG_HOME']?.startsWith('/')
    ? env['XDG_CONFIG_HOME']
    : posix.join(home, '.config')
  const snap = data?.snap === undefined ? [] : [posix.join(home, data.snap)]
  const own = (program: string): string[] => {
    if (!data) return []
    if (family === 'firefox') return [posix.join(home, data.linux), ...findXdgData(data, config)]
    const folder = program.endsWith('-beta') ? `${data.linux}-beta` : data.linux
    return [posix.join(env['CHROME_CONFIG_HOME'] || config, folder)]
  }
  const installed = programs.flatMap((program) =>
    [...new Set([...path, '/snap/bin'])].map((folder) => ({
      path: posix.join(folder, program),
      folders: folder === '/snap/bin' ? snap : [...own(program), ...snap],
    })),
  )
  if (flatpak === undefined || !data) return installed
  const part = family === 'firefox' ? data.linux : posix.join('config', data.linux)
  const folders = [posix.join(home, '.var/app', flatpak, part)]
  const exports = [posix.join(home, '.local/share/flatpak/exports/bin'), '/var/lib/flatpak/exports/bin']
  return [...installed, ...exports.map((folder) => ({ path: posix.join(folder, flatpak), folders }))]
}

/** Firefox alone has its profiles below the folder for configuration, too, since version 147 and in a new home. */
function findXdgData({ linux }: BrowserData, config: string): string[] {
  return linux === '.mozilla/firefox' ? [posix.join(config, 'mozilla/firefox')] : []
}

interface WindowsFolders {
  readonly programs: readonly string[]
  /** Of the user; absent where it is not known who that is. */
  readonly local?: string | undefined
  readonly roaming?: string | undefined
}

function listOnWindows(
  { exe, family, data }: KnownBrowser,
  { programs, local, roaming }: WindowsFolders,
  join: (...parts: string[]) => string,
): Installation[] {
  if (exe === undefined || !data) return []
  const base = family === 'firefox' ? roaming : local
  const folders = base === undefined ? [] : [join(base, data.windows)]
  return [...programs, ...(local === undefined ? [] : [local])].map((place) => ({
    path: join(place, exe),
    folders,
  }))
}

function findWindowsFolders({ env, home }: Machine): WindowsFolders {
  const named = [env['ProgramFiles'], env['ProgramW6432'], env['ProgramFiles(x86)']]
  const programs = [...new Set(named)].flatMap((folder) => folder || [])
  return {
    programs: programs.length > 0 ? programs : ['C:\\Program Files', 'C:\\Program Files (x86)'],
    local: env['LOCALAPPDATA'] || win32.join(home, 'AppData\\Local'),
    roaming: env['APPDATA'] || win32.join(home, 'AppData\\Roaming'),
  }
}

/** WSL appends the PATH of Windows to its own, and that names the drive of the system and the folder of the user. */
function findWslFolders({ env }: Machine): WindowsFolders {
  const path = env['PATH'] ?? ''
  const drive = /(?:^|:)([^:]+)\/windows\/system32\/?(?::|$)/i.exec(path)?.[1] ?? '/mnt/c'
  const user = /(?:^|:)([^:]+\/Users\/[^/:]+\/AppData)\/Local\//i.exec(path)?.[1]
  return {
    programs: [`${drive}/Program Files`, `${drive}/Program Files (x86)`],
    ...(user !== undefined && { local: `${user}/Local`, roaming: `${user}/Roaming` }),
  }
}
