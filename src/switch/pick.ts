import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { orderByUse } from '../index/use-order.ts'
import { readUses } from '../index/uses.ts'
import { describeProfiles, type Profiles } from '../profiles/profiles.ts'
import { listProfiles } from '../status/listed-profile.ts'
import { describeRoots, isUsable, labelState } from '../status/state.ts'
import { locateSwitchPaths, shortenPath } from '../system/paths.ts'
import type { Choices } from '../ui/choices.ts'
import { chooseRow } from '../ui/choose-row.ts'
import { locateIn, prepareCandidates, rankProfiles } from '../ui/ranking.ts'
import { canAsk, chooseLook, holdTerminal } from '../ui/terminal.ts'
import { readProfiles } from './known-profiles.ts'

/** A profile that was picked, and what it was picked from. */
export interface PickedProfile {
  readonly name: string
  readonly profiles: Profiles
}

/**
 * The profile that the user picks on the terminal for a switch; those used most come first.
 * Throws AssumeError `terminal-needed`, `unknown-profile` when there are no profiles, `cancelled`, `unreadable-file`.
 */
export async function pickProfile(context: Context): Promise<PickedProfile> {
  if (!canAsk(context.terminal)) {
    throw new AssumeError(
      'terminal-needed',
      'a profile name is needed: there is no terminal to pick one on',
      {
        hint: 'assume PROFILE\nassume --help',
      },
    )
  }
  const profiles = readProfiles(context, { paths: locateSwitchPaths(context) })
  if (profiles.config.profiles.size === 0) {
    const path = shortenPath(profiles.paths.awsConfig, profiles.paths)
    throw new AssumeError('unknown-profile', `there is no profile to pick: ${path} has no profiles`, {
      hint: 'assume configure',
    })
  }
  const choices = listChoices(context, profiles)
  const index = await askForChoice(context, choices)
  const name = index === undefined ? undefined : choices.rows[index]?.cells[0]
  if (name === undefined) throw new AssumeError('cancelled', '')
  return { name, profiles }
}

/** Every profile, in the order of use. */
function listChoices(context: Context, profiles: Profiles): Choices {
  const described = new Map(describeProfiles(profiles.config).map((profile) => [profile.name, profile]))
  const ordered = orderByUse([...described.keys()], readUses(context, profiles.paths))
    .map((name) => described.get(name))
    .filter((profile) => profile !== undefined)
  const candidates = prepareCandidates(ordered)
  const listing = listProfiles(profiles, ordered, context.platform)
  const states = describeRoots(context, profiles.paths, listing)
  return {
    heading: ['PROFILE', 'ACCOUNT', 'ROLE', 'REGION', 'SESSION'],
    rows: listing.profiles.map((profile) => {
      const { name, accountId = '', roleName = '', region = '' } = profile
      return {
        cells: [name, accountId, roleName, region, labelState(profile, states)],
        active: name === context.env['AWS_PROFILE'],
        usable: isUsable(profile, states),
      }
    }),
    rank: (query) => rankProfiles(query, candidates),
    locate: (query, row) => locateIn(query, candidates, row),
    kept: 'SESSION',
  }
}

function askForChoice(context: Context, choices: Choices): Promise<number | undefined> {
  return holdTerminal(context.terminal, (session) => chooseRow(session, choices, chooseLook(context)))
}
