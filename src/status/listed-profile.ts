import { warnOfProfile } from '../credentials/profile-warning.ts'
import type { AwsConfig } from '../profiles/config/merge.ts'
import { labelContradiction } from '../profiles/contradiction.ts'
import { findGuarded, type PluginSections } from '../profiles/plugin-settings.ts'
import { followChain, isTooLong, longestChain, type Profile } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'

/** The profile at the root of a chain, as far as it says which session that hangs on. */
export type SessionRoot = Pick<Profile, 'kind' | 'session' | 'loginSession'>

/** What the files say of a profile that is shown among others: it is the same until they change. */
export interface ListedProfile {
  readonly name: string
  readonly kind: Profile['kind']
  readonly accountId?: string
  readonly roleName?: string
  readonly region?: string
  /** The sso-session that it names, be there none of that name. */
  readonly sessionName?: string
  readonly root: SessionRoot
  /** What is wrong with the profile, if something is. */
  readonly problem?: string
  /** Why tools get no credentials by it, or not all of them do. */
  readonly warning?: string
  /** Whether a plugin guards it. */
  readonly guarded: boolean
}

/** What is shown of each of the profiles. */
export function describeListed(
  { config, plugins }: Pick<Profiles, 'config' | 'plugins'>,
  platform: NodeJS.Platform,
): (profile: Profile) => ListedProfile {
  const isGuarded = findGuarded(plugins)
  const known = listed.get(plugins) ?? new WeakMap<Profile, ListedProfile>()
  listed.set(plugins, known)
  return (profile) => {
    const found = known.get(profile) ?? describe(profile)
    known.set(profile, found)
    return found
  }

  function describe(profile: Profile): ListedProfile {
    const { name, kind, accountId, roleName, region } = profile
    const chain = kind === 'role' ? followChain(config, name) : [profile]
    const root = chain.at(-1) ?? profile
    const sessionName = profile.session?.name ?? profile.missingSession
    const problem = findProblem(config, chain)
    const warning = warnOfProfile(config, chain, platform)
    return {
      name,
      kind,
      ...(accountId !== undefined && { accountId }),
      ...(roleName !== undefined && { roleName }),
      ...(region !== undefined && { region }),
      ...(sessionName !== undefined && { sessionName }),
      root: {
        kind: root.kind,
        ...(root.session && { session: root.session }),
        ...(root.loginSession !== undefined && { loginSession: root.loginSession }),
      },
      ...(problem !== undefined && { problem }),
      ...(warning !== undefined && { warning }),
      guarded: isGuarded(profile),
    }
  }
}

/** A command that lists thousands of profiles and builds the index anew asks twice. */
const listed = new WeakMap<PluginSections, WeakMap<Profile, ListedProfile>>()

function findProblem(config: AwsConfig, chain: readonly Profile[]): string | undefined {
  const missing = chain[0]?.missingSession
  if (missing !== undefined) return `no [sso-session ${missing}]`
  if (isTooLong(chain)) return `more than ${longestChain} source profiles`
  const root = chain.at(-1)
  return root && labelContradiction(config, root)
}
