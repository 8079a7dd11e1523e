import { containerAddOns } from '../cli/console-command.ts'
import { requireOneOf, usageError } from '../cli/mistake.ts'
import type { Arguments } from '../cli/parse.ts'
import { readSubject, readSwitchOptions } from '../switch/options.ts'
import type { Subject, SwitchOptions } from '../switch/request.ts'

/** What is to be opened, and how. */
export interface ConsoleRequest {
  /** As whom; none: who is active, or whose keys are in the environment. */
  readonly subjects: readonly Subject[]
  /** Pages as `findDestination` takes them; none: the first one. */
  readonly pages: readonly string[]
  /** As of a switch; the duration is that of the console. */
  readonly options: SwitchOptions
  /** Whether the login goes through keys even where a link would do. */
  readonly federates: boolean
  readonly prints: boolean
  readonly copies: boolean
  readonly browser: BrowserFlags
}

/** What of the browser is said by flags. */
export interface BrowserFlags {
  readonly browser?: string
  readonly browserProfile?: string
  readonly container?: string
}

/** What of a switch has no meaning without a switch. */
const switchOnly = ['export', 'dry-run', 'unset']

/**
 * The request in the words of `assume console`, or of a switch with `--console` (`commandName` is empty). Throws AssumeError
 * `usage`.
 */
export function readConsoleRequest(args: Arguments, commandName: string): ConsoleRequest {
  const { flags, positionals, lists } = args
  const useless = switchOnly.find((name) => flags[name] !== undefined)
  if (useless !== undefined) throw usageError(commandName, `--${useless} does not go with a console`)
  const text = (name: string) => (typeof flags[name] === 'string' ? flags[name] : undefined)
  const [browser, browserProfile, container] = ['browser', 'browser-profile', 'container'].map(text)
  if (browser?.trim() === '') throw usageError(commandName, '--browser needs a name or a command')
  if (container !== undefined) requireOneOf(commandName, 'container add-on', container, containerAddOns)
  return {
    subjects: readSubjects(args, positionals, commandName),
    pages: lists?.['service'] ?? [],
    options: readSwitchOptions(args, commandName),
    federates: flags['federate'] === true,
    prints: flags['url'] === true,
    copies: flags['copy'] === true,
    browser: {
      ...(browser !== undefined && { browser }),
      ...(browserProfile !== undefined && { browserProfile }),
      ...(container !== undefined && { container }),
    },
  }
}

/** A profile that is named twice opens once. */
function readSubjects(args: Arguments, names: readonly string[], commandName: string): Subject[] {
  const [first, ...others] = names
  const subject = readSubject(args, first, commandName)
  const rest = [...new Set(others)].filter((name) => name !== first)
  return [...(subject ? [subject] : []), ...rest.map((name) => ({ name }))]
}
