import type { EnvironmentChange } from '../emit/change.ts'
import { isCredentialVariable } from '../emit/credential-variables.ts'
import { isKeptByShells, isVariableName } from '../emit/variable-name.ts'
import { matchesGlob } from '../text/matching.ts'
import type { EnvPlan } from './api.ts'

/** Plans that have been accepted, as one. */
export interface AcceptedPlans extends EnvironmentChange {
  /** The names whose values are not to be shown or kept. */
  readonly secret: ReadonlySet<string>
  /** Who set or removed what. */
  readonly owners: ReadonlyMap<string, string>
}

export const noPlans: AcceptedPlans = { set: [], unset: [], secret: new Set(), owners: new Map() }

/** Bytes; the environment of a program has its limit, and a single value too (Linux: 128 KiB). */
const valueLimit = 32 * 1024
const totalLimit = 128 * 1024

/** What decides, besides credentials, which profile, keys or region the AWS tools use. */
const ofAws =
  /^AWS_(ACCOUNT_ID.*|PROFILE|DEFAULT_PROFILE|REGION|DEFAULT_REGION|CONFIG_FILE|SHARED_CREDENTIALS_FILE|LOGIN_CACHE_DIRECTORY|VAULT|SSO_PROFILE)$/i
const ofSwitches = /^(ASSUME_.*|AWSU_PROFILE|AWSUME_PROFILE|_?_ASSUME_.*)$/i

/** Whether a variable belongs to assume itself: no plugin and no option may set or remove it. */
export function isReservedVariable(name: string): boolean {
  return isCredentialVariable(name) || ofAws.test(name) || ofSwitches.test(name)
}

/**
 * The plans with that of `owner` added, or what is wrong with it, as a sentence without values. `agreed` are the
 * patterns of the names that the user agreed to; undefined: any.
 */
export function acceptPlan(
  plans: AcceptedPlans,
  owner: string,
  plan: Pick<EnvPlan, 'set' | 'unset' | 'secret'>,
  agreed: readonly string[] | undefined,
): { readonly plans: AcceptedPlans } | { readonly fault: string } {
  const set = Object.entries(plan.set ?? {})
  const unset = [...new Set(plan.unset ?? [])]
  const secret = plan.secret ?? []
  const fault =
    [...set.map(([name]) => name), ...unset]
      .map((name) => findFaultOfName(name, plans.owners, agreed))
      .find((each) => each !== undefined) ??
    findContradiction({ set, unset }, secret) ??
    findFaultOfValues(set, plans.set)
  if (fault !== undefined) return { fault }
  const owners = new Map(plans.owners)
  for (const name of [...set.map(([each]) => each), ...unset]) owners.set(name, owner)
  return {
    plans: {
      set: [...plans.set, ...set],
      unset: [...plans.unset, ...unset],
      secret: new Set([...plans.secret, ...secret]),
      owners,
    },
  }
}

function findFaultOfName(
  name: string,
  owners: AcceptedPlans['owners'],
  agreed: readonly string[] | undefined,
): string | undefined {
  if (!isVariableName(name)) return `${JSON.stringify(name)} is no name of a variable`
  if (isReservedVariable(name)) return `${name} is assume's own to set`
  if (isKeptByShells(name)) return `${name} belongs to the shell`
  const owner = owners.get(name)
  if (owner !== undefined) return `${name} belongs to plugin ${owner}`
  if (agreed && !agreed.some((pattern) => matchesGlob(name, pattern, { ignoreCase: false }))) {
    return `${name} is not among the variables that it asked for`
  }
  return undefined
}

function findContradiction({ set, unset }: EnvironmentChange, secret: readonly string[]): string | undefined {
  const names = set.map(([name]) => name)
  const both = unset.find((name) => names.includes(name))
  if (both !== undefined) return `${both} is to be set and removed`
  const stray = secret.find((name) => !names.includes(name))
  return stray === undefined ? undefined : `${JSON.stringify(stray)} is secret but not set`
}

function findFaultOfValues(
  set: EnvironmentChange['set'],
  others: EnvironmentChange['set'],
): string | undefined {
  for (const [name, value] of set) {
    if (value.includes('\0')) return `the value of ${name} holds a NUL character`
    if (/\p{Surrogate}/u.test(value)) return `the value of ${name} is no valid text`
    if (byteLength(value) > valueLimit) return `the value of ${name} is longer than 32 KiB`
  }
  const total = [...others, ...set].reduce((sum, [name, value]) => sum + name.length + byteLength(value), 0)
  return total > totalLimit ? 'all values together are longer than 128 KiB' : undefined
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}
