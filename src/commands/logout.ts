import { readSessionNames } from '../cli/names.ts'
import type { Arguments } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'
import { forgetKeySession, forgetSession } from '../credentials/forget-session.ts'
import { endSession } from '../sso/end-session.ts'
import { chooseTargets } from '../sso/targets.ts'
import { tellRejection } from '../status/notice.ts'
import { readProfiles } from '../switch/known-profiles.ts'

/** `assume logout [SESSION or PROFILE]`: ends the session at the service, which those of stored keys cannot be, and removes what is kept of it. */
export async function run(args: Arguments, context: Context): Promise<Outcome> {
  const names = readSessionNames(args, 'logout')
  const profiles = readProfiles(context)
  tellRejection(context, profiles)
  const targets = chooseTargets(context, profiles, names)
  let failure: unknown
  for (const target of targets) {
    if (!('keyProfile' in target)) await endSession(context, profiles, target)
    try {
      context.notify(
        'keyProfile' in target
          ? forgetKeySession(context, profiles, target)
          : forgetSession(context, profiles, target),
      )
    } catch (error) {
      failure ??= error
    }
  }
  if (failure !== undefined) throw failure
  return {}
}
