import type { EnvironmentChange, Switch } from './change.ts'
import { quotePosix } from './quote.ts'

/** A change as statements for `eval` in bash, zsh and sh. */
export function emitPosix(change: EnvironmentChange): string {
  const set = change.set.map(([name, value]) => `export ${name}=${quotePosix(value)}\n`)
  const unset = change.unset.map((name) => `unset ${name}\n`)
  return [...unset, ...set].join('')
}

/**
 * A change, and a command for `bin/assume` to become: statements after which its `"$@"` is the command. Of the words
 * that it was called with, those of the command stay as they are: here they may have lost bytes that are no UTF-8.
 */
export function emitReplacement(
  change: EnvironmentChange,
  command: readonly string[],
  words: readonly string[],
): string {
  const before = words.length - command.length
  const isThere = before >= 0 && command.every((word, index) => word === words[before + index])
  const take = isThere ? `shift ${before}\n` : `set -- ${command.map(quotePosix).join(' ')}\n`
  return take + emitPosix(change)
}

/** A switch as one call of `__assume_apply`, which shell/bash and shell/zsh define. */
export function emitPosixCall(change: Switch): string {
  return `__assume_apply ${callArguments(change).map(quotePosix).join(' ')}\n`
}

/**
 * `MESSAGE REPEAT… -- [__assume_renew_at=SECONDS] NAME=VALUE… NAME…`: what every shell's apply function takes. Older ones
 * pass over a variable of their own name.
 */
export function callArguments({ change, repeat, message, renewAt }: Switch): string[] {
  const renewal = renewAt === undefined ? [] : [`__assume_renew_at=${renewAt}`]
  const set = change.set.map(([name, value]) => `${name}=${value}`)
  return [message, ...repeat, '--', ...renewal, ...set, ...change.unset]
}
