import { type Arguments, usageError } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'
import { removeSwitch } from '../core/change.ts'
import { resolveProfile } from '../core/resolve.ts'
import { emitCredentialProcess } from '../emit/credential-process.ts'
import { shortenPath } from '../store/paths.ts'
import { fetchCredentials } from '../switching/credentials.ts'
import { loadKnownProfiles } from '../switching/known-profiles.ts'

/**
 * `assume credential-process PROFILE`: what the SDKs read from the program that a profile's `credential_process` names.
 * Nobody is asked anything, and a login is started only by --login.
 */
export async function run({ positionals, flags }: Arguments, outer: Context): Promise<Outcome> {
  const [name] = positionals
  if (name === undefined) throw usageError('credential-process', 'which profile?')
  const context = { ...outer, env: removeSwitch(outer.env) }
  const profiles = await loadKnownProfiles(context)
  const { config, paths } = profiles
  const credentials = await fetchCredentials(context, profiles, {
    profile: resolveProfile(config, name, shortenPath(paths.awsConfig, paths)),
    refresh: false,
    mayLogIn: flags['login'] === true,
    mayAsk: false,
  })
  return { output: emitCredentialProcess(credentials) }
}
