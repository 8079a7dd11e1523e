import { userInfo } from 'node:os'
import { join } from 'node:path'
import type { Context, Environment } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { findNamedHome, isPlace } from './home.ts'
import { type PathVariables, pickPathVariables } from './index-source.ts'

/** Where everything lies; the only place that knows it. */
export interface Paths {
  /** What the environment says that they follow from. */
  readonly variables: PathVariables
  readonly home: string
  readonly awsConfig: string
  readonly awsCredentials: string
  /** The folder of AWS's own Identity Center tokens. */
  readonly ssoCache: string
  /** The folder of the sessions of `aws login`. */
  readonly loginCache: string
  /** The folder of the AWS CLI's role credentials. */
  readonly cliCache: string
  readonly settings: string
  readonly plugins: string
  /** The folder of stored keys: beside the settings, for an update replaces the installation whole. */
  readonly keys: string
  /** The folder of the profile index and its stamps. */
  readonly cache: string
  readonly history: string
  /** The folder of what import has changed, as it was before. */
  readonly backups: string
  /** The folder of what the user has said of the files in which directories name profiles. */
  readonly directories: string
  /** The folder of the marks that something was said which is said once. */
  readonly told: string
  /** The folder of our client registrations, which are ours alone: the SDKs read only the copy in a token file. */
  readonly registrations: string
  /** The folder of role credentials that the AWS CLI would mistake for those of another profile. */
  readonly roles: string
  /** The folder of the files that plugins bring, in a folder for each plugin. */
  readonly pluginFiles: string
  /** The folder of the locks; outside `~/.aws`, whose cache folders other tools read and clear whole. */
  readonly locks: string
  /** The folders in which servers for credentials can lie, the best first. */
  readonly serve: readonly string[]
  /** The file of ours among those in which direnv looks for functions (https://direnv.net/man/direnv-stdlib.1.html). */
  readonly direnvLibrary: string
}

/**
 * The paths that an environment leads to. The AWS files follow the shared rules of the SDKs ("Location of the
 * shared config and credentials files"): HOME, on Windows USERPROFILE, HOMEDRIVE with HOMEPATH, a leading `~/` expanded.
 * Our own follow the XDG base directory specification; on Windows they lie in LOCALAPPDATA and APPDATA. A folder that is
 * no absolute path counts as unset in both: it would be another one in every folder. Throws AssumeError `no-home`.
 */
export function locatePaths(env: Environment, platform: NodeJS.Platform): Paths {
  const home = findNamedHome(env, platform) ?? findRecordedHome(platform)
  const expand = (path: string) => expandHome(path, { home })
  const base = (variable: string, fallback: string) => {
    const value = env[variable]
    return isPlace(value, platform) ? value : join(home, fallback)
  }
  const windows = platform === 'win32'
  const config = windows ? base('APPDATA', 'AppData/Roaming') : base('XDG_CONFIG_HOME', '.config')
  const local = base('LOCALAPPDATA', 'AppData/Local')
  const cache = windows ? join(local, 'assume', 'cache') : join(base('XDG_CACHE_HOME', '.cache'), 'assume')
  const state = windows ? join(local, 'assume') : join(base('XDG_STATE_HOME', '.local/state'), 'assume')
  const runtime = env['XDG_RUNTIME_DIR']
  const ownDirenv = env['DIRENV_CONFIG']
  const direnv = isPlace(ownDirenv, platform) ? ownDirenv : join(base('XDG_CONFIG_HOME', '.config'), 'direnv')
  return {
    variables: pickPathVariables(env),
    home,
    awsConfig: expand(env['AWS_CONFIG_FILE'] || join(home, '.aws', 'config')),
    awsCredentials: expand(env['AWS_SHARED_CREDENTIALS_FILE'] || join(home, '.aws', 'credentials')),
    ssoCache: join(home, '.aws', 'sso', 'cache'),
    loginCache: expand(env['AWS_LOGIN_CACHE_DIRECTORY'] || join(home, '.aws', 'login', 'cache')),
    cliCache: join(home, '.aws', 'cli', 'cache'),
    settings: join(config, 'assume', 'config'),
    plugins: join(config, 'assume', 'plugins'),
    keys: join(config, 'assume', 'keys'),
    cache,
    history: join(state, 'history'),
    directories: join(state, 'directories'),
    told: join(state, 'told'),
    backups: join(state, 'backups'),
    registrations: join(cache, 'registrations'),
    roles: join(cache, 'roles'),
    pluginFiles: join(cache, 'plugins'),
    locks: join(state, 'locks'),
    serve: [...(isPlace(runtime, platform) ? [join(runtime, 'assume')] : []), join(state, 'serve')],
    direnvLibrary: join(direnv, 'lib', 'assume.sh'),
  }
}

/** What our own files lie by that shells look for, too. */
const variablesOfOurs = ['XDG_CACHE_HOME', 'XDG_STATE_HOME', 'LOCALAPPDATA'] as const

/**
 * The paths that a switch goes by: files that say what a profile is lie where they did before an earlier switch. Index,
 * caches and history lie where the environment as it is says: shells know no other. Throws AssumeError `no-home`.
 */
export function locateSwitchPaths({
  env,
  ownEnv,
  platform,
}: Pick<Context, 'env' | 'ownEnv' | 'platform'>): Paths {
  const ours = Object.fromEntries(variablesOfOurs.map((name) => [name, env[name]]))
  return locatePaths(env === ownEnv ? env : { ...ownEnv, ...ours }, platform)
}

/** The home folder of the user by the system's own records. `homedir` of Node goes by HOME. */
function findRecordedHome(platform: NodeJS.Platform): string {
  const refuse = (record: string, cause?: unknown) =>
    new AssumeError('no-home', `HOME names no folder, and the system has no ${record} this user`, {
      hint: (_, write) => write('HOME', '/path/to/a/folder'),
      cause,
    })
  let home: string
  try {
    home = userInfo().homedir
  } catch (cause) {
    throw refuse('record of', cause)
  }
  if (isPlace(home, platform)) return home
  throw refuse('home folder on record for')
}

/** A path with a leading `~/` put in full, as the AWS tools read theirs. */
export function expandHome(path: string, { home }: Pick<Paths, 'home'>): string {
  return /^~[/\\]/.test(path) ? join(home, path.slice(2)) : path
}

/** A path as a person reads it: with `~` for the home folder. */
export function shortenPath(path: string, paths: Paths): string {
  return path.startsWith(`${paths.home}/`) ? `~${path.slice(paths.home.length)}` : path
}
