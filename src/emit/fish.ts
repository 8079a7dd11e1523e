import type { EnvironmentChange, Switch } from './change.ts'
import { callArguments } from './posix.ts'
import { quoteFish } from './quote.ts'

/**
 * A change as statements for `source` in fish, in a block whose own fish_trace keeps the values out of a trace. `set -eg` fails
 * for what is not set, and `set` keeps that status.
 */
export function emitFish(change: EnvironmentChange): string {
  const unset = change.unset.map((name) => `if set -qg ${name}; set -eg ${name}; end\n`)
  const set = change.set.map(([name, value]) => `set -gx ${name} ${quoteFish(value)}\n`)
  return ['begin\nset --local --unexport fish_trace\n', ...unset, ...set, 'end\n'].join('')
}

/** A switch as one call of `__assume_apply`, which shell/fish defines; without a line feed, which `read` would take for a word. */
export function emitFishCall(change: Switch): string {
  return `__assume_apply ${callArguments(change).map(quoteFish).join(' ')}`
}
