import type { Credentials } from '../aws/credentials.ts'
import type { Context } from '../context.ts'
import { fetchCredentials } from '../credentials/credentials.ts'
import { nameKeySession } from '../credentials/role-file.ts'
import type { Switch } from '../emit/change.ts'
import { type FreshIndex, findFreshIndex, type OpenIndex } from '../index/profile-index.ts'
import type { RowMiss } from '../index/row-lookup.ts'
import type { Contributions, SwitchWishes } from '../plugins/consult.ts'
import { findPluginsInSwitch, hasHook } from '../profiles/plugin-settings.ts'
import { findRootProfile, followChain, type Profile } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { chooseRegion } from '../profiles/region.ts'
import type { OwnWord } from '../profiles/resolve.ts'
import { toTarget } from '../profiles/session-list.ts'
import { readSwitchRegion } from '../profiles/written-region.ts'
import { readSetting } from '../settings/settings.ts'
import { ensureSession } from '../sso/session.ts'
import { listNotices, listRejection } from '../status/notice.ts'
import type { Paths } from '../system/paths.ts'
import { areUnchanged } from '../system/source-stamps.ts'
import { obtainCredentials } from './kept-credentials.ts'
import { findRenewalTime } from './key-renewal.ts'
import { addPluginProfiles, leaveIndex, readProfiles, readProfilesOf } from './known-profiles.ts'
import { chooseMode } from './mode.ts'
import { planSwitch } from './plan.ts'
import type { Subject, SwitchOptions } from './request.ts'
import { resolveSubject } from './subject.ts'

/** A switch that is ready to be applied, and what the user should hear first. */
export interface PreparedSwitch {
  readonly plan: Switch
  readonly profileName: string
  readonly notices: readonly string[]
  readonly paths: Paths
  /** The names of what is set whose values must not be shown. */
  readonly secret: ReadonlySet<string>
}

/** What the user asked for. */
export interface SwitchRequest {
  readonly subject: Subject
  readonly options: SwitchOptions
  /** What else the user can have meant by a name: subcommands and options. */
  readonly ownWords?: readonly OwnWord[]
  /** Whether it is only to be looked at: then nobody is logged in and no keys are fetched. */
  readonly isRehearsal?: boolean
  /** The profiles as they were when the user picked one. */
  readonly profiles?: Profiles
}

/** Where the profiles are looked for, and the index as it was found there. */
export interface Place {
  readonly paths: Paths
  readonly index: OpenIndex
}

/** What the index was asked for in vain. */
export interface Lookup extends Place {
  /** `options`: nothing, since it knows of none. */
  readonly miss: RowMiss | 'options'
}

/** What stands for keys that are not fetched. */
const withheld = '(temporary)'

/** The switch by the files as they are now, whatever the profile index says. Throws as `prepareSwitch`. */
export async function prepareFromFiles(
  context: Context,
  request: SwitchRequest,
  { miss, ...place }: Lookup,
): Promise<PreparedSwitch> {
  const { subject, options } = request
  const index = findFreshIndex(context, place.paths, place.index)
  const profiles = await addPluginProfiles(context, takeProfiles(context, request, place, index))
  const { config, settings, plugins } = profiles
  const profile = resolveSubject(context, profiles, subject, request.ownWords)
  if (context.isVerbose) {
    const { traceMiss } = await import('./slow-switch.ts')
    traceMiss(context, profiles, place.index, profile, miss)
  }
  const read = (name: string) => readSetting(name, settings, profile.properties)
  const mode = chooseMode(followChain(config, profile.name), {
    subject,
    options,
    configured: read('assume_mode'),
    isProvided: profile.files.length === 0 || hasHook(plugins, 'credentials', profile),
  })
  // Before anybody logs in for nothing.
  const region = chooseRegion(profiles, options.region, readSwitchRegion(profile, settings))
  let credentials: Credentials | undefined
  const obtain = () => prepareCredentials(context, profiles, index, profile, request)
  const prepare = async () => {
    if (mode === 'export') credentials = await obtain()
    // The tools take them from the caches that are renewed here.
    else if (options.refresh && !request.isRehearsal) await obtain()
    else await prepareSession(context, profiles, profile, request)
  }
  const takesPlugins = findPluginsInSwitch(plugins)(profile)
  const contributions = takesPlugins
    ? await consult(context, profiles, profile, request, {
        region,
        logIn: prepare,
        credentials: async () => credentials ?? (await obtain()),
      })
    : await prepare()
  if (takesPlugins && !request.isRehearsal) leaveIndex(context, { ...place, profiles, plansAhead: true })
  const plan = planSwitch({
    profile,
    subject,
    options,
    region,
    additions: contributions ?? undefined,
    ...(credentials && { credentials }),
    renewAt:
      read('assume_renew') === 'on' ? findRenewalTime(credentials?.expiresAt, context.now()) : undefined,
  })
  const notices = [
    ...(mode === 'export' ? listRejection(profiles) : listNotices(context, profiles, profile)),
    ...(contributions?.warnings ?? []),
  ]
  return {
    plan,
    profileName: profile.name,
    notices,
    paths: profiles.paths,
    secret: contributions?.secret ?? new Set(),
  }
}

/** What the user has picked from is not read again, if it is as it was. Of a role in an account all sessions are asked. */
function takeProfiles(
  context: Context,
  { profiles, subject, options }: SwitchRequest,
  place: Place,
  index: FreshIndex | undefined,
): Profiles {
  const isKnown = profiles !== undefined && areUnchanged(context.files, profiles.snapshot.sources)
  const isOfOne = 'name' in subject && options.roleArn === undefined
  if (!isKnown)
    return isOfOne ? readProfilesOf(context, place, index, [subject.name]) : readProfiles(context, place)
  leaveIndex(context, { ...place, profiles })
  return profiles
}

async function consult(
  context: Context,
  profiles: Profiles,
  profile: Profile,
  { options, isRehearsal = false }: SwitchRequest,
  wishes: Pick<SwitchWishes, 'region' | 'logIn' | 'credentials'>,
): Promise<Contributions> {
  const { consultPlugins } = await import('../plugins/consult.ts')
  const answers = { isDryRun: isRehearsal, saysYes: options.saysYes }
  return consultPlugins(context, profiles, profile, { ...wishes, ...answers })
}

async function prepareCredentials(
  context: Context,
  profiles: Profiles,
  index: FreshIndex | undefined,
  profile: Profile,
  { options, isRehearsal = false }: SwitchRequest,
): Promise<Credentials> {
  if (isRehearsal) return { accessKeyId: withheld, secretAccessKey: withheld, sessionToken: withheld }
  const { roleArn, durationSeconds, mfaCode, refresh, noLogin } = options
  return obtainCredentials(context, profiles, index, {
    profile,
    ...(roleArn !== undefined && { roleArn }),
    ...(durationSeconds !== undefined && { durationSeconds }),
    ...(mfaCode !== undefined && { mfaCode }),
    refresh,
    mayLogIn: !noLogin,
    mayAsk: true,
    opensNothing: noLogin,
  })
}

/** In profile mode the tools fetch credentials themselves, from a session. */
async function prepareSession(
  context: Context,
  profiles: Profiles,
  profile: Profile,
  { options, isRehearsal = false }: SwitchRequest,
): Promise<undefined> {
  if (isRehearsal) return
  if (options.noLogin) return
  const root = findRootProfile(profiles.config, profile.name)
  if (root && nameKeySession(root) !== undefined) {
    await fetchCredentials(context, profiles, { profile: root, refresh: false, mayLogIn: true, mayAsk: true })
    return
  }
  const target = toTarget(root)
  // The tools would not find what a login to Granted's keys brings.
  if (!target || target.profile.kind === 'granted') return
  await ensureSession(context, profiles, target)
}
