import { toAsciiJson } from '../text/json-text.ts'
import type { EnvironmentChange, Switch } from './change.ts'
import { quotePowerShell } from './quote.ts'

/** A change as statements for `Invoke-Expression`; each is whole on its line. */
export function emitPowerShell(change: EnvironmentChange): string {
  const unset = change.unset.map((name) => `Remove-Item -LiteralPath Env:${name} -ErrorAction Ignore\n`)
  const set = change.set.map(
    ([name, value]) => `Set-Item -LiteralPath Env:${name} -Value ${quotePowerShell(value)}\n`,
  )
  return [...unset, ...set].join('')
}

/** The first characters of the one line on stdout that is for the module and not for the user. */
export const sentinel = '\u0001assume:'

/**
 * A switch as one line of ASCII JSON behind the sentinel. Every string begins with `=`, because ConvertFrom-Json
 * turns strings that look like a time into a DateTime (PowerShell#13592).
 */
export function emitPowerShellMessage({ change, repeat, message, renewAt }: Switch): string {
  const json = JSON.stringify({
    message: `=${message}`,
    repeat: repeat.map((argument) => `=${argument}`),
    set: change.set.map(([name, value]) => [`=${name}`, `=${value}`]),
    unset: change.unset.map((name) => `=${name}`),
    renewAt,
  })
  return `${sentinel}${toAsciiJson(json)}\n`
}
