import { usageError } from '../cli/mistake.ts'
import { readSessionName } from '../cli/names.ts'
import type { Arguments } from '../cli/parse.ts'
import { type Assignments, fetchAssignments } from '../configure/assignments.ts'
import { checkRegion, noAnswer, readRegionAnswer } from '../configure/checks.ts'
import { defaultTemplate, parseTemplate } from '../configure/name-template.ts'
import { planSync, type SyncPlan, type SyncRequest } from '../configure/sync-plan.ts'
import { describeRest, summarizePlan } from '../configure/sync-report.ts'
import type { Context, Outcome } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { editAwsConfig } from '../profiles/aws-config-file.ts'
import { editDocument } from '../profiles/config/edit.ts'
import { mergeWithCredentials, type Profiles } from '../profiles/profiles.ts'
import { formatLogin, type LoginTarget } from '../profiles/session-list.ts'
import { openPortal } from '../sso/open-portal.ts'
import { chooseTarget } from '../sso/targets.ts'
import { tellOfSession, tellRejection } from '../status/notice.ts'
import { readProfiles } from '../switch/known-profiles.ts'
import type { FileEdit } from '../system/files/file-edit.ts'
import { readText } from '../system/files/read-text.ts'
import { type Paths, shortenPath } from '../system/paths.ts'
import { formatJson } from '../text/json-text.ts'
import { printable } from '../text/redact.ts'
import { formatSessionWord, type Hint } from '../text/words.ts'
import { confirm } from '../ui/confirm.ts'
import { formatDiff } from '../ui/diff.ts'
import { type Progress, startProgress } from '../ui/progress.ts'
import { canAsk, holdTerminal, refuseToAsk } from '../ui/terminal.ts'

/** What the command line says of the profiles; `region` absent: that of the session. */
interface Wishes extends Pick<SyncRequest, 'template' | 'filter' | 'prunes'> {
  readonly region?: string
}

/** What the profiles are made from. */
interface Request {
  readonly target: LoginTarget
  readonly found: Assignments
  readonly wishes: Wishes
}

/** The edit of the config file, and what it comes from. */
interface Draft extends FileEdit {
  readonly plan: SyncPlan
}

/** `assume sync [SESSION]`: a profile for every role that the user has in a session. */
export async function run(args: Arguments, context: Context): Promise<Outcome> {
  const { flags } = args
  const name = readSessionName(args, 'sync')
  const wishes = readWishes(flags)
  const profiles = readProfiles(context)
  tellRejection(context, profiles)
  const { paths } = profiles
  const target = chooseTarget(context, profiles, name)
  const session = requireName(target)
  tellOfSession(context, profiles, session)
  const found = await fetchWithProgress(context, profiles, target)
  const draft = (before: string | undefined) => draftConfig(context, paths, before, { target, found, wishes })
  const report = new Report(context, session, found, flags['json'] === true)
  const first = draft(readText(context.files, paths.awsConfig))
  if (first.plan.edits.length === 0) return report.describeNothing(first)
  if (flags['dry-run'] === true) {
    const notices = [...report.notices(first), `would be: ${summarizePlan(first.plan)}`]
    return { notices, output: report.show(first) }
  }
  const isAsked = flags['yes'] !== true
  if (isAsked && !canAsk(context.terminal)) {
    const command = `assume sync --yes ${formatSessionWord(session, context.quoteWord)}`
    return refuseToAsk(report.notices(first), report.show(first), command)
  }
  let last = first
  const plan = (before: string | undefined) => {
    last = draft(before)
    return last.plan.edits.length === 0 ? undefined : last
  }
  const agree = (edit: Draft) =>
    ask(context, report.diff(edit, true), [...report.notices(edit), `${summarizePlan(edit.plan)}.`])
  const outcome = await editAwsConfig(context, paths, isAsked ? { plan, agree } : { plan })
  if (outcome === 'needless') return report.describeNothing(last)
  if (outcome === 'declined') {
    return { notices: ['nothing was changed'], ...(report.isJson && { output: report.show(last) }) }
  }
  return report.describeDone(outcome.written, shortenPath(paths.awsConfig, paths), isAsked)
}

/** What the command says of an edit. */
class Report {
  readonly isJson: boolean
  readonly #context: Context
  readonly #session: string
  readonly #found: Assignments

  constructor(context: Context, session: string, found: Assignments, isJson: boolean) {
    this.isJson = isJson
    this.#context = context
    this.#session = session
    this.#found = found
  }

  /** What the edit leaves alone. */
  notices({ plan }: Draft): string[] {
    return describeRest(plan, { session: this.#session, ...this.#found }, this.#context.quoteWord)
  }

  diff(edit: Draft, isTerminal: boolean): string {
    return formatDiff([edit], { colour: isTerminal && !this.#context.env['NO_COLOR'] })
  }

  /** The edit as stdout has it: the diff, or the object of `--json`. */
  show(edit: Draft, isWritten = false): string {
    if (!this.isJson) return this.diff(edit, this.#context.terminal.stdoutIsTerminal)
    return formatJson(toJson(this.#session, edit.plan, isWritten))
  }

  describeNothing(edit: Draft): Outcome {
    const count = edit.plan.unchanged.length + edit.plan.kept.length
    const text = `nothing to do: the roles of ${printable(this.#session)} have their profiles (${count})\n`
    return { notices: this.notices(edit), output: this.isJson ? this.show(edit) : text }
  }

  describeDone(edit: Draft, path: string, isSeen: boolean): Outcome {
    const notices = isSeen ? [] : this.notices(edit)
    if (this.isJson) return { notices, output: this.show(edit, true) }
    const done = `changed ${printable(path)}: ${summarizePlan(edit.plan)}\n`
    return { notices, output: isSeen ? done : this.show(edit) + done }
  }
}

function readWishes(flags: Arguments['flags']): Wishes {
  const { template = defaultTemplate, region, filter } = flags
  const complaint = typeof region === 'string' ? checkRegion(region) : undefined
  if (complaint) throw usageError('sync', complaint)
  return {
    template: parseTemplate(String(template)),
    ...(typeof region === 'string' && { region: readRegionAnswer(region) }),
    ...(typeof filter === 'string' && { filter }),
    prunes: flags['prune'] === true,
  }
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
    const hint: Hint = (quote) => formatLogin(target.session, quote)
    throw new AssumeError(error.code, error.message, { hint, cause: error })
  } finally {
    progress.end()
  }
}

/** What is to become of the config file with the text `before`. */
function draftConfig(
  { files }: Context,
  paths: Paths,
  before: string | undefined,
  { target: { session }, found, wishes: { region: wished, ...wishes } }: Request,
): Draft {
  const config = mergeWithCredentials(files, paths, before)
  const region = wished ?? session.region
  const plan = planSync(config, {
    ...found,
    ...wishes,
    session: session.name ?? '',
    ...(region !== noAnswer && { region }),
    completesRegion: wished !== undefined,
    // An empty list is rather a fault of the service, or the wrong user, than the end of all roles.
    prunes: wishes.prunes && found.assignments.length > 0 && found.odd === 0,
  })
  const path = paths.awsConfig
  return { path, before, after: editDocument(before ?? '', 'config', plan.edits), plan }
}

function ask({ terminal }: Context, diff: string, lines: readonly string[]): Promise<boolean> {
  return holdTerminal(terminal, (session) => {
    session.output.write(diff)
    for (const line of lines) session.output.write(`${line}\n`)
    return confirm(session, 'Make these changes?')
  })
}

/** The object of `--json`. */
function toJson(session: string, plan: SyncPlan, isWritten: boolean) {
  const { added, changed, removed, stale, unchanged, kept } = plan
  return { session, written: isWritten, added, changed, removed, stale, unchanged, kept }
}
