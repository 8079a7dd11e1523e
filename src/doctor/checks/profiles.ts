import { listRegions, Region } from '../../aws/region.ts'
import { planChain } from '../../credentials/chain.ts'
import { AssumeError } from '../../errors.ts'
import { findAccountFault } from '../../profiles/account-fault.ts'
import { mayKnowProfiles } from '../../profiles/plugin-settings.ts'
import { followChain, hasStaticKeys, type Profile } from '../../profiles/profile.ts'
import { checkSession } from '../../profiles/profile-fault.ts'
import type { Profiles } from '../../profiles/profiles.ts'
import { guessRegion, warnOfRegion } from '../../profiles/written-region.ts'
import { warnOfProfile } from '../../status/profile-warning.ts'
import { findNearest } from '../../text/matching.ts'
import { printable } from '../../text/redact.ts'
import { splitWords } from '../../text/shell-words.ts'
import { formatProfileFlag } from '../../text/words.ts'
import type { Facts } from '../facts.ts'
import type { SetUpFinding } from '../finding.ts'
import { formatKeyEdit } from './key-edit.ts'
import { mendProfile } from './profile-command.ts'
import { checkSsoSettings } from './sso-settings.ts'
import { findToolOf } from './tools.ts'

/** Profiles that cannot work, or not for all tools. */
export function checkProfiles(facts: Facts): SetUpFinding[] {
  const { profiles, described } = facts
  if (!profiles) return []
  if (described.length === 0 && !mayKnowProfiles(profiles.plugins)) {
    return [
      {
        level: 'info',
        seen: `${facts.awsFiles.config} has no profiles`,
        why: 'there is nothing to switch to',
        mend: 'assume configure',
      },
      ...checkSsoSettings(facts),
    ]
  }
  return [
    ...checkSsoSettings(facts),
    ...described.flatMap((profile) => checkProfile(profile, profiles, facts)),
    ...checkNamedFiles(profiles, facts),
  ].map((finding) => ({ ...finding, mend: mendProfile(finding.mend, facts) }))
}

function checkProfile(profile: Profile, profiles: Profiles, facts: Facts): SetUpFinding[] {
  const fault = findFault(profile, profiles, facts)
  if (fault) return [fault, ...checkRegion(profile)]
  return [...checkProcess(profile, facts), ...checkReading(profile, profiles, facts), ...checkRegion(profile)]
}

/** Whether there are keys in the environment is no matter of the files. */
const anyKeys = { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' }

function findFault(profile: Profile, { config }: Profiles, { platform }: Facts): SetUpFinding | undefined {
  const why = `assume ${printable(profile.name)} and the AWS tools get no credentials by it`
  try {
    checkSession(profile)
    if (profile.kind !== 'none' || hasStaticKeys(profile.properties))
      planChain(config, profile, { env: anyKeys, ownEnv: anyKeys, platform })
    const account = findAccountFault(profile)
    return account && { level: 'error', seen: account.message, why, mend: account.hint }
  } catch (error) {
    if (!(error instanceof AssumeError)) throw error
    return { level: 'error', seen: error.message, why, mend: error.advice }
  }
}

/** The program that hands out the keys; those of other tools are told together. */
function checkProcess({ name, kind, credentialProcess }: Profile, facts: Facts): SetUpFinding[] {
  if (kind !== 'process' || credentialProcess === undefined || findToolOf(credentialProcess)) return []
  const [program] = splitWords(credentialProcess, facts.platform) ?? []
  if (program === undefined || !facts.absentPrograms.has(program)) return []
  // Nobody runs a shell for it: what looks like a variable counts as the program, and its value may be a secret.
  const shown = program.replace(/^(\w+=).+/s, '$1…')
  return [
    {
      level: 'error',
      seen: `the program ${printable(shown)} in credential_process of profile ${printable(name)} is not there`,
      why: 'the profile gets no credentials without it',
      mend: (quote) => `aws configure set credential_process 'PROGRAM …' ${formatProfileFlag(name, quote)}`,
    },
  ]
}

/** Files without which a profile gets nothing. */
function checkNamedFiles(profiles: Profiles, { absentFilesOfProfiles, awsPaths }: Facts): SetUpFinding[] {
  return absentFilesOfProfiles.map(({ profile, key, path }) => {
    const isBundle = key === 'ca_bundle'
    return {
      level: 'error',
      seen: `${key} of profile ${printable(profile)} is ${printable(path)}, and there is no such file`,
      why: isBundle ? 'every call by the profile fails' : 'the profile gets no credentials without it',
      mend: formatKeyEdit(profiles, { type: 'profile', name: profile }, key, awsPaths),
    }
  })
}

/** What only some tools make of it. */
function checkReading(profile: Profile, { config }: Profiles, { platform }: Facts): SetUpFinding[] {
  const chain = profile.kind === 'role' ? followChain(config, profile.name) : [profile]
  const warning = warnOfProfile(config, chain, platform)
  if (warning === undefined) return []
  const [, seen = warning, mend] = /^(.*?); ((?:aws|assume) .*)$/s.exec(warning) ?? []
  return [{ level: 'warning', seen, why: 'it works here, and not in every tool', mend }]
}

/** Regions of profiles that lead to other services than AWS's are their own affair, as long as they can be a host's. */
function checkRegion(profile: Profile): SetUpFinding[] {
  const { name, region } = profile
  if (region === undefined) return []
  const instead = guessRegion(region)?.name ?? findNearest(region, listRegions(), 1)[0]
  const mend = instead
    ? (quote: (word: string) => string) =>
        `aws configure set region ${instead} ${formatProfileFlag(name, quote)}`
    : undefined
  if (!Region.parse(region)) {
    return [
      {
        level: 'error',
        seen: `the region of profile ${printable(name)} is no region: ${printable(region)}`,
        why: 'no host can have that name, so every call by the profile fails',
        mend: mend ?? ((quote) => `aws configure set region us-east-1 ${formatProfileFlag(name, quote)}`),
      },
    ]
  }
  const warning = warnOfRegion(profile)
  if (warning === undefined) return []
  return [{ level: 'warning', seen: warning, why: 'calls by the profile find no host', mend }]
}
