import { usageError } from '../cli/mistake.ts'
import type { Arguments } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'
import { fetchCredentials } from '../credentials/credentials.ts'
import { checkKeysSection, removeKeysSection, writeKeysSection } from '../credentials/keys-section.ts'
import { editAwsCredentials } from '../profiles/aws-credentials-file.ts'
import { mergeWithCredentials } from '../profiles/profiles.ts'
import { chooseRegion } from '../profiles/region.ts'
import { readProfileRegion } from '../profiles/written-region.ts'
import { labelEnd } from '../status/expiry.ts'
import { tellRejection } from '../status/notice.ts'
import { leaveIndex, readKnownProfiles } from '../switch/known-profiles.ts'
import { readSubject, readSwitchOptions } from '../switch/options.ts'
import { findAccountOfKeys } from '../switch/plan.ts'
import { findActiveSubject, resolveSubject } from '../switch/subject.ts'
import { readText } from '../system/files/read-text.ts'
import { locatePaths, shortenPath } from '../system/paths.ts'
import { printable } from '../text/redact.ts'

/**
 * `assume credentials-file [PROFILE] --as NAME`: the keys of a profile as a section of the credentials file, for tools
 * that read nothing else; `--remove` takes the section out again.
 */
export async function run(args: Arguments, context: Context): Promise<Outcome> {
  const { as: name } = args.flags
  if (typeof name !== 'string' || name === '') throw usageError('credentials-file', 'say --as NAME')
  return args.flags['remove'] === true
    ? removeSection(args, context, name)
    : writeSection(args, context, name)
}

async function writeSection(args: Arguments, context: Context, name: string): Promise<Outcome> {
  const subject = readSubject(args, args.positionals[0], 'credentials-file') ?? findActiveSubject(context)
  if ('refusal' in subject) throw usageError('credentials-file', subject.refusal)
  const options = readSwitchOptions(args, 'credentials-file')
  const profiles = await readKnownProfiles(context)
  const { paths } = profiles
  tellRejection(context, profiles)
  const profile = resolveSubject(context, profiles, subject)
  if (profile.name === name) throw usageError('credentials-file', '--as needs another name than the profile')
  const configText = readText(context.files, paths.awsConfig) ?? ''
  // Before anybody logs in for nothing.
  checkKeysSection(readText(context.files, paths.awsCredentials) ?? '', configText, name)
  const region = chooseRegion(profiles, options.region, readProfileRegion(profile))
  const { roleArn, durationSeconds, mfaCode, refresh, noLogin } = options
  const request = { profile, roleArn, durationSeconds, mfaCode, refresh, mayLogIn: !noLogin, mayAsk: true }
  const credentials = await fetchCredentials(context, profiles, request)
  const accountId = findAccountOfKeys(credentials, profile, roleArn)
  const section = { name, profileName: profile.name, credentials, accountId, region: region?.name }
  await editAwsCredentials(context, paths, (text) => writeKeysSection(text, configText, section))
  const { expiresAt } = credentials
  const left = expiresAt === undefined ? '' : `, ${labelEnd(expiresAt, context.now())}`
  const path = shortenPath(paths.awsCredentials, paths)
  return { notices: [`${path} has the keys of ${printable(profile.name)} as ${printable(name)}${left}`] }
}

async function removeSection(args: Arguments, context: Context, name: string): Promise<Outcome> {
  if (args.positionals.length > 0 || Object.keys(args.flags).some((flag) => !removeFlags.has(flag))) {
    throw usageError('credentials-file', '--remove goes with --as NAME alone')
  }
  const paths = locatePaths(context.env, context.platform)
  // Of the credentials file alone: no fault of the other may be in the way of what removes keys.
  tellRejection(context, { config: mergeWithCredentials(context.files, paths, undefined) })
  await editAwsCredentials(context, paths, (text) => removeKeysSection(text, name))
  leaveIndex(context, { paths })
  return { notices: [`${shortenPath(paths.awsCredentials, paths)} has no ${printable(name)} any more`] }
}

const removeFlags = new Set(['as', 'remove', 'verbose'])
