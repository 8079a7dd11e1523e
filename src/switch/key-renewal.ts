import type { EnvironmentChange, Switch } from '../emit/change.ts'
import { AssumeError } from '../errors.ts'
import { printable } from '../text/redact.ts'
import { formatLocalTime } from '../text/time.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Milliseconds before their end from which on keys are renewed at the earliest: then no cache hands out the same again. */
const earliest = 15 * 60_000

/**
 * From when on keys that end at `expiresAt` are to be renewed, in seconds since the epoch: a quarter of an hour before their
 * end, or a quarter of what is left of them at `now`, whichever is less. Undefined for keys without an end.
 */
export function findRenewalTime(expiresAt: number | undefined, now: number): number | undefined {
  if (expiresAt === undefined) return undefined
  const lead = Math.min(earliest, Math.max(0, expiresAt - now) / 4)
  return Math.floor((expiresAt - lead) / 1000) + 1
}

/** What stays as the environment has it, whoever has set it: the keys are for another region as well. */
const kept: ReadonlySet<string> = new Set(['AWS_REGION', 'AWS_DEFAULT_REGION'])

/** What belongs to keys and goes with the old ones. */
const ofKeys: ReadonlySet<string> = new Set([
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_CREDENTIAL_EXPIRATION',
  'AWS_SESSION_EXPIRATION',
  'ASSUME_EXPIRES_AT',
])

/**
 * A switch that has been prepared anew, as the renewal of the keys in `env`: what has been set by hand since stays, and the
 * line says until when the new keys are good. Throws AssumeError `no-credentials` where they do not end later than the old.
 */
export function planKeyRenewal(
  { plan, profileName }: { readonly plan: Switch; readonly profileName: string },
  env: Environment,
  now: number,
): Switch {
  const { set, unset } = plan.change
  const seconds = new Map(set).get('ASSUME_EXPIRES_AT')
  if (seconds !== undefined && Number(seconds) <= Number(env['ASSUME_EXPIRES_AT'])) {
    throw new AssumeError('no-credentials', 'there are none yet that end later')
  }
  const end = seconds === undefined ? '' : ` until ${formatLocalTime(Number(seconds) * 1000, now)}`
  return {
    ...plan,
    change: keepChanged(env, { set, unset }),
    message: printable(`assume: ${profileName} · new keys${end}`),
  }
}

/** The names are all still there, since a shell puts back what an earlier switch has changed and this one does not name. */
function keepChanged(env: Environment, { set, unset }: EnvironmentChange): EnvironmentChange {
  const names = [...set.map(([name]) => name).filter((name) => kept.has(name)), ...unset]
  const stays = new Set(names.filter((name) => !ofKeys.has(name)))
  const found = [...stays].flatMap((name): (readonly [string, string])[] => {
    const value = env[name]
    return value === undefined ? [] : [[name, value]]
  })
  const isFound = new Set(found.map(([name]) => name))
  return {
    set: [...set.filter(([name]) => !stays.has(name)), ...found],
    unset: [...new Set([...stays, ...unset])].filter((name) => !isFound.has(name)),
  }
}
