import { readSessionNames } from '../cli/names.ts'
import type { Arguments } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'
import { forgetSession } from '../credentials/forget-session.ts'
import { endSession } from '../sso/end-session.ts'
import { chooseTargets } from '../sso/targets.ts'
import { tellRejection } from '../status/notice.ts'
import { readProfiles } from '../switch/known-profiles.ts'

/** `assume logout [SESSION or PROFILE]`: ends the session at the service, and removes its token and credentials. */
export async function run(args: Arguments, context: Context): Promise<Outcome> {
  const names = readSessionNames(args, 'logout')
  const profiles = readProfiles(context)
  tellRejection(context, profiles)
  const targets = chooseTargets(context, profiles, names)
  let failure: unknown
  for (const target of targets) {
    await endSession(context, profiles, target)
    try {
      context.notify(forgetSession(context, profiles, target))
    } catch (error) {
      failure ??= error
    }
  }
  if (failure !== undefined) throw failure
  return {}
}
