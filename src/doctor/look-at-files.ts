import { dirname, join } from 'node:path'
import { tokenFileName } from '../aws/cache-file-name.ts'
import type { Context, FileStat } from '../context.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { listSessions } from '../profiles/session-list.ts'
import { lookUpSession, readToken } from '../sso/token-cache.ts'
import { describeObjection, formatRemedy } from '../system/files/objection.ts'
import { findObjection, keepsOwnership } from '../system/files/ownership.ts'
import { type Paths, shortenPath } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import type { Facts, OpenFile, SessionFacts, ShellFacts } from './facts.ts'

interface Surroundings {
  readonly profiles: Profiles | undefined
  readonly shells: readonly ShellFacts[]
}

/** What somebody else can change or read that is to be the user's alone. Nothing on Windows. */
export function findOpenFiles(context: Context, paths: Paths, surroundings: Surroundings): OpenFile[] {
  if (!context.user) return []
  return [...findChangeable(context, paths, surroundings), ...findReadable(context, paths, surroundings)]
}

function findChangeable(context: Context, paths: Paths, { shells }: Surroundings): OpenFile[] {
  const { user, installation, quoteWord } = context
  const startUp = shells.flatMap(({ task, texts }) =>
    [...task.own, ...task.login].filter((path) => texts.get(path)),
  )
  const own = [paths.awsConfig, paths.awsCredentials, paths.ssoCache, paths.loginCache, paths.cliCache]
  const ours = [paths.settings, paths.plugins, paths.cache, paths.roles, paths.registrations, paths.history]
  const program = ['bin/assume', 'dist/main.js', 'shell'].map((path) => join(installation, path))
  const found = new Map<string, OpenFile>()
  for (const path of [...own, ...ours, ...program, ...startUp]) {
    const objection = findObjection(context, path)
    if (!objection || !user || found.has(objection.path) || !keepsOwnership(context, objection)) continue
    found.set(objection.path, {
      seen: describeObjection(objection, printable(shortenPath(objection.path, paths))),
      command: formatRemedy(objection, user.id, quoteWord),
      isSecret: false,
    })
  }
  return [...found.values()]
}

/** Files with secrets, by what a command has to name. */
function findReadable(context: Context, paths: Paths, { profiles }: Surroundings): OpenFile[] {
  const { quoteWord } = context
  const holdsKeys = profiles?.documents[0].sections.some(({ properties }) =>
    properties.some(({ key }) => key === 'aws_secret_access_key'),
  )
  const single = [paths.awsCredentials, ...(holdsKeys ? [paths.awsConfig] : [])]
  const folders = [paths.ssoCache, paths.loginCache, paths.cliCache, paths.roles, paths.registrations]
  const seen = (path: string) => `others can read ${printable(shortenPath(path, paths))}`
  return [
    ...single
      .filter((path) => isReadable(context, path, paths.home))
      .map((path) => ({ seen: seen(path), command: `chmod go-rwx ${quoteWord(path)}`, isSecret: true })),
    ...folders
      .filter((folder) => listFiles(context, folder).some((path) => isReadable(context, path, paths.home)))
      .map((folder) => ({
        seen: seen(folder),
        command: `chmod -R go-rwx ${quoteWord(folder)}`,
        isSecret: true,
      })),
  ]
}

/** Whether everybody on this machine gets at a file: by its mode, and through the folders above it up to the home. */
function isReadable(context: Context, path: string, home: string): boolean {
  const stat = look(context, path)
  if (stat?.kind !== 'file' || (stat.mode & 0o004) === 0) return false
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (((look(context, folder)?.mode ?? 0) & 0o001) === 0) return false
    if (folder === home || folder === dirname(folder)) break
  }
  return keepsOwnership(context, { subject: path, path, flaw: 'open-to-others', ownership: stat })
}

function listFiles(context: Context, folder: string): string[] {
  if (!look(context, folder)?.isDirectory) return []
  try {
    return context.files
      .list(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(folder, name))
  } catch {
    return []
  }
}

function look({ files }: Context, path: string): FileStat | undefined {
  try {
    return files.stat(path)
  } catch {
    return undefined
  }
}

/** Less can be a clock that was set a moment ago. In milliseconds. */
const leastAhead = 60_000

/** Files that were written in the future. */
export function findFutureFiles(context: Context, paths: Paths): Facts['futureFiles'] {
  const now = context.now()
  const caches = [paths.ssoCache, paths.cliCache].flatMap((folder) => listFiles(context, folder))
  return [paths.awsConfig, paths.awsCredentials, paths.settings, paths.history, ...caches].flatMap((path) => {
    const time = look(context, path)?.mtimeNs
    const ahead = time === undefined ? 0 : Number(time / 1_000_000n) - now
    return ahead > leastAhead ? [{ path: shortenPath(path, paths), ahead }] : []
  })
}

/** What the caches say of every session of the files. */
export function lookAtSessions(context: Context, { config, paths }: Profiles): SessionFacts[] {
  const now = context.now()
  return listSessions(config).map(({ session }) => ({
    session,
    state: lookUpSession(context, paths.ssoCache, session, now),
    hasFile: look(context, join(paths.ssoCache, tokenFileName(session))) !== undefined,
    registrationEnds: readToken(context, paths.ssoCache, session, now)?.registrationExpiresAt,
  }))
}
