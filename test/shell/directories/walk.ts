import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { createHome, type Home } from '../../support/home.ts'
import { makeIndex } from '../../support/profile-index.ts'
import { promptEnd, type ShellSession, startSession } from '../../support/session.ts'
import { dumpTo, readDump, type Shell } from '../../support/shell.ts'

const config = `
[profile one]
sso_session = corp
sso_account_id = 111111111111
sso_role_name = Admin
region = eu-west-1
[profile two]
credential_process = /bin/true
region = eu-central-1
[profile bare]
credential_process = /bin/true
[profile static]
region = eu-north-1
[profile over]
sso_session = gone
sso_account_id = 222222222222
sso_role_name = Admin
[profile guarded]
credential_process = /bin/true
[profile list]
mfa_serial = arn:aws:iam::111122223333:mfa/me
role_arn = arn:aws:iam::333333333333:role/Deploy
source_profile = static
[profile my own]
mfa_serial = arn:aws:iam::111122223333:mfa/me
role_arn = arn:aws:iam::333333333333:role/Deploy
source_profile = static
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
[sso-session gone]
sso_start_url = https://gone.awsapps.com/start
sso_region = eu-west-1
`

const credentials =
  '[static]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n'

const settings = '[plugin protect]\nenabled = yes\nhooks = guard\nprofiles = guarded\n'

/** What a file says, and what is recorded of it: allowed as it is, unless it says otherwise. */
export interface Entry {
  readonly text: string | Uint8Array
  readonly name?: '.aws-profile' | '.awsprofile'
  readonly verdict?: 'allow' | 'deny' | 'none'
  /** What is recorded, where that is not what the file says. */
  readonly recorded?: string
}

/** What is recorded of trees: patterns, or that they are denied. */
export type Trees = Readonly<Record<string, string | 'deny'>>

const unit = '\u001f'
const head = 'assume-directories 1'

/** Writes the records that `assume here` would, for directories below the home. */
export function writeRecords(
  home: Home,
  entries: Readonly<Record<string, Entry>>,
  trees: Trees = {},
  state = '.local/state',
): void {
  const parts = new Map<string, string[]>()
  for (const [folder, { text, verdict = 'allow', recorded }] of Object.entries(entries)) {
    if (verdict === 'none') continue
    const path = join(home.path, folder)
    const part = /^[ -~]+$/.test(path) ? String(path.length) : 'other'
    const content = recorded ?? String(text)
    const [profile = '', region = ''] = content.split('\n').filter((line) => !/^\s*(#|$)/.test(line))
    const fields = [path, profile.trim(), region.trim(), content.replaceAll('\n', '\u001e')]
    const line = verdict === 'deny' ? ['deny', path] : ['allow', ...fields]
    parts.set(part, [...(parts.get(part) ?? []), line.join(unit)])
  }
  const lines = Object.entries(trees).map(([folder, patterns]) =>
    (patterns === 'deny'
      ? ['deny', join(home.path, folder)]
      : ['allow', join(home.path, folder), patterns]
    ).join(unit),
  )
  if (lines.length > 0) parts.set('trees', lines)
  for (const [part, written] of parts)
    home.write(`${state}/assume/directories/${part}`, `${[head, ...written].join('\n')}\n`)
}

/** A home with profiles of all kinds, an index that can be trusted, and directories with what their files say. */
export async function startHome(entries: Readonly<Record<string, Entry>>, trees: Trees = {}): Promise<Home> {
  const home = createHome()
  home.writeAws(config, credentials)
  home.write('.config/assume/config', settings)
  home.logIn('corp')
  home.logIn('gone', Date.now() - 60_000)
  await makeIndex(home)
  for (const [folder, { text, name = '.aws-profile' }] of Object.entries(entries))
    home.write(join(folder, name), text)
  writeRecords(home, entries, trees)
  return home
}

export function makeFolders(home: Home, ...folders: readonly string[]): void {
  for (const folder of folders) mkdirSync(join(home.path, folder), { recursive: true })
}

/** Where a shell's start-up files end, and the statement with which setup turns directories on. */
export interface Follower {
  readonly shell: Shell
  readonly startFile: string
  readonly watch: string
  /** A function of this name that hands its words to a command. */
  define(name: string, command: string): string
  /** Changes to a folder, whatever its name; `cd` and the quoted path where this is absent. */
  readonly goTo?: (path: string) => string
  /** What a line of the start-up file has to say before comments can be typed. */
  readonly comments?: string
}

interface WalkOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Lines of the start-up file before and after the one that turns directories on. */
  readonly before?: readonly string[]
  readonly after?: readonly string[]
  readonly isOff?: boolean
  /** Where the shell starts, below the home. */
  readonly folder?: string
  /** Where strace writes which processes start. */
  readonly trace?: string
}

/** A typed session in which the profiles of directories are followed. */
export class Walk {
  readonly home: Home
  readonly shell: Shell
  readonly session: ShellSession
  #dumps = 0

  constructor(home: Home, shell: Shell, session: ShellSession) {
    this.home = home
    this.shell = shell
    this.session = session
  }

  /** Types a line, waits for the prompt with this segment, and compares what was said before it. */
  async step(line: string, segment: string, ...said: readonly string[]): Promise<void> {
    const shown = await this.show(line, segment)
    expect(shown, line).toEqual(said)
  }

  /** The same, and returns the lines that were said. */
  async show(line: string, segment: string): Promise<string[]> {
    const marked = `${line} #${++this.#dumps}`
    await this.session.run(marked, segment)
    const rows = this.session.terminal.text().split('\n')
    const typed = rows.findLastIndex((row) => row.endsWith(marked))
    return rows.slice(typed + 1, -1)
  }

  /** The exported environment, without what every command changes, and how these variables are in the shell itself. */
  async environment(segment: string, ...names: readonly string[]): Promise<Record<string, string>> {
    const file = `dump-${++this.#dumps}`
    await this.show(dumpTo(this.shell, this.home, file), segment)
    const dump = Object.fromEntries(readDump(this.home, file))
    for (const name of ['_', 'PWD', 'OLDPWD', 'SHLVL']) delete dump[name]
    for (const name of names)
      dump[`${name} itself`] = (await this.show(this.shell.show(name), segment)).join('\n')
    return dump
  }
}

/** Starts a session in a directory of the home. */
export async function startWalk(
  follower: Follower,
  home: Home,
  segment = '',
  { env = {}, before = [], after = [], isOff = false, folder = '', trace }: WalkOptions = {},
): Promise<Walk> {
  const { shell, startFile, watch, comments = '' } = follower
  const following: Shell = {
    ...shell,
    prepareSession(at, end) {
      const prepared = shell.prepareSession(at, end)
      const lines = [comments, ...before, ...(isOff ? [] : [watch]), ...after]
      appendFileSync(join(at.path, startFile), `${lines.join('\n')}\n`)
      return prepared
    },
  }
  const session = await startSession(following, home, {
    env,
    cols: 240,
    rows: 60,
    cwd: join(home.path, folder),
    ...(trace !== undefined && { trace }),
  })
  await session.terminal.waitFor((text) => text.split('\n').includes(`${segment}${promptEnd}`))
  return new Walk(home, shell, session)
}
