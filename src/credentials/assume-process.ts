import { parseArgs } from 'node:util'
import { AssumeError } from '../errors.ts'
import type { Profile } from '../profiles/profile.ts'
import { printable } from '../text/redact.ts'
import { splitWords } from '../text/shell-words.ts'

/**
 * The name in a profile's `credential_process` that is `assume credential-process NAME`, started by whatever path, by
 * node or on Windows; undefined for every other program. Such a one is a link of the chain and never started. Throws
 * AssumeError `invalid-profile` where it is assume and it is not clear whose credentials it gives.
 */
export function findAssumeTarget(
  { name, credentialProcess = '' }: Pick<Profile, 'name' | 'credentialProcess'>,
  platform: NodeJS.Platform,
): string | undefined {
  const words = splitWords(credentialProcess, platform) ?? []
  const [program, command, ...rest] = isProgram(words[0], /^node(\.exe)?$/i) ? words.slice(1) : words
  if (!isProgram(program, /^assume(\.(cjs|cmd|ps1|exe))?$/i) || command !== 'credential-process')
    return undefined
  const target = readTarget(rest)
  if (target !== undefined) return target
  throw new AssumeError(
    'invalid-profile',
    `profile ${printable(name)}: its credential_process starts assume with more or less than the name of a profile`,
    { hint: 'credential_process = assume credential-process NAME' },
  )
}

function isProgram(path: string | undefined, name: RegExp): boolean {
  return name.test(path?.split(/[/\\]/).at(-1) ?? '')
}

/** Undefined where other flags or words say that it is more than the profile's own credentials. */
function readTarget(words: string[]): string | undefined {
  const flag = { type: 'boolean' } as const
  const options = {
    profile: { type: 'string', short: 'p' },
    login: flag,
    refresh: flag,
    verbose: flag,
  } as const
  try {
    const { values, positionals } = parseArgs({ args: words, options, allowPositionals: true })
    const names = [...(values.profile === undefined ? [] : [values.profile]), ...positionals]
    return names.length === 1 ? names[0] : undefined
  } catch {
    return undefined
  }
}
