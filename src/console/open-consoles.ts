import {
  type BrowserPreference,
  chooseBrowserPreference,
  listIgnoredKeys,
  noBrowser,
} from '../browser/preference.ts'
import { canOpenBrowser } from '../browser/surroundings.ts'
import type { Context, Outcome } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { consultGuards } from '../plugins/consult.ts'
import { hasHook } from '../profiles/plugin-settings.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { findTargetOfProfile } from '../profiles/session-list.ts'
import { listRejection } from '../status/notice.ts'
import { readKnownProfiles } from '../switch/known-profiles.ts'
import { formatOptions, formatRequest } from '../switch/request.ts'
import { tellFirstTime } from '../system/told.ts'
import { printable } from '../text/redact.ts'
import { formatProfileFlag, type Hint } from '../text/words.ts'
import { type ConsoleProfile, describeConsoleProfile } from './console-profile.ts'
import { copyToClipboard, formatAddress, openLogin, requireClipboard } from './delivery.ts'
import { type Destination, findDestination } from './destination.ts'
import { type ConsoleLogin, ConsoleSignIn } from './login.ts'
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
  const { subjects: named, pages, copies, prints } = request
  if (copies) requireClipboard(context)
  const profiles = await readKnownProfiles(context)
  tellOfShadow(context, profiles)
  const subjects = named.length > 0 ? named : [await chooseSubject(context, profiles, { picksFirst })]
  const attempts = new Attempts(context, subjects.length * Math.max(pages.length, 1))
  const logins: ConsoleLogin[] = []
  for (const subject of subjects) {
    await attempts.make(async () => {
      const isActive = named.length === 0 && !picksFirst
      for (const open of await prepareSubject(context, profiles, subject, request, isActive))
        await attempts.make(async () => void logins.push(...(await open())))
    })
  }
  if (subjects.length > 1 && logins.length === 0 && !attempts.hasFailed) {
    const line =
      "for several accounts at once the browser needs the console's multi-session support: turn it on in the menu with the account"
    tellFirstTime(context, profiles.paths, 'multi-session', line)
  }
  const addresses = logins.map(formatAddress)
  if (copies && addresses.length > 0) {
    copyToClipboard(context, addresses.join('\n'))
    const isSecret = logins.some((login) => 'form' in login)
    const what = addresses.length === 1 ? 'the address is' : `${addresses.length} addresses are`
    if (!prints) context.notify(`${what} on the clipboard${isSecret ? '; whoever has it is signed in' : ''}`)
  }
  return {
    notices: listRejection(profiles),
    ...(addresses.length > 0 &&
      (prints || !copies) && { output: addresses.map((address) => `${address}\n`).join('') }),
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
      if (!(error instanceof AssumeError) || this.#count === 1 || error.code === 'cancelled') throw error
      this.hasFailed = true
      const hint = error.adviseIn(this.#context.quoteWord, (name, value) => `${name}=${value ?? ''}`)
      this.#context.notify(
        [error.message, ...(hint === undefined ? [] : [hint.replace(/^/gm, '  ')])].join('\n'),
      )
    }
  }
}

/** Lets the guards decide, and returns for each page what opens it: what is to be handed out instead of opened. */
async function prepareSubject(
  context: Context,
  profiles: Profiles,
  subject: ConsoleSubject,
  request: ConsoleRequest,
  isActive: boolean,
): Promise<readonly (() => Promise<readonly ConsoleLogin[]>)[]> {
  const { options, pages, browser: flags } = request
  const console = describeConsoleProfile(context, profiles, subject, options, { isActive })
  const { profile, place } = console
  // Before anybody is asked anything.
  const destinations = (pages.length > 0 ? pages : [undefined]).map((page) => findDestination(page, place))
  if (profile && hasHook(profiles.plugins, 'guard', profile, { unasked: true })) {
    const region = options.region ?? console.stsRegion
    const wishes = { command: 'console', saysYes: options.saysYes, region }
    await consultGuards(context, profiles, profile, wishes).catch((error) => {
      throw nameSubject(error, console)
    })
  }
  const signIn = new ConsoleSignIn(context, profiles, console, request)
  const preference = choosePreference(context, profiles, console, request)
  const opens = (flags.browser ?? noBrowser) !== noBrowser || canOpenBrowser(context, preference)
  const hands = request.prints || request.copies || !opens
  const openPage = async (destination: Destination, page: string | undefined) => {
    if (destination.warning !== undefined) context.notify(`warning: ${destination.warning}`)
    const login = await signIn.open(destination)
    if (hands) {
      if ('form' in login && !request.prints && !request.copies) checkPrinting(context, subject, request)
      return [login]
    }
    const browser = await openLogin(context, login, preference, adviseUrl(subject, request))
    const accountId = console.accountId ?? ('form' in login ? login.accountId : undefined)
    const line = describeOpened({ ...console, accountId }, destination, page)
    if (!context.env['ASSUME_QUIET']) context.notify(`${line} in ${browser}`)
    return []
  }
  return destinations.map(
    (destination, index) => () =>
      openPage(destination, destinations.length > 1 ? pages[index] : undefined).catch((error) => {
        throw nameSubject(error, console)
      }),
  )
}

/** What goes to the log of a CI has to be asked for. */
function checkPrinting({ env }: Context, subject: ConsoleSubject, request: ConsoleRequest): void {
  if (!env['CI']) return
  throw new AssumeError(
    'terminal-needed',
    'a sign-in to the console is not printed in CI unless it is asked for',
    {
      hint: adviseUrl(subject, request),
    },
  )
}

/** The error of a console, which of several nobody could tell apart. */
function nameSubject(error: unknown, { name }: ConsoleProfile): unknown {
  if (!(error instanceof AssumeError) || error.code === 'cancelled') return error
  const { code, message, advice, cause } = error
  const isNamed = ` ${message} `.replace(/[,:;]/g, ' ').includes(` ${name} `)
  return isNamed ? error : new AssumeError(code, `${name}: ${message}`, { hint: advice, cause })
}

function choosePreference(
  context: Context,
  { config, settings }: Profiles,
  { profile }: ConsoleProfile,
  { browser }: ConsoleRequest,
): BrowserPreference {
  const sessionName = profile && (profile.session ?? findTargetOfProfile(config, profile.name)?.session)?.name
  const sources = {
    name: profile?.name ?? 'environment',
    flags: browser,
    profile: profile?.properties,
    session: sessionName === undefined ? undefined : config.sessions.get(sessionName),
    settings,
  }
  for (const line of listIgnoredKeys(sources)) context.notifyOnce(`warning: ${line}`)
  return chooseBrowserPreference(sources)
}

/** As the success line of a switch; `page` is what tells several of one profile apart. */
function describeOpened(
  {
    name,
    accountId,
    roleName,
  }: Pick<ConsoleProfile, 'name' | 'roleName'> & { accountId?: string | undefined },
  { region }: Destination,
  page: string | undefined,
): string {
  const who = [accountId, roleName].filter((part) => part !== undefined).join(' ')
  const parts = [who, region ?? '', page ?? ''].filter((part) => part !== '').map((part) => printable(part))
  return `opened ${[name, ...parts].join(' · ')}`
}

/** The command that prints the same address; never a code, and what was cached may be used. */
function adviseUrl(subject: ConsoleSubject, { options, pages, federates }: ConsoleRequest): Hint {
  const wanted =
    'keys' in subject ? formatOptions(options) : formatRequest(subject, { ...options, exports: false })
  const words = [
    ...wanted,
    ...pages.map((page) => `--service=${page}`),
    ...(federates ? ['--federate'] : []),
    '--url',
  ]
  return (quote) => ['assume console', ...words.map(quote)].join(' ')
}
