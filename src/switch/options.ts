import { describeUnknownRegion, parseTypedRegion, type Region } from '../aws/region.ts'
import { usageError } from '../cli/mistake.ts'
import { chooseProfileName } from '../cli/names.ts'
import type { Arguments } from '../cli/parse.ts'
import { isPossibleDuration } from '../credentials/role-duration.ts'
import { AssumeError } from '../errors.ts'
import { isAccountId } from '../text/answer-forms.ts'
import { printable } from '../text/redact.ts'
import { parseDuration } from '../text/time.ts'
import type { Subject, SwitchOptions } from './request.ts'

/** The options that say how the active profile is to be switched anew, when no profile is named. */
const activeOptions = ['region', 'export', 'role', 'duration', 'mfa-code', 'refresh']

/** What `commandName` (empty for the switch) is to switch to; undefined when its words name nothing. Throws AssumeError `usage`. */
export function readSubject(
  { flags }: Arguments,
  word: string | undefined,
  commandName: string,
): Subject | undefined {
  const { account, 'role-name': roleName, session } = flags
  const name = chooseProfileName(word, flags, commandName)
  if (account === undefined && roleName === undefined && session === undefined) {
    return name === undefined ? undefined : { name }
  }
  if (name !== undefined) {
    throw usageError(commandName, '--account, --role-name and --session go without a profile')
  }
  if (typeof account !== 'string' || typeof roleName !== 'string') {
    throw usageError(commandName, '--account ID and --role-name NAME go together')
  }
  if (!isAccountId(account)) {
    throw usageError(commandName, `--account is twelve digits, not "${printable(account)}"`)
  }
  return { accountId: account, roleName, ...(typeof session === 'string' && { session }) }
}

/** Whether there are options that make sense for the profile that is active already. */
export function hasOptionsForActive({ flags }: Arguments): boolean {
  return activeOptions.some((name) => flags[name] !== undefined)
}

/** The switch options among the flags. Throws AssumeError `usage` for a value that none can have. */
export function readSwitchOptions({ flags }: Arguments, commandName: string): SwitchOptions {
  const { role, duration, 'mfa-code': code } = flags
  const region = typeof flags['region'] === 'string' ? readRegion(flags['region'], commandName) : undefined
  if (typeof role === 'string' && !/^arn:[^:\s]+:iam::\d{12}:role\/\S+$/.test(role)) {
    throw usageError(
      commandName,
      `"${printable(role)}" is no ARN of a role, such as arn:aws:iam::123456789012:role/Admin`,
    )
  }
  if (typeof code === 'string' && !/^\d{6}$/.test(code)) {
    throw usageError(commandName, 'an MFA code is six digits')
  }
  const durationSeconds = typeof duration === 'string' ? readDuration(duration, commandName) : undefined
  return {
    ...(region && { region }),
    ...(typeof role === 'string' && { roleArn: role }),
    ...(typeof code === 'string' && { mfaCode: code }),
    ...(durationSeconds !== undefined && { durationSeconds }),
    exports: ['export', 'role', 'account', 'duration', 'mfa-code'].some((name) => flags[name] !== undefined),
    refresh: flags['refresh'] === true,
    noLogin: flags['no-login'] === true,
    saysYes: flags['yes'] === true,
  }
}

function readRegion(text: string, commandName: string): Region {
  const region = parseTypedRegion(text)
  if (region) return region
  throw new AssumeError('usage', describeUnknownRegion(text), {
    hint: `assume ${commandName === '' ? '' : `${commandName} `}NAME -r us-east-1`,
  })
}

function readDuration(text: string, commandName: string): number {
  const seconds = parseDuration(text)
  if (seconds === undefined) {
    throw usageError(commandName, `"${printable(text)}" is no time; write 1h, 90m or 3600s`)
  }
  if (!isPossibleDuration(seconds)) {
    throw usageError(commandName, `AWS grants between 15m and 12h, not ${printable(text)}`)
  }
  return seconds
}
