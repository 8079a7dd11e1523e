import { usageError } from '../cli/mistake.ts'
import { readProfileName } from '../cli/names.ts'
import type { Arguments } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'
import { emitCredentialProcess } from '../credentials/printed-credentials.ts'
import { readKeptKeys } from '../index/kept-keys.ts'
import { findFreshIndex, openIndex } from '../index/profile-index.ts'
import { locateSwitchPaths } from '../system/paths.ts'

/**
 * `assume credential-process PROFILE`: what the SDKs read from the program that a profile's `credential_process` names.
 * Nobody is asked anything, and a login is started only by --login.
 */
export async function run(args: Arguments, context: Context): Promise<Outcome> {
  const name = readProfileName(args, 'credential-process')
  if (name === undefined) throw usageError('credential-process', 'which profile?')
  const paths = locateSwitchPaths(context)
  const index = openIndex(context, paths)
  const fresh = findFreshIndex(context, paths, index)
  const kept = fresh && readKeptKeys(context, paths, fresh, name)
  if (kept) return { output: emitCredentialProcess(kept) }
  const { provideCredentials } = await import('../switch/provide.ts')
  const credentials = await provideCredentials(context, { paths, index }, name, {
    logsIn: args.flags['login'] === true,
  })
  return { output: emitCredentialProcess(credentials) }
}
