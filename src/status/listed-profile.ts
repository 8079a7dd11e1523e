import { describeRoot, type SessionRoot } from '../credentials/session-root.ts'
import type { AwsConfig } from '../profiles/config/merge.ts'
import { labelContradiction } from '../profiles/contradiction.ts'
import { grantedProcess } from '../profiles/granted-process.ts'
import { findGuarded } from '../profiles/plugin-settings.ts'
import { followChain, isTooLong, longestChain, type Profile } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { warnOfProfile } from './profile-warning.ts'

/** What the files say of a profile that is shown among others: it is the same until they change. */
export interface ListedProfile {
  readonly name: string
  readonly kind: Profile['kind']
  readonly accountId?: string
  readonly roleName?: string
  readonly region?: string
  /** The sso-session that it names, be there none of that name. */
  readonly sessionName?: string
  /** The root of its chain, by its place among the roots. */
  readonly root: number
  /** What is wrong with the profile, if something is. */
  readonly problem?: string
  /** Why tools get no credentials by it, or not all of them do. */
  readonly warning?: string
  /** Whether a plugin guards it. */
  readonly guarded: boolean
}

/** Profiles as they are shown. Thousands hang on a few sessions. */
export interface ListedProfiles {
  readonly profiles: readonly ListedProfile[]
  readonly roots: readonly SessionRoot[]
}

/** What is shown of the chosen profiles. */
export function listProfiles(
  { config, plugins }: Pick<Profiles, 'config' | 'plugins'>,
  chosen: readonly Profile[],
  platform: NodeJS.Platform,
): ListedProfiles {
  const isGuarded = findGuarded(plugins)
  const roots = new Map<string, SessionRoot>()
  const numbers = new Map<string, number>()
  const numberRoot = (profile: Profile): number => {
    const root = describeRoot(profile)
    const id = JSON.stringify(root)
    const known = numbers.get(id)
    if (known !== undefined) return known
    roots.set(id, root)
    numbers.set(id, roots.size - 1)
    return roots.size - 1
  }
  const profiles = chosen.map((profile) => {
    const { name, accountId, roleName, region } = profile
    const chain = profile.kind === 'role' ? followChain(config, name) : [profile]
    const sessionName = profile.session?.name ?? profile.missingSession
    const problem = findProblem(config, chain)
    const warning = warnOfProfile(config, chain, platform)
    return {
      name,
      kind: nameKind(profile),
      ...(accountId !== undefined && { accountId }),
      ...(roleName !== undefined && { roleName }),
      ...(region !== undefined && { region }),
      ...(sessionName !== undefined && { sessionName }),
      root: numberRoot(chain.at(-1) ?? profile),
      ...(problem !== undefined && { problem }),
      ...(warning !== undefined && { warning }),
      guarded: isGuarded(profile),
    }
  })
  return { profiles, roots: [...roots.values()] }
}

/** A profile of Granted is one of Identity Center, whoever gets its keys. */
function nameKind({ kind, accountId, credentialProcess = '' }: Profile): Profile['kind'] {
  if (kind === 'granted') return 'sso'
  const isGranted = kind === 'process' && accountId !== undefined && grantedProcess.test(credentialProcess)
  return isGranted ? 'sso' : kind
}

function findProblem(config: AwsConfig, chain: readonly Profile[]): string | undefined {
  const missing = chain[0]?.missingSession
  if (missing !== undefined) return `no [sso-session ${missing}]`
  if (isTooLong(chain)) return `more than ${longestChain} source profiles`
  const root = chain.at(-1)
  return root && labelContradiction(config, root)
}
