import { usageError } from '../cli/mistake.ts'
import type { Arguments } from '../cli/parse.ts'
import { findSubcommand } from '../cli/table.ts'
import { type AccountRole, chooseAssignment, openNewPortal, reopenPortal } from '../configure/assignment.ts'
import {
  type AnswerFlag,
  type Check,
  checkName,
  checkOutput,
  checkRegion,
  checkSsoRegion,
  exceptFor,
  flagChecks,
  type GivenAnswers,
  listMissing,
  noAnswer,
  readRegionAnswer,
  splitScopes,
} from '../configure/checks.ts'
import {
  findObstacle,
  findTarget,
  suggestOutput,
  suggestProfileName,
  suggestRegion,
} from '../configure/default.ts'
import { type Answers, planConfigure } from '../configure/plan.ts'
import { choosePortal, chooseSession, type SessionChoice } from '../configure/session-choice.ts'
import type { Context, Files, Outcome } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { editAwsConfig } from '../profiles/aws-config-file.ts'
import { editDocument } from '../profiles/config/edit.ts'
import type { AwsConfig } from '../profiles/config/merge.ts'
import type { SsoSession } from '../profiles/profile.ts'
import { mergeWithCredentials, type Profiles } from '../profiles/profiles.ts'
import { openPortal } from '../sso/open-portal.ts'
import { tellOfSession, tellRejection } from '../status/notice.ts'
import { readProfiles } from '../switch/known-profiles.ts'
import type { FileEdit } from '../system/files/file-edit.ts'
import { readText } from '../system/files/read-text.ts'
import { type Paths, shortenPath } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import { formatProfileFlag, formatProfileWord, type QuoteWord } from '../text/words.ts'
import { formatDiff } from '../ui/diff.ts'
import { Interview } from '../ui/interview.ts'
import { chooseLook } from '../ui/terminal.ts'

/** `assume configure`: asks for session, account, role and name, logs in, and writes the profile. */
export async function run({ flags }: Arguments, context: Context): Promise<Outcome> {
  const isLegacy = flags['legacy'] === true
  const given = readGiven(flags, isLegacy)
  const profiles = readProfiles(context)
  tellRejection(context, profiles)
  if (given.profile !== undefined) requireProfileName(profiles.config, given.profile)
  const interview = new Interview(context.terminal, {
    command: 'assume configure',
    takesDefaults: flags['yes'] === true,
    look: chooseLook(context),
  })
  if (!interview.asks && !interview.takesDefaults) {
    refuseMissing(
      listMissing(given, (name) => profiles.config.sessions.has(name), isLegacy),
      isLegacy,
    )
  }

  const choose = isLegacy ? choosePortal : chooseSession
  const choice = await choose(
    profiles.config,
    interview,
    { name: given.session, startUrl: given['start-url'], region: given['sso-region'], scopes: given.scopes },
    given.profile,
  )
  if (choice.session.name !== undefined) tellOfSession(context, profiles, choice.session.name)
  const assignment = await chooseRole(context, profiles, interview, choice, given)
  const region = await chooseRegion(profiles.config, interview, choice, given)
  const output = await chooseOutput(profiles.config, interview, choice, given)
  const answers = { session: choice.session, ...assignment, region, output }
  return writeProfile(context, interview, given, answers, flags['dry-run'] === true)
}

function readGiven(flags: Arguments['flags'], isLegacy: boolean): GivenAnswers {
  const ofSession = ['session', 'scopes'].find((name) => flags[name] !== undefined)
  if (isLegacy && ofSession !== undefined)
    throw usageError('configure', `a profile in the legacy form has no sso-session for --${ofSession}`)
  const given: Partial<Record<AnswerFlag, string>> = {}
  for (const [name, check] of Object.entries(flagChecks) as [AnswerFlag, Check][]) {
    const value = flags[name]
    if (typeof value !== 'string') continue
    const complaint = check(value)
    if (complaint) throw usageError('configure', `--${name} ${printable(value)}: ${complaint}`)
    given[name] = check === checkRegion || check === checkSsoRegion ? readRegionAnswer(value) : value
  }
  return given
}

function refuseMissing(missing: readonly AnswerFlag[], isLegacy: boolean): void {
  if (missing.length === 0) return
  const command = isLegacy ? 'assume configure --legacy' : 'assume configure'
  throw new AssumeError('terminal-needed', 'there is no terminal to ask on, and flags are missing', {
    hint: `${command} ${missing.map((name) => `--${name} …`).join(' ')}\n${command} --yes  takes the defaults`,
  })
}

/** Account and role that are both given are taken as they are, so that a machine without a browser can be set up. */
async function chooseRole(
  context: Context,
  profiles: Profiles,
  interview: Interview,
  { session, isNew }: SessionChoice,
  { account: accountId, 'role-name': roleName }: GivenAnswers,
): Promise<AccountRole> {
  if (accountId !== undefined && roleName !== undefined) return { accountId, roleName }
  const target = findTarget(profiles.config, toSession(session))
  const given = { accountId, roleName }
  const portal = await (isNew ? openNewPortal : openPortal)(context, profiles, target)
  try {
    return await chooseAssignment(portal, interview, given)
  } catch (error) {
    if (!interview.asks || !(error instanceof AssumeError) || error.code !== 'session-over') throw error
    return chooseAssignment(await reopenPortal(context, profiles, target), interview, given)
  }
}

function toSession({ name, startUrl, region, scopes }: SessionChoice['session']): SsoSession {
  return {
    ...(name !== undefined && { name }),
    startUrl,
    region,
    ...(scopes && { scopes: splitScopes(scopes) }),
  }
}

async function chooseRegion(
  config: AwsConfig,
  interview: Interview,
  { session }: SessionChoice,
  { region, profile }: GivenAnswers,
): Promise<string | undefined> {
  const proposal = suggestRegion(config, toSession(session), profile) ?? noAnswer
  const answer =
    region ??
    (await interview.askForText({
      label: 'Default region',
      flag: '--region REGION',
      fallback: proposal,
      check: exceptFor(proposal, checkRegion),
    }))
  return answer === noAnswer ? undefined : readRegionAnswer(answer, proposal)
}

async function chooseOutput(
  config: AwsConfig,
  interview: Interview,
  { session }: SessionChoice,
  { output, profile }: GivenAnswers,
): Promise<string | undefined> {
  const current = suggestOutput(config, toSession(session), profile)
  const answer =
    output ??
    (await interview.askForText({
      label: 'Output format (json if not specified)',
      flag: '--output FORMAT',
      fallback: current || noAnswer,
      check: (typed) => (typed === current ? undefined : checkOutput(typed)),
    }))
  return answer === noAnswer ? undefined : answer
}

/** Asks for the name, and again when a profile of that name is to stay as it is; shows the edit and writes it. */
async function writeProfile(
  context: Context,
  interview: Interview,
  given: GivenAnswers,
  answers: Omit<Answers, 'profileName'> & AccountRole,
  isDryRun: boolean,
): Promise<Outcome> {
  const { config, paths } = readProfiles(context)
  const { files, terminal, env, quoteWord } = context
  const format = (draft: Draft, isTerminal: boolean) =>
    formatDiff([draft], { colour: isTerminal && !env['NO_COLOR'] })
  for (let named = given.profile; ; named = undefined) {
    const profileName = named ?? (await askForName(config, interview, answers))
    const next = `next: ${formatSwitch(profileName, quoteWord)}\n`
    const plan = (before: string | undefined) =>
      draftProfile(files, paths, before, { ...answers, profileName })
    const nothing = { output: `nothing to do: the profile says so already\n${next}` }
    if (isDryRun) {
      const draft = plan(readText(files, paths.awsConfig))
      return draft ? { output: format(draft, terminal.stdoutIsTerminal) } : nothing
    }

    let keepsProfile = false
    const agree = async (draft: Draft) => {
      const { known } = draft
      keepsProfile = known !== undefined && !(await interview.confirm(`There ${known}. Update it?`))
      return !keepsProfile && interview.confirm('Write this?', format(draft, true))
    }
    const planUnasked = (before: string | undefined) => {
      const draft = plan(before)
      if (draft?.known !== undefined && !interview.takesDefaults) throw refuseUpdate(draft.known)
      return draft
    }
    const request = interview.asks ? { plan, agree } : { plan: planUnasked }
    const outcome = await editAwsConfig(context, paths, request)
    if (keepsProfile) continue
    if (outcome === 'needless') return nothing
    if (outcome === 'declined') return { notices: ['nothing was written'] }
    const { written } = outcome
    const shown = !interview.asks && terminal.stdoutIsTerminal ? format(written, true) : ''
    const verb = written.before === undefined ? 'created' : 'changed'
    return { output: `${shown}${verb} ${printable(shortenPath(paths.awsConfig, paths))}\n${next}` }
  }
}

/** The edit of the config file; `known` says which profile it changes, absent where it makes one. */
interface Draft extends FileEdit {
  readonly known?: string
}

/** Undefined when the text says so already. Throws AssumeError `usage` for a name that the profile cannot have. */
function draftProfile(
  files: Files,
  paths: Paths,
  before: string | undefined,
  answers: Answers,
): Draft | undefined {
  const { profileName } = answers
  const config = mergeWithCredentials(files, paths, before)
  requireProfileName(config, profileName)
  const edits = planConfigure(before ?? '', answers)
  if (edits.length === 0) return undefined
  const draft = { path: paths.awsConfig, before, after: editDocument(before ?? '', 'config', edits) }
  const values = config.profiles.get(profileName)?.values
  const changesProfile = values !== undefined && edits.some(({ section }) => section.type === 'profile')
  return changesProfile ? { ...draft, known: describeKnown(profileName, values) } : draft
}

function describeKnown(name: string, values: ReadonlyMap<string, string>): string {
  const identity = ['sso_account_id', 'sso_role_name', 'region'].map((key) => values.get(key)).filter(Boolean)
  const facts = identity.length > 0 ? ` (${printable(identity.join(' '))})` : ''
  return `is a profile ${printable(name)} already${facts}`
}

/** Nobody can be asked whether the profile may be changed. */
function refuseUpdate(known: string): AssumeError {
  return new AssumeError('confirmation-needed', `there ${known}; nothing was written`, {
    hint: 'assume configure --yes  updates it\nassume configure --profile NAME  makes another',
  })
}

function askForName(
  config: AwsConfig,
  interview: Interview,
  { session, ...role }: Omit<Answers, 'profileName'> & AccountRole,
): Promise<string> {
  return interview.askForText({
    label: 'Profile name',
    flag: '--profile NAME',
    fallback: suggestProfileName(config, session.name ?? session.startUrl, role),
    check: (name) => checkProfileName(config, name),
  })
}

/** Throws AssumeError `usage` for a name that no profile of Identity Center can have here. */
function requireProfileName(config: AwsConfig, name: string): void {
  const complaint = checkProfileName(config, name)
  if (complaint) throw usageError('configure', `--profile ${printable(name)}: ${complaint}`)
}

function checkProfileName(config: AwsConfig, name: string): string | undefined {
  return config.profiles.has(name) ? findObstacle(config, name) : checkName(name)
}

/** The command line that switches to a profile, whatever its name is. */
function formatSwitch(name: string, quote: QuoteWord): string {
  return `assume ${(findSubcommand(name) ? formatProfileFlag : formatProfileWord)(name, quote)}`
}
