import { type Arguments, usageError } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'
import { formatWord } from '../core/command-line.ts'
import { parseDocument } from '../core/config/document.ts'
import { editDocument } from '../core/config/edit.ts'
import { mergeDocuments } from '../core/config/merge.ts'
import { defaultTemplate, parseTemplate } from '../core/name-template.ts'
import { isRegionName } from '../core/region.ts'
import { findSession, type LoginTarget, listSessions, nameSession } from '../core/session-list.ts'
import { planSync, type SyncPlan, type SyncRequest } from '../core/sync-plan.ts'
import { describeRest, summarizePlan } from '../core/sync-report.ts'
import { AssumeError } from '../errors.ts'
import { printable } from '../redact.ts'
import { formatDiff } from '../setup/diff.ts'
import { writeAwsConfig } from '../store/aws-config-file.ts'
import { type Paths, shortenPath } from '../store/paths.ts'
import { loadProfiles, type Profiles } from '../store/profiles.ts'
import { readText } from '../store/read-text.ts'
import { type Assignments, fetchAssignments } from '../switching/assignments.ts'
import { openPortal } from '../switching/portal.ts'
import { type Progress, startProgress } from '../ui/progress.ts'
import { confirm } from '../ui/question.ts'

/** What the command line says of the profiles; `region` absent: that of the session. */
interface Wishes extends Pick<SyncRequest, 'template' | 'filter' | 'prunes'> {
  readonly region?: string
}

/** The config file before and after, and what makes the difference. */
interface Draft {
  readonly path: string
  readonly before: string | undefined
  readonly after: string
  readonly plan: SyncPlan
}

/** `assume sync [SESSION]`: a profile for every role that the user has in a session. */
export async function run({ positionals, flags }: Arguments, context: Context): Promise<Outcome> {
  const wishes = readWishes(flags)
  const profiles = loadProfiles(context)
  const { paths } = profiles
  const target = findTarget(profiles, positionals[0], context)
  const session = requireName(target)
  const found = await fetchWithProgress(context, profiles, target)
  const draft = draftConfig(context, paths, target, found, wishes)
  const { plan } = draft
  const notices = describeRest(plan, { session, ...found })
  const isJson = flags['json'] === true
  const report = (isWritten: boolean) => `${JSON.stringify(toJson(session, plan, isWritten), null, 2)}\n`
  if (plan.edits.length === 0) {
    const count = plan.unchanged.length + plan.kept.length
    const text = `nothing to do: the roles of ${printable(session)} have their profiles (${count})\n`
    return { notices, output: isJson ? report(false) : text }
  }
  const summary = summarizePlan(plan)
  const colour = !context.env['NO_COLOR']
  const diff = (isTerminal: boolean) => formatDiff([draft], { colour: colour && isTerminal })
  const shown = isJson ? report(false) : diff(context.terminal.stdoutIsTerminal)
  if (flags['dry-run'] === true) return { notices: [...notices, `would be: ${summary}`], output: shown }
  const isAsked = flags['yes'] !== true
  const { stdinIsTerminal, stderrIsTerminal } = context.terminal
  if (isAsked && (!stdinIsTerminal || !stderrIsTerminal)) return refuseToAsk(notices, shown, session)
  if (isAsked && !(await ask(context, diff(true), [...notices, `${summary}.`]))) {
    return { notices: ['nothing was changed'], ...(isJson && { output: shown }) }
  }
  writeAwsConfig(context.files, draft.path, draft.before, draft.after)
  const done = `changed ${printable(shortenPath(draft.path, paths))}: ${summary}\n`
  const text = isAsked ? done : shown + done
  return { notices: isAsked ? [] : notices, output: isJson ? report(true) : text }
}

function readWishes(flags: Arguments['flags']): Wishes {
  const { template = defaultTemplate, region, filter } = flags
  if (typeof region === 'string' && !isRegionName(region)) {
    throw usageError('sync', `"${printable(region)}" is no AWS region`)
  }
  return {
    template: parseTemplate(String(template)),
    ...(typeof region === 'string' && { region }),
    ...(typeof filter === 'string' && { filter }),
    prunes: flags['prune'] === true,
  }
}

/** The session, also one that no profile uses yet. */
function findTarget({ config, paths }: Profiles, word: string | undefined, { env }: Context): LoginTarget {
  const used = new Set(listSessions(config).map(({ session }) => session.name))
  const profiles = new Map(config.profiles)
  for (const name of config.sessions.keys()) {
    const profile = `sso-session ${name}`
    const values = new Map([['sso_session', name]])
    if (!used.has(name) && !profiles.has(profile)) profiles.set(profile, { values, files: [] })
  }
  return findSession({ ...config, profiles }, word, env['AWS_PROFILE'], shortenPath(paths.awsConfig, paths))
}

/** A legacy session is no section, so profiles cannot refer to it. */
function requireName({ session, profile }: LoginTarget): string {
  if (session.name !== undefined) return session.name
  throw new AssumeError(
    'incomplete-profile',
    `profile ${printable(profile.name)} has its start URL itself; sync writes profiles that refer to an sso-session`,
    { hint: 'assume configure' },
  )
}

async function fetchWithProgress(
  context: Context,
  profiles: Profiles,
  target: LoginTarget,
): Promise<Assignments> {
  let progress: Progress | undefined
  const notifyOnce = (line: string) => {
    const print = () => context.notifyOnce(line)
    if (progress) progress.makeWay(print)
    else print()
  }
  const portal = await openPortal({ ...context, notifyOnce }, profiles, target)
  progress = startProgress(context.terminal, 'accounts')
  try {
    return await fetchAssignments(portal, { signal: context.interruption, onProgress: progress.show })
  } catch (error) {
    if (!(error instanceof AssumeError) || error.code !== 'session-over') throw error
    const hint = `assume login ${formatWord(nameSession(target.session))}`
    throw new AssumeError(error.code, error.message, { hint, cause: error })
  } finally {
    progress.end()
  }
}

/** The file is read after the requests, which take their time, and not before. */
function draftConfig(
  { files }: Context,
  paths: Paths,
  { session }: LoginTarget,
  found: Assignments,
  { region: wished, ...wishes }: Wishes,
): Draft {
  const path = paths.awsConfig
  const before = readText(files, path)
  const config = mergeDocuments(
    parseDocument(before ?? '', 'config'),
    parseDocument(readText(files, paths.awsCredentials) ?? '', 'credentials'),
  )
  const region = wished ?? session.region
  const plan = planSync(config, {
    ...found,
    ...wishes,
    session: session.name ?? '',
    ...(region !== 'none' && { region }),
    completesRegion: wished !== undefined,
    // An empty list is rather a fault of the service, or the wrong user, than the end of all roles.
    prunes: wishes.prunes && found.assignments.length > 0,
  })
  return { path, before, after: editDocument(before ?? '', 'config', plan.edits), plan }
}

/** The diff, or the JSON, still goes out, so that the caller sees what a yes would do. */
function refuseToAsk(notices: readonly string[], output: string, session: string): Outcome {
  const { message, hint, exitStatus } = new AssumeError(
    'confirmation-needed',
    'there is no terminal to ask on; nothing was changed',
    { hint: `assume sync ${formatWord(printable(session))} --yes` },
  )
  return { notices: [...notices, `${message}\n  ${hint}`], output, exitStatus }
}

async function ask(context: Context, diff: string, lines: readonly string[]): Promise<boolean> {
  const session = context.terminal.open()
  try {
    session.output.write(diff)
    for (const line of lines) session.output.write(`${line}\n`)
    return await confirm(session, 'Make these changes?')
  } finally {
    session.close()
  }
}

/** The object of `--json`. */
function toJson(session: string, plan: SyncPlan, isWritten: boolean) {
  const { added, changed, removed, stale, unchanged, kept } = plan
  return { session, written: isWritten, added, changed, removed, stale, unchanged, kept }
}
