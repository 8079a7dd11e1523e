import { createHash } from 'node:crypto'
import { dirname } from 'node:path'
import type { Context } from '../context.ts'
import { readSettingsFile } from '../settings/settings-file.ts'
import { locateDefinitionFiles } from '../setup/definition-files.ts'
import { pathsOf } from '../setup/plan.ts'
import { isInstalled, locateRcFiles } from '../setup/rc-files.ts'
import { statReachable } from '../setup/reachable.ts'
import { explainReadFailure } from '../system/files/read-failure.ts'
import { readText } from '../system/files/read-text.ts'
import { type Paths, shortenPath } from '../system/paths.ts'
import { type OwnFile, refuseOwnFile } from '../tool-files/own-file.ts'
import { type ImportFacts, readConfigFacts, readCredentialsFacts, type StartUpFile } from './facts.ts'
import type { ImportTool } from './plan.ts'

/** In bytes: what is larger is none of these files, and would take long to parse. */
const largestFile = 2 * 1024 * 1024

/** What all tools' plans follow from. Throws AssumeError `unreadable-file`, `unsafe-file`. */
export async function gatherImportFacts(context: Context, paths: Paths): Promise<ImportFacts> {
  return {
    ...readConfigFacts(readText(context.files, paths.awsConfig)),
    credentials: readCredentialsFacts(readText(context.files, paths.awsCredentials)),
    ...readSettingsFile(context, paths.settings),
    startUp: await readStartUpFiles(context, paths),
    own: new Map(),
    listings: new Map(),
    machineIds: readMachineIds(context),
    env: context.env,
    platform: context.platform,
  }
}

/** The facts with the files of one tool. Throws AssumeError `unreadable-file`, also for one that is too large. */
export function addOwnFiles(
  context: Context,
  paths: Paths,
  facts: ImportFacts,
  tool: ImportTool,
): ImportFacts {
  const { files, env } = context
  const isFolder = (path: string) => statReachable(files, path)?.isDirectory === true
  const world = { home: paths.home, env, isFolder }
  const own = new Map<string, OwnFile>()
  for (const [role, path] of Object.entries(tool.places(world))) {
    const file = readOwnFile(context, paths, path)
    if (file) own.set(role, file)
  }
  const listings = new Map(
    Object.entries(tool.folders?.(world) ?? {}).flatMap(([role, path]) =>
      isFolder(path) ? [[role, listFolder(context, paths, path)] as const] : [],
    ),
  )
  return { ...facts, own, listings }
}

/** Where the files of a tool would be, as a person reads them. */
export function listPlaces({ files, env }: Context, paths: Paths, tool: ImportTool): string[] {
  const isFolder = (path: string) => statReachable(files, path)?.isDirectory === true
  const world = { home: paths.home, env, isFolder }
  return [...new Set(Object.values(tool.places(world)).map((path) => shortenPath(dirname(path), paths)))]
}

function readOwnFile({ files }: Context, paths: Paths, path: string): OwnFile | undefined {
  const shown = shortenPath(path, paths)
  if ((statReachable(files, path)?.size ?? 0) > largestFile)
    throw refuseOwnFile({ path, shown, text: '' }, 'it has more than 2 MiB')
  const text = readText(files, path)
  return text === undefined ? undefined : { path, shown, text }
}

function listFolder({ files }: Context, paths: Paths, path: string): string[] {
  try {
    return files.list(path).sort()
  } catch (cause) {
    throw refuseOwnFile({ path, shown: shortenPath(path, paths), text: '' }, explainReadFailure(cause))
  }
}

async function readStartUpFiles(context: Context, paths: Paths): Promise<StartUpFile[]> {
  const found = new Map<string, StartUpFile>()
  for (const shell of ['bash', 'zsh', 'fish'] as const) {
    if (!isInstalled(shell, context)) continue
    const read = (all: readonly string[]) =>
      new Map(all.map((path) => [path, readText(context.files, path)] as const))
    const texts = read(pathsOf(await locateRcFiles(shell, context)))
    const definitions = read(locateDefinitionFiles(shell, context, texts))
    for (const [path, text] of [...texts, ...definitions])
      if (text !== undefined) found.set(path, { path, shown: shortenPath(path, paths), text })
  }
  return [...found.values()]
}

/** As the library that Leapp asks: a hash of what the system calls this machine. */
function readMachineIds({ files }: Context): string[] {
  return ['/var/lib/dbus/machine-id', '/etc/machine-id'].flatMap((path) => {
    try {
      const [id = ''] = (readText(files, path) ?? '').split('\n')
      return id === '' ? [] : [createHash('sha256').update(id).digest('hex')]
    } catch {
      return []
    }
  })
}
