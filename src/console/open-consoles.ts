import { type BrowserPreference, chooseBrowserPreference } from '../browser/preference.ts'
import { canOpenBrowser } from '../browser/surroundings.ts'
import type { Context, Outcome } from '../context.ts'
import { listRejection } from '../credentials/notice.ts'
import { AssumeError } from '../errors.ts'
import { consultGuards } from '../plugins/consult.ts'
import { hasHook } from '../profiles/plugin-settings.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { findTargetOfProfile } from '../profiles/session-list.ts'
import { readKnownProfiles } from '../switch/known-profiles.ts'
import { tellFirstTime } from '../system/told.ts'
import { printable } from '../text/redact.ts'
import { formatProfileFlag, type Hint } from '../text/words.ts'
import { type ConsoleProfile, describeConsoleProfile } from './console-profile.ts'
import { copyToClipboard, formatAddress, openLogin } from './delivery.ts'
import { type Destination, findDestination } from './destination.ts'
import { ConsoleSignIn } from './login.ts'
import type { ConsoleRequest } from './request.ts'
import { type ConsoleSubject, chooseSubject } from './subject.ts'

/**
 * Opens every page as everybody who is asked for, or prints the addresses. Of several, one that fails is told and the others go
 * on. Throws AssumeError: what fails where there is nothing else, and what the user cancels.
 */
export async function openConsoles(
  context: Context,
  request: ConsoleRequest,
  { picksFirst }: { readonly picksFirst: boolean },
): Promise<Outcome> {
  const isActive = request.subjects.length === 0
  const subjects = isActive ? [await chooseSubject(context, { picksFirst })] : request.subjects
  const profiles = await readKnownProfiles(context)
  tellOfShadow(context, profiles)
  const attempts = new Attempts(context, subjects.length * Math.max(request.pages.length, 1))
  const addresses: string[] = []
  for (const subject of subjects) {
    await attempts.make(async () => {
      const console = await openAs(context, profiles, subject, request, isActive && !picksFirst)
      for (const page of request.pages.length > 0 ? request.pages : [undefined]) {
        await attempts.make(async () => {
          addresses.push(...(await console(page)))
        })
      }
    })
  }
  if (subjects.length > 1 && addresses.length === 0 && !attempts.hasFailed) {
    const line =
      "for several accounts at once the browser needs the console's multi-session support: turn it on in the menu with the account"
    tellFirstTime(context, profiles.paths, 'multi-session', line)
  }
  if (request.copies && addresses.length > 0) {
    copyToClipboard(context, addresses.join('\n'))
    if (!request.prints) context.notify('the address is on the clipboard; whoever has it is signed in')
  }
  const prints = addresses.length > 0 && (request.prints || !request.copies)
  return {
    notices: listRejection(profiles),
    ...(prints && { output: addresses.map((address) => `${address}\n`).join('') }),
    ...(attempts.hasFailed && { exitStatus: 1 }),
  }
}

/** A profile that is called like the command has been switched to by that name before there was one. */
function tellOfShadow(context: Context, { config, paths }: Profiles): void {
  if (!config.profiles.has('console')) return
  const command = `assume ${formatProfileFlag('console', context.quoteWord)}`
  const line = `console is a command now; to switch to the profile of that name: ${command}`
  tellFirstTime(context, paths, 'shadow-console', line)
}

/** One thing after the other; of several, what fails is told at once and does not stop the others. */
class Attempts {
  readonly #context: Context
  readonly #count: number
  hasFailed = false

  constructor(context: Context, count: number) {
    this.#context = context
    this.#count = count
  }

  async make(body: () => Promise<void>): Promise<void> {
    try {
      await body()
    } catch (error) {
      const isOver = this.#context.interruption.aborted
      if (this.#count === 1 || isOver || !(error instanceof AssumeError)) throw error
      this.hasFailed = true
      const hint = error.adviseIn(this.#context.quoteWord, (name, value) => `${name}=${value ?? ''}`)
      this.#context.notify(
        [error.message, ...(hint === undefined ? [] : [hint.replace(/^/gm, '  ')])].join('\n'),
      )
    }
  }
}

/** Lets the guards decide, and returns what opens a page: the addresses that are to be handed out instead of opened. */
async function openAs(
  context: Context,
  profiles: Profiles,
  subject: ConsoleSubject,
  request: ConsoleRequest,
  isActive: boolean,
): Promise<(page: string | undefined) => Promise<readonly string[]>> {
  const { options } = request
  const console = describeConsoleProfile(context, profiles, subject, options, { isActive })
  const { profile, place } = console
  // Before anybody is asked anything.
  for (const page of request.pages) findDestination(page, place)
  if (profile && hasHook(profiles.plugins, 'guard', profile, { unasked: true })) {
    const region = options.region ?? console.stsRegion
    await consultGuards(context, profiles, profile, { command: 'console', saysYes: options.saysYes, region })
  }
  const signIn = new ConsoleSignIn(context, profiles, console, request)
  const preference = choosePreference(profiles, console, request)
  const opens = request.browser.browser !== undefined || canOpenBrowser(context, preference)
  const prints = request.prints || request.copies || !opens
  return async (page) => {
    const destination = findDestination(page, place)
    if (destination.warning !== undefined) context.notify(`warning: ${destination.warning}`)
    const login = await signIn.open(destination)
    if (prints) return [formatAddress(login)]
    const browser = await openLogin(context, login, preference, adviseUrl(console))
    if (!context.env['ASSUME_QUIET']) context.notify(`${describeOpened(console, destination)} in ${browser}`)
    return []
  }
}

function choosePreference(
  { config, settings }: Profiles,
  { profile }: ConsoleProfile,
  { browser }: ConsoleRequest,
): BrowserPreference {
  const sessionName = profile && (profile.session ?? findTargetOfProfile(config, profile.name)?.session)?.name
  return chooseBrowserPreference({
    name: profile?.name ?? 'environment',
    flags: browser,
    profile: profile?.properties,
    session: sessionName === undefined ? undefined : config.sessions.get(sessionName),
    settings,
  })
}

/** As the success line of a switch. */
function describeOpened({ profile, accountId, roleName }: ConsoleProfile, { region }: Destination): string {
  const who = [accountId, roleName].filter((part) => part !== undefined).join(' ')
  const name = profile?.name ?? 'the keys in the environment'
  const parts = [name, who, region ?? ''].filter((part) => part !== '').map((part) => printable(part))
  return `opened ${parts.join(' · ')}`
}

function adviseUrl({ profile }: ConsoleProfile): Hint {
  return (quote) => `assume console ${profile ? `${formatProfileFlag(profile.name, quote)} ` : ''}--url`
}
