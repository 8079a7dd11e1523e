import { isAbsolute, join } from 'node:path'
import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { listKeyFacts } from '../keys/key-facts.ts'
import { listPlugins, type PluginState } from '../plugins/list.ts'
import type { Profile } from '../profiles/profile.ts'
import { describeProfiles, loadProfiles } from '../profiles/profiles.ts'
import { findStartFailure, isOnPath } from '../programs/programs.ts'
import { expandHome, locatePaths, type Paths, shortenPath } from '../system/paths.ts'
import { splitWords } from '../text/shell-words.ts'
import { askNetwork } from './ask-network.ts'
import { otherTools } from './checks/tools.ts'
import { findDirectoryFiles, findProfileFile } from './directory-files.ts'
import type { Facts, LoadedFunction, NamedProgram, Unreadable } from './facts.ts'
import { findFileFaults, findFutureFiles, lookAtKeySessions, lookAtSessions } from './look-at-files.ts'
import { lookAtLoadedFiles, lookAtShells } from './look-at-shells.ts'
import { createTolerantContext, readQuietly } from './tolerant-context.ts'
import { describeUnreadable } from './unreadable.ts'

/** Gathers all that the checks follow from. Reads files, writes none, and asks nobody but, where that is wanted, the network. */
export async function gatherFacts(context: Context, { isOnline }: { isOnline: boolean }): Promise<Facts> {
  const { env, platform } = context
  const quiet = createTolerantContext(context)
  const { files } = quiet
  const paths = locatePaths(env, platform)
  const unreadable: Unreadable[] = []
  const attempt = async <Value>(read: () => Value | Promise<Value>): Promise<Value | undefined> => {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof AssumeError)) throw error
      unreadable.push(describeUnreadable(quiet, error))
      return undefined
    }
  }
  const profiles = await attempt(() => loadProfiles(quiet, paths))
  const described = profiles ? describeProfiles(profiles.config) : []
  const plugins: readonly PluginState[] = (await attempt(() => listPlugins(quiet, paths))) ?? []
  const keyFaults: string[] = []
  const noteFault = (line: string) => keyFaults.push(line.replace(/^warning: |\n.*/gs, ''))
  const storedKeys = listKeyFacts({ ...quiet, notifyOnce: noteFault }, paths)
  const shells = await lookAtShells(quiet)
  const sessions = profiles ? lookAtSessions(quiet, profiles) : []
  const loaded = parseHandedFacts(context.handedFacts)
  const recordFile = join(context.installation, 'node')
  const record = readQuietly(quiet, recordFile)?.split('\n')[0]
  return {
    platform,
    isWsl: env['WSL_DISTRO_NAME'] !== undefined,
    isRoot: context.user?.id === 0,
    hasAwsCli: isOnPath(quiet, 'aws'),
    env,
    now: context.now(),
    userShell: context.userShell,
    loaded,
    isOutdated: context.callingShell !== undefined,
    shells,
    loadedFiles: lookAtLoadedFiles(quiet, shells),
    programs: findNamedPrograms(quiet),
    binFolder: findBinFolder(quiet, paths),
    node: {
      version: context.nodeVersion,
      path: context.node,
      ...(record && {
        recorded: { file: recordFile, path: record, exists: files.stat(record) !== undefined },
      }),
    },
    profiles,
    described,
    unreadable: dropRepeated(unreadable),
    awsPaths: { config: paths.awsConfig, credentials: paths.awsCredentials },
    awsFiles: {
      config: shortenPath(paths.awsConfig, paths),
      credentials: shortenPath(paths.awsCredentials, paths),
    },
    settingsFile: {
      path: paths.settings,
      shown: shortenPath(paths.settings, paths),
      text: readQuietly(quiet, paths.settings) ?? '',
    },
    absentFilesOfProfiles: findAbsentFilesOfProfiles(quiet, paths, described),
    absentFiles: findAbsentFiles(quiet, paths),
    fileFaults: findFileFaults(quiet, paths, { profiles, shells }),
    futureFiles: findFutureFiles(quiet, paths),
    sessions,
    keySessions: profiles ? lookAtKeySessions(quiet, paths, described) : [],
    directoryFiles: findDirectoryFiles(quiet, paths),
    profileFile: loaded?.watchesDirectories ? findProfileFile(quiet, paths) : undefined,
    toolFiles: findToolFiles(quiet, paths),
    absentPrograms: findAbsentPrograms(context, described),
    plugins,
    storedKeys,
    keyFaults,
    ...(isOnline && profiles && { answers: await askNetwork(quiet, profiles) }),
  }
}

function dropRepeated<Item extends { readonly message: string }>(items: readonly Item[]): Item[] {
  return items.filter(({ message }, at) => items.findIndex((each) => each.message === message) === at)
}

/** The words of a function: the contract that it speaks, and what of the shell is so. */
function parseHandedFacts(text: string | undefined): LoadedFunction | undefined {
  if (text === undefined) return undefined
  const [contract = '', ...words] = text.split(' ')
  return {
    contract,
    isInteractive: words.includes('interactive'),
    placesPrompt: words.includes('prompt'),
    hasCompletion: words.includes('completion'),
    watchesDirectories: words.includes('directories'),
  }
}

function findBinFolder({ files, installation }: Context, { home }: Paths): string {
  const ours = join(installation, 'bin')
  const linked = join(home, '.local/bin')
  const isLinked = files.resolve(join(linked, 'assume')) === files.resolve(join(ours, 'assume'))
  return isLinked ? linked : ours
}

function findNamedPrograms(context: Context): NamedProgram[] {
  const { env, files, installation, platform } = context
  const root = files.stat(installation) ? files.resolve(installation) : installation
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(platform === 'win32' ? ';' : ':')
  const found: NamedProgram[] = []
  for (const folder of new Set(folders.filter((each) => isAbsolute(each)))) {
    const path = join(folder, platform === 'win32' ? 'assume.cmd' : 'assume')
    const stat = files.stat(path)
    if (stat?.kind !== 'file' || (platform !== 'win32' && (stat.mode & 0o111) === 0)) continue
    const isOurs = files.resolve(path).startsWith(`${root}/`)
    const text = isOurs || stat.size > 2 ** 16 ? '' : (readQuietly(context, path) ?? '')
    found.push({ path, isOurs, isGranted: /granted|assumego/i.test(text) })
  }
  return found
}

function findAbsentFiles({ env, files }: Context, paths: Paths): (readonly [string, string])[] {
  const variables = ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS']
  return variables.flatMap((variable) => {
    const path = env[variable]
    return path && !files.stat(expandHome(path, paths)) ? [[variable, path] as const] : []
  })
}

/** Thousands of profiles name a few files. */
function findAbsentFilesOfProfiles(
  { files }: Context,
  paths: Paths,
  described: readonly Profile[],
): Facts['absentFilesOfProfiles'] {
  const known = new Map<string, boolean>()
  const isThere = (path: string): boolean => {
    const found = known.get(path) ?? files.stat(expandHome(path, paths)) !== undefined
    known.set(path, found)
    return found
  }
  return described.flatMap(({ name, kind, properties }) => {
    const keys = [...(kind === 'web-identity' ? ['web_identity_token_file'] : []), 'ca_bundle']
    return keys.flatMap((key) => {
      const path = properties.get(key)
      return path && !isThere(path) ? [{ profile: name, key, path }] : []
    })
  })
}

function findToolFiles({ files }: Context, paths: Paths): Map<string, string[]> {
  return new Map(
    otherTools.map(({ name, files: places }) => {
      const found = places.map((place) => join(paths.home, place)).filter((path) => files.stat(path))
      return [name, found.map((path) => shortenPath(path, paths))]
    }),
  )
}

/** Thousands of profiles name a few programs. */
function findAbsentPrograms(context: Context, described: readonly Profile[]): Set<string> {
  const programs = new Set(
    described.flatMap(({ credentialProcess = '' }) => {
      const [program] = splitWords(credentialProcess, context.platform) ?? []
      return program === undefined ? [] : [program]
    }),
  )
  return new Set([...programs].filter((program) => findStartFailure(context, program) === 'not-found'))
}
