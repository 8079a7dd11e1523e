import type { EnvironmentChange } from '../core/change.ts'
import type { Switch } from '../core/switch.ts'
import { callArguments } from './posix.ts'
import { quoteFish } from './quote.ts'

/** A change as statements for `source` in fish; erasing what is not set is no failure there. */
export function emitFish(change: EnvironmentChange): string {
  const unset = change.unset.map((name) => `set -q ${name}; and set -eg ${name}\n`)
  const set = change.set.map(([name, value]) => `set -gx ${name} ${quoteFish(value)}\n`)
  return [...unset, ...set].join('')
}

/** A switch as one call of `__assume_apply`, which shell/fish defines. */
export function emitFishCall(change: Switch): string {
  return `__assume_apply ${callArguments(change).map(quoteFish).join(' ')}\n`
}
