import { describeUnknownRegion, parseTypedRegion } from '../aws/region.ts'
import { usageError } from '../cli/mistake.ts'
import { chooseProfileName } from '../cli/names.ts'
import type { Arguments } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'
import { planFile, readWritable, refuseName, writeWish } from '../directories/file-writer.ts'
import { formatHere, type HereReport, toHereJson } from '../directories/here-report.ts'
import { allowFile, allowTree, denyTree, parsePatterns } from '../directories/permission.ts'
import {
  findCurrentDirectory,
  findDirectoryFile,
  findEnd,
  locateFile,
  type ProfileFile,
  shortenDirectory,
  spellDirectory,
} from '../directories/place.ts'
import { checkRecordable, readRecorded, writeRecord, writeTree } from '../directories/record-store.ts'
import { explainNoSwitch } from '../directories/row-hindrance.ts'
import { judgeFile } from '../directories/standing.ts'
import { describeWish, isWritable, noProfile, type Wish } from '../directories/wish.ts'
import { findWishFault, formatSwitch } from '../directories/wish-check.ts'
import { writeFor } from '../emit/word.ts'
import { AssumeError } from '../errors.ts'
import { describeProfile } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { readKnownProfiles } from '../switch/known-profiles.ts'
import type { FileEdit } from '../system/files/file-edit.ts'
import { expandHome, locatePaths, type Paths, shortenPath } from '../system/paths.ts'
import { formatJson } from '../text/json-text.ts'
import { printable } from '../text/redact.ts'
import { formatProfileWord } from '../text/words.ts'
import { confirm } from '../ui/confirm.ts'
import { formatDiff } from '../ui/diff.ts'
import { canAsk, chooseLook, holdTerminal, refuseToAsk } from '../ui/terminal.ts'

/** What can be said of a file or a tree; one at a time. */
const decisions = ['allow', 'deny', 'forget'] as const
type Decision = (typeof decisions)[number]

/** `assume here [PROFILE] | --allow | --deny | --forget`: the profile of this directory. */
export async function run({ positionals, flags }: Arguments, context: Context): Promise<Outcome> {
  const name = chooseProfileName(positionals[0], flags, 'here')
  const decision = chooseDecision(flags, name)
  if (context.platform === 'win32') {
    throw new AssumeError(
      'unsafe-file',
      'Windows does not tell whose a file is, so directories have no profiles there',
    )
  }
  if (name !== undefined) return setProfile(context, name, flags)
  const paths = locatePaths(context.env, context.platform)
  const { tree } = flags
  if (typeof tree === 'string') {
    const directory = spellDirectory(
      findCurrentDirectory(context),
      tree === '~' ? paths.home : expandHome(tree, paths),
    )
    if (directory === '/') throw usageError('here', 'a tree has to be a directory below /')
    return decideOnTree(context, paths, { directory, decision, profiles: flags['profiles'] })
  }
  const current = findCurrentDirectory(context)
  if (decision !== undefined) return decideOnFile(context, paths, current, decision)
  const report = await examine(context, paths, current)
  const notices = report.recorded.faults.map((fault) => describeFault(fault, context))
  if (flags['json'] === true) return { notices, output: formatJson(toHereJson(report)) }
  const shown = formatHere(report, context.quoteWord)
  const { standing, file } = report.found ?? {}
  const isOpen = standing?.canBeAllowed && (standing.code === 'unrecorded' || standing.code === 'changed')
  const asks = canAsk(context.terminal) && context.terminal.stdoutIsTerminal
  if (!file || !isOpen || !asks) return { notices, output: shown }
  for (const notice of notices) context.notify(notice)
  return (await askToAllow(context, report, shown)) ? allow(context, file) : {}
}

/** Throws AssumeError `usage` for flags that do not go together. */
function chooseDecision(flags: Arguments['flags'], name: string | undefined): Decision | undefined {
  const [decision, other] = decisions.filter((each) => flags[each] === true)
  const refuse = (message: string) => usageError('here', message)
  const has = (flag: string) => flags[flag] !== undefined
  if (other !== undefined) throw refuse(`--${decision} and --${other} do not go together`)
  if (name !== undefined) {
    const odd = [...decisions, 'tree', 'profiles', 'json'].find(has)
    if (odd !== undefined) throw refuse(`PROFILE and --${odd} do not go together`)
    return undefined
  }
  if (has('region')) throw refuse('--region needs a PROFILE')
  if (has('yes')) throw refuse('--yes needs a PROFILE; say --allow')
  if (has('json') && decision !== undefined) throw refuse(`--json and --${decision} do not go together`)
  if (has('tree') && decision === undefined) throw refuse('--tree needs --allow, --deny or --forget')
  if (has('profiles') && !has('tree')) throw refuse('--profiles needs --tree DIR')
  if (has('tree') && decision === 'allow' && !has('profiles')) {
    throw refuse("--allow --tree needs --profiles PATTERNS, such as 'dev,*-readonly'")
  }
  if (has('profiles') && decision !== 'allow') throw refuse(`--${decision} takes no --profiles`)
  return decision
}

async function setProfile(context: Context, name: string, flags: Arguments['flags']): Promise<Outcome> {
  const region = readRegion(flags['region'])
  const wish: Wish = { name, ...(region !== undefined && { region }) }
  const profiles = await readKnownProfiles(context)
  const fault = findFaultBy(profiles)(wish)
  if (fault) throw fault.error
  if (!isWritable(name)) throw refuseName(name)
  const directory = findCurrentDirectory(context)
  checkRecordable(directory)
  const path = locateFile(directory)
  const before = readWritable(context, path)
  const saysYes = flags['yes'] === true
  const plan = planFile(path, before, wish)
  if (plan && before !== undefined && !saysYes && !canAsk(context.terminal)) {
    const words = ['assume here', formatProfileWord(name, context.quoteWord)]
    if (region !== undefined) words.push(`--region ${region}`)
    const shown = formatDiff([plan], {
      colour: context.terminal.stdoutIsTerminal && !context.env['NO_COLOR'],
    })
    return refuseToAsk([], shown, [...words, '--yes'].join(' '))
  }
  const agree = saysYes ? undefined : (edit: FileEdit) => agreeToEdit(context, edit)
  const outcome = await writeWish(context, profiles.paths, { path, wish }, agree)
  if (outcome === 'declined') return { output: 'nothing was changed\n' }
  const text = outcome === 'needless' ? readWritable(context, path) : outcome.written.after
  if (text === undefined) throw new Error('a file that was written has no text')
  const { output, ...rest } = await allowIn(context, profiles, { directory, path, text })
  if (outcome === 'needless') return { ...rest, output }
  const verb = outcome.written.before === undefined ? 'created' : 'changed'
  return {
    ...rest,
    output: `${verb} ${printable(shortenPath(path, profiles.paths))}\n${output}`,
  }
}

/** Throws AssumeError `usage` for a region that AWS does not have. */
function readRegion(typed: string | true | undefined): string | undefined {
  if (typeof typed !== 'string') return undefined
  const region = parseTypedRegion(typed)
  if (!region) throw usageError('here', describeUnknownRegion(typed))
  return region.name
}

/** A file that is new to the directory is what was asked for. */
async function agreeToEdit({ terminal, env, platform }: Context, edit: FileEdit): Promise<boolean> {
  if (edit.before === undefined) return true
  return holdTerminal(terminal, (session) => {
    session.output.write(formatDiff([edit], chooseLook({ env, platform })))
    return confirm(session, 'Make this change?')
  })
}

async function decideOnFile(
  context: Context,
  paths: Paths,
  current: string,
  decision: Decision,
): Promise<Outcome> {
  const file = findDirectoryFile(context, current)
  if (decision === 'allow') {
    if (file) return allow(context, file)
    throw new AssumeError(
      'unreadable-file',
      `there is no .aws-profile in ${printable(shortenDirectory(current, paths))}, nor above it`,
      {
        hint: 'assume here PROFILE',
      },
    )
  }
  const directory = file?.directory ?? current
  const shown = printable(shortenDirectory(directory, paths))
  if (decision === 'deny') {
    await writeRecord(context, paths, directory, { kind: 'deny', directory })
    return { output: `${shown}: denied\n` }
  }
  const isForgotten = await writeRecord(context, paths, directory, undefined)
  return { output: `${shown}: ${isForgotten ? 'forgotten' : 'nothing was recorded'}\n` }
}

interface TreeDecision {
  readonly directory: string
  readonly decision: Decision | undefined
  readonly profiles: string | true | undefined
}

async function decideOnTree(
  context: Context,
  paths: Paths,
  { directory, decision, profiles: list }: TreeDecision,
): Promise<Outcome> {
  const shown = printable(shortenDirectory(directory, paths))
  if (decision === 'allow') {
    const patterns = parsePatterns(String(list), (message) => usageError('here', message))
    const profiles = await readKnownProfiles(context)
    const lines = await allowTree(context, profiles, { kind: 'allow', directory, patterns })
    return { output: lines.map((line) => `${line}\n`).join('') }
  }
  if (decision === 'deny') {
    await denyTree(context, paths, directory)
    return { output: `${shown} and below: denied, but for what has a record of its own\n` }
  }
  const isForgotten = await writeTree(context, paths, directory, undefined)
  return { output: `${shown} and below: ${isForgotten ? 'forgotten' : 'nothing was recorded'}\n` }
}

async function examine(context: Context, paths: Paths, directory: string): Promise<HereReport> {
  const file = findDirectoryFile(context, directory)
  const shorten = (path: string) => shortenDirectory(path, paths)
  const report = {
    directory,
    end: findEnd(context, directory),
    recorded: readRecorded(context, paths, file?.directory ?? directory),
    isOn: (context.handedFacts ?? '').split(' ').includes('directories'),
    shorten,
  }
  if (!file) return report
  const profiles = await readKnownProfiles(context, { paths })
  const standing = judgeFile(file, { ...report.recorded, findFault: findFaultBy(profiles), shorten })
  const hindrance = standing.wish && explainFor(profiles, standing.wish, context.platform)
  return { ...report, found: { file, standing, ...(hindrance !== undefined && { hindrance }) } }
}

function findFaultBy({ config, paths }: Profiles) {
  const configPath = shortenPath(paths.awsConfig, paths)
  return (wish: Wish) => findWishFault(config, configPath, wish)
}

function explainFor(profiles: Profiles, { name }: Wish, platform: NodeJS.Platform): string | undefined {
  const profile = name === noProfile ? undefined : describeProfile(profiles.config, name)
  return profile && explainNoSwitch(profiles, profile, platform)
}

function describeFault(fault: AssumeError, { quoteWord, userShell }: Context): string {
  const hint = fault.adviseIn(quoteWord, writeFor(userShell))
  return `warning: ${fault.message}${hint === undefined ? '' : `\n  ${hint}`}`
}

/** Shows what has changed, where something has. */
function askToAllow(context: Context, { found, recorded }: HereReport, shown: string): Promise<boolean> {
  return holdTerminal(context.terminal, (session) => {
    session.output.write(shown)
    const { path, text } = found?.file ?? {}
    if (recorded.record?.kind === 'allow' && path !== undefined && typeof text === 'string') {
      session.output.write(
        formatDiff([{ path, before: recorded.record.content, after: text }], chooseLook(context)),
      )
    }
    return confirm(session, 'Allow it?')
  })
}

async function allow(context: Context, file: ProfileFile): Promise<Outcome> {
  return allowIn(context, await readKnownProfiles(context), file)
}

async function allowIn(
  context: Context,
  profiles: Profiles,
  file: ProfileFile,
): Promise<{ output: string; notices: string[] }> {
  const wish = await allowFile(context, profiles, file)
  const reason = explainFor(profiles, wish, context.platform)
  const shown = printable(shortenPath(file.path, profiles.paths))
  const output = `${shown}: allowed (${printable(describeWish(wish))})\n`
  if (reason === undefined) return { output, notices: [] }
  const command = formatSwitch(wish, context.quoteWord)
  const warning = `warning: the directory does not switch to ${printable(wish.name)} by itself: ${reason}`
  return { output, notices: [`${warning}\n  ${command}`] }
}
