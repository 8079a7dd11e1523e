import type { Arguments } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'
import { findFileIn, locateFile } from '../directories/place.ts'
import { writeFor } from '../emit/word.ts'
import { findFreshIndex, openIndex } from '../index/profile-index.ts'
import { warnOfRejection } from '../profiles/cli-warning.ts'
import { describeProfile, findRootProfile, type Profile } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { warnOfRegion, warnOfRegionVariable } from '../profiles/written-region.ts'
import { type Active, describeActive } from '../status/active.ts'
import { findExpiredKeys } from '../status/expired-keys.ts'
import { listExpiries } from '../status/expiries.ts'
import { listProfiles } from '../status/listed-profile.ts'
import { findRemedies } from '../status/source-remedy.ts'
import { describeRoots } from '../status/state.ts'
import { formatReport, listConflicts, type StatusReport, toJson } from '../status/status-report.ts'
import { reportStoredKey, type StoredKeyReport } from '../status/stored-key.ts'
import { findToolRegion, regionTools } from '../status/tool-region.ts'
import { findToolSource, tools } from '../status/tool-sources.ts'
import { readProfilesOf } from '../switch/known-profiles.ts'
import { locatePaths, type Paths, shortenPath } from '../system/paths.ts'
import { formatJson } from '../text/json-text.ts'
import { printable } from '../text/redact.ts'

/** `assume status`: what is in force in this environment, where it comes from, and what each tool makes of it. */
export async function run({ flags }: Arguments, context: Context): Promise<Outcome> {
  const paths = locatePaths(context.env, context.platform)
  const place = { paths, index: openIndex(context, paths) }
  const names = profileVariables.flatMap((variable) => context.env[variable] || [])
  const profiles = readProfilesOf(context, place, findFreshIndex(context, paths, place.index), names)
  const report = await examine(context, profiles)
  const warnings = [
    warnOfRejection(profiles.config),
    report.warning,
    report.profile && warnOfRegion(report.profile),
    warnOfRegionVariable(context.env, report.profile),
    ...listConflicts(report).map((each) => printable(each)),
  ]
  return {
    notices: warnings.flatMap((warning) => (warning === undefined ? [] : [`warning: ${warning}`])),
    output: flags['json'] === true ? formatJson(toJson(report)) : formatReport(report),
  }
}

/** Each can name a profile that what is in force is told by. */
const profileVariables = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'ASSUME_PROFILE']

async function examine(context: Context, profiles: Profiles): Promise<StatusReport> {
  const { env, keptKeyId } = context
  const { config, paths, readAs } = profiles
  const active = describeActive(env, keptKeyId)
  const profile = active.profile === undefined ? undefined : describeProfile(config, active.profile)
  const listing = listProfiles(profiles, profile ? [profile] : [], context.platform)
  const [state] = describeRoots(context, paths, listing)
  const facts = { env, config, readAs, now: context.now() }
  const sources = tools.map((tool) => [tool, findToolSource(tool, facts)] as const)
  const used = sources.find(([, source]) => source.profile !== undefined)?.[1].profile
  // The AWS CLI takes keys before any profile.
  const isOfSwitch = active.keys === undefined ? active.source === 'assume' : active.keys === 'switch'
  const ofSwitch = isOfSwitch ? env : {}
  const ofProfile = active.keys === undefined || active.mode === 'export' ? profile : undefined
  const root = profile && findRootProfile(config, profile.name)
  const write = writeFor(context.userShell)
  const remedies = findRemedies(facts).map((remedy) => {
    const { set, unset } = remedy.change
    const statements = [
      ...unset.map((name) => write(name)),
      ...set.map(([name, value]) => write(name, value)),
    ]
    return { ...remedy, command: statements.join('; ') }
  })
  const expired = findExpiredKeys(facts, keptKeyId)
  const command = expired?.command(context.quoteWord, write)
  const isRemoved = remedies.some(({ change }) => change.unset.includes('AWS_ACCESS_KEY_ID'))
  return {
    active,
    profile,
    directoryFile: findChoosingFile(context, paths, active),
    session: state?.session,
    accountId: ofSwitch['ASSUME_ACCOUNT_ID'] || ofProfile?.accountId,
    roleName: ofSwitch['ASSUME_ROLE_NAME'] || ofProfile?.roleName,
    tools: sources,
    regions: regionTools.map((tool) => [tool, findToolRegion(tool, facts)] as const),
    remedies,
    renewal: expired?.remedy === 'renewal' ? command : undefined,
    removal: expired?.remedy === 'removal' && !isRemoved ? command : undefined,
    warning: active.mode === 'profile' ? listing.profiles[0]?.warning : undefined,
    storedKey: root?.kind === 'keys' ? await findStoredKey(context, profiles, root) : undefined,
    now: facts.now,
    expiries: listExpiries(context, profiles, active.profile ?? used),
    configPath: shortenPath(paths.awsConfig, paths),
  }
}

/** The file of the directory whose profile the shell has in force, unless something else is in force by now. */
function findChoosingFile(
  { files, handedDirectory: directory }: Context,
  paths: Paths,
  { source }: Active,
): StatusReport['directoryFile'] {
  if (directory === undefined || (source !== 'assume' && source !== 'none')) return undefined
  const path = findFileIn(files, directory) ?? locateFile(directory)
  return { path, shown: shortenPath(path, paths) }
}

async function findStoredKey(context: Context, { paths }: Profiles, root: Profile): Promise<StoredKeyReport> {
  const { findKeyFacts } = await import('../keys/key-facts.ts')
  return reportStoredKey(root, findKeyFacts(context, paths, root.name))
}
