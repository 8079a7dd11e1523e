import { readProfileName } from '../cli/names.ts'
import type { Arguments } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'
import { hasSwitchedKeys } from '../status/active.ts'
import { type Caller, callAsEnvironment, callAsProfile } from '../status/caller.ts'
import { labelEnd } from '../status/expiry.ts'
import { type CallerIdentity, identifyCaller } from '../status/identity.ts'
import { listRejection } from '../status/notice.ts'
import { describeToolSource } from '../status/source-text.ts'
import { readKnownProfiles } from '../switch/known-profiles.ts'
import { readSwitchOptions } from '../switch/options.ts'
import { formatJson } from '../text/json-text.ts'
import { printable } from '../text/redact.ts'
import { formatInstant } from '../text/time.ts'

/** `assume whoami [PROFILE]`: who AWS says that a profile is, or the one who works in this environment as it is. */
export async function run(args: Arguments, outer: Context): Promise<Outcome> {
  const name = readProfileName(args, 'whoami')
  // Who works here does so with what a switch has set, and nothing of that is to be taken away.
  const context = name === undefined ? { ...outer, ownEnv: { ...outer.env, ASSUME_VARS: undefined } } : outer
  const { mfaCode, refresh, noLogin } = readSwitchOptions(args, 'whoami')
  const profiles = await readKnownProfiles(context)
  const request = { mfaCode, refresh, mayLogIn: !noLogin, mayAsk: true, opensNothing: noLogin }
  const caller =
    name === undefined
      ? await callAsEnvironment(context, profiles, request)
      : await callAsProfile(context, profiles, name, request)
  const identity = await identifyCaller(context, profiles, caller)
  const { source, profile } = caller
  const { env, keptKeyId } = context
  const ofSwitch = source.kind === 'environment' && hasSwitchedKeys(env, keptKeyId) ? env : {}
  const expected = source.kind === 'profile' ? profile?.accountId : ofSwitch['ASSUME_ACCOUNT_ID']
  const isOther = expected !== undefined && expected !== identity.accountId
  const notices = [
    ...listRejection(profiles),
    ...(isOther
      ? [`warning: account ${printable(expected)} was expected here, and this is ${identity.accountId}`]
      : []),
  ]
  const profileName = source.profile ?? ofSwitch['ASSUME_PROFILE']
  return {
    notices,
    output:
      args.flags['json'] === true
        ? formatJson(toJson(caller, identity, profileName))
        : formatText(caller, identity, context.now()),
  }
}

/** The object of `--json`; what is not known is absent. Times are RFC 3339. */
function toJson(
  { source, credentials }: Caller,
  identity: CallerIdentity,
  profileName: string | undefined,
): object {
  const { expiresAt } = credentials
  return {
    name: profileName,
    source: source.kind,
    accountId: identity.accountId,
    accountAlias: identity.accountAlias,
    arn: identity.arn,
    userId: identity.userId,
    expiresAt: formatInstant(expiresAt),
  }
}

function formatText({ source, credentials }: Caller, identity: CallerIdentity, now: number): string {
  const { accountId, accountAlias, arn, userId } = identity
  const { expiresAt } = credentials
  const rows = [
    ['source', describeToolSource(source)],
    ['account', accountAlias === undefined ? accountId : `${accountId} ${accountAlias}`],
    ['arn', arn],
    ['user id', userId],
    ['keys', expiresAt === undefined ? '' : labelEnd(expiresAt, now)],
  ] as const
  return rows
    .filter(([, value]) => value !== '')
    .map(([label, value]) => `${label.padEnd(9)}${printable(value)}\n`)
    .join('')
}
