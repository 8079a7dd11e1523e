import { findNearest } from '../text/matching.ts'
import { printable } from '../text/redact.ts'
import { formatSuggestion } from '../text/suggestion.ts'
import { type CommandLine, fillIn, findSystemCommand, listBrowserVariable, readCommand } from './command.ts'
import { formatContainerLink } from './container.ts'
import { hasDisplay, type Installation, listInstallations, type Machine } from './installation.ts'
import { findKnownBrowser, type KnownBrowser, knownBrowserNames, knownBrowsers } from './known.ts'
import { type BrowserPreference, noBrowser } from './preference.ts'
import { findBrowserProfile, parseLocalState, parseProfilesIni } from './profile-names.ts'
import { isWsl } from './remote.ts'

/** A way to open a URL. */
export interface Opener {
  /** As messages call it; it may hold anything. */
  readonly name: string
  readonly command: CommandLine
  /** What to say where it does not start; absent: nothing, for nobody has asked for it by name. */
  readonly complaint?: string
  /** Whether it looks for a browser itself, and soon ends: with a status that says whether there was one. */
  readonly tells?: boolean
}

export interface OpeningPlan {
  /** Best first; empty where there is no browser. */
  readonly openers: readonly Opener[]
  /** What of the preference cannot be done here. */
  readonly warnings: readonly string[]
}

/** How a URL of `parseWebUrl` can be opened on a machine: as is preferred, then by $BROWSER, then by the system. */
export function planOpening(url: URL, preference: BrowserPreference, machine: Machine): OpeningPlan {
  if (preference.browser === noBrowser) return refuse()
  const { openers, warnings } = planPreferred(url.href, preference, machine)
  const { env, platform } = machine
  const system = findSystemCommand(platform, { isWsl: isWsl(env), hasDisplay: hasDisplay(env) })
  const others = [...listBrowserVariable(env['BROWSER'], machine), ...(system ? [system] : [])]
  return {
    openers: [
      ...openers,
      ...others.map((command) => ({
        name: nameProgram(command),
        command: fillIn(command, url.href),
        ...(command === system && { tells: true }),
      })),
    ],
    warnings,
  }
}

function nameProgram([program]: CommandLine): string {
  return program.split(/[/\\]/).at(-1) || program
}

function planPreferred(href: string, preference: BrowserPreference, machine: Machine): OpeningPlan {
  const { browser, browserProfile, container } = preference
  if (browser === undefined && container) return planAnyFirefox(href, preference, machine)
  if (browser === undefined) {
    return browserProfile === undefined
      ? refuse()
      : refuse('a browser profile is asked for, and no browser: set assume_browser, too')
  }
  const known = findKnownBrowser(browser)
  return known
    ? planKnown(href, known, browser, preference, machine)
    : planCommand(href, browser, preference, machine)
}

function refuse(...warnings: string[]): OpeningPlan {
  return { openers: [], warnings }
}

function planCommand(
  href: string,
  browser: string,
  { browserProfile, ...preference }: BrowserPreference,
  machine: Machine,
): OpeningPlan {
  const command = readCommand(browser, machine)
  if (!command) return refuse(`the command of the browser ends within a quote: ${printable(browser)}`)
  const advice = command.length > 1 ? '' : formatSuggestion(findNearest(browser, knownBrowserNames, 1))
  const complaint = `the browser ${printable(nameProgram(command))} cannot be started${advice}`
  const ignored = 'the browser profile counts for nothing: the browser is a command, which has to name it'
  return {
    openers: [{ name: nameProgram(command), command: fillIn(command, address(href, preference)), complaint }],
    warnings: browserProfile === undefined ? [] : [ignored],
  }
}

/** What Firefox is given. */
function address(href: string, { container, containerName = '', color, icon }: BrowserPreference): string {
  return container ? formatContainerLink(href, { addOn: container, name: containerName, color, icon }) : href
}

/** The links of containers are known to Firefox, and to no opener of the system. */
function planAnyFirefox(href: string, preference: BrowserPreference, machine: Machine): OpeningPlan {
  for (const known of Object.values(knownBrowsers)) {
    if (known.family !== 'firefox') continue
    const plan = planKnown(href, known, known.shown, preference, machine)
    if (plan.openers.length > 0) return plan
  }
  return refuse('a container is asked for, and there is no Firefox for it')
}

function planKnown(
  href: string,
  known: KnownBrowser,
  word: string,
  preference: BrowserPreference,
  machine: Machine,
): OpeningPlan {
  const { shown, family } = known
  const installation = findInstallation(known, word, machine)
  if (!installation) return refuse(`${shown} is not installed, or there is no display for it`)
  const { browserProfile, container } = preference
  const warnings: string[] = []
  if (container && family !== 'firefox') warnings.push(`${shown} has no containers`)
  const profile =
    browserProfile === undefined ? undefined : findProfileWord(known, installation, browserProfile, machine)
  if (browserProfile !== undefined && profile === undefined)
    warnings.push(`${shown} cannot be told a profile ${printable(browserProfile)}`)
  const command =
    family === 'firefox'
      ? formatFirefox(installation, profile, address(href, preference))
      : formatOther(installation, profile, href)
  return { openers: [{ name: shown, command, complaint: `${shown} cannot be started` }], warnings }
}

/** The first that is there; a word that is no name but one of its programs means that program. */
function findInstallation(known: KnownBrowser, word: string, machine: Machine): Installation | undefined {
  const there = listInstallations(known, machine).filter(({ path }) => machine.isThere(path))
  const isName = word.toLowerCase() === known.shown.toLowerCase()
  return (isName ? undefined : there.find(({ path }) => nameProgram([path]) === word)) ?? there[0]
}

/** What a profile is called on the command line; one that is not known is passed on as it is. */
function findProfileWord(
  { family }: KnownBrowser,
  { folders }: Installation,
  text: string,
  { platform, read }: Machine,
): string | undefined {
  if (family === 'other') return undefined
  const [file, parse] =
    family === 'chromium' ? ['Local State', parseLocalState] : (['profiles.ini', parseProfilesIni] as const)
  const separator = platform === 'win32' ? '\\' : '/'
  const profiles = folders.flatMap((folder) => parse(read(`${folder}${separator}${file}`) ?? ''))
  const found = findBrowserProfile(profiles, text)
  if (family === 'chromium') return found?.directory ?? text
  // Firefox would read it as an option.
  const word = found?.name ?? text
  return word.startsWith('-') ? undefined : word
}

/** https://wiki.mozilla.org/Firefox/CommandLineOptions */
function formatFirefox({ path }: Installation, profile: string | undefined, link: string): CommandLine {
  return [path, ...(profile === undefined ? [] : ['-P', profile]), '--new-tab', link]
}

/**
 * The options stand in chrome/common/chrome_switches.cc and components. macOS passes arguments only to a new process (`-n`),
 * which hands them to the browser that runs.
 */
function formatOther({ path, app }: Installation, profile: string | undefined, href: string): CommandLine {
  if (profile === undefined) return app === undefined ? [path, href] : ['open', '-a', app, href]
  const args = [`--profile-directory=${profile}`, '--no-first-run', '--no-default-browser-check', href]
  return app === undefined ? [path, ...args] : ['open', '-na', app, '--args', ...args]
}
