import { spawnSync } from 'node:child_process'
import { chmodSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ssoRoleFileName } from '../../src/aws/cache-file-name.ts'
import { callCommand, type RunCommand } from '../support/command.ts'
import { createHome, type Home, repository } from '../support/home.ts'

const startUrl = 'https://corp.awsapps.com/start'
export const session = `[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = eu-west-1\n`
export const profile = (name: string, accountId = '111111111111') =>
  `[profile "${name}"]\nsso_session = corp\nsso_account_id = ${accountId}\nsso_role_name = Dev\n`

/** What must be seen nowhere; none is a part of a name or a word of the programs. */
export const secrets = ['ASIAOFTHEROLE', 'Secret/Of+The=Role', 'TokenOfTheRole']

export const timeIn = (minutes: number) =>
  new Date(Date.now() + minutes * 60_000).toISOString().replace(/\.\d+Z$/, 'Z')

/** The credentials as a role file has them. */
export const keysFor = (minutes = 60, tokenLength = 1200) => ({
  AccessKeyId: secrets[0],
  SecretAccessKey: secrets[1],
  SessionToken: `${secrets[2]}${'q'.repeat(tokenLength)}==`,
  Expiration: timeIn(minutes),
  AccountId: '111111111111',
})

/** JSON as Python writes it. */
export const formatSpaced = (value: unknown) =>
  JSON.stringify(value, null, 1)
    .replace(/\n\s*(?=[}"])/g, ' ')
    .replace(/([{]) | (?=})/g, '$1')

export const roleFile = (accountId = '111111111111') =>
  `.aws/cli/cache/${ssoRoleFileName({ session: { name: 'corp', startUrl }, accountId, roleName: 'Dev' })}`

export const keepRole = (home: Home, text: string) => home.write(roleFile(), text)

export const textOf = (keys: unknown) => formatSpaced({ ProviderType: 'sso', Credentials: keys })

/** A home in which the core has noted where the keys of `dev` are. */
export async function start({ tokenLength = 1200, name = 'dev' } = {}): Promise<Home> {
  const home = createHome()
  home.writeAws(session + profile(name))
  keepRole(home, textOf(keysFor(60, tokenLength)))
  await note(home, name)
  return home
}

/** Lets the core make an index, and note where the keys of a profile are. */
export async function note(home: Home, name = 'dev', run: RunCommand = callCommand): Promise<void> {
  for (const words of [['list'], ['credential-process', `--profile=${name}`]]) {
    const { status, stderr } = await run(home, words)
    if (status !== 0) throw new Error(stderr)
  }
}

export const notePath = (home: Home, name = 'dev') => join(home.path, `.cache/assume/keys/of-${name}`)

export function generationOf(home: Home): string {
  const cache = join(home.path, '.cache/assume')
  return join(cache, readdirSync(cache).find((name) => name.startsWith('index-')) ?? '')
}

export const launcher = join(repository, 'bin/assume')

/** A folder with a program called node that stands for the core: it says `core`, or whatever of the launcher's environment. */
export function standIn(home: Home, action = 'echo core'): string {
  const text = `#!/bin/sh\nif [ "$1" = --version ]; then echo v99.0.0; else ${action}; fi\n`
  chmodSync(home.write('stand-in/node', text), 0o755)
  return join(home.path, 'stand-in')
}

interface Options {
  readonly env?: Readonly<Record<string, string>>
  readonly words?: readonly string[]
  /** Arguments of the shell itself. */
  readonly flags?: readonly string[]
}

/** What the launcher prints in a shell: `core\n` where it leaves the call to the core. */
export function launch(
  home: Home,
  shell = '/bin/sh',
  { env = {}, words = ['credential-process', 'dev'], flags = [] }: Options = {},
) {
  const { status, stdout, stderr } = spawnSync(shell, [...flags, launcher, ...words], {
    env: { HOME: home.path, PATH: `${standIn(home)}:/usr/bin:/bin`, ...env },
    cwd: home.path,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

/** What the core itself answers. */
export const askCore = (
  home: Home,
  { env = {}, run = callCommand }: { env?: Record<string, string>; run?: RunCommand } = {},
) => run(home, ['credential-process', '--profile=dev'], { env })

export const remove = (path: string) => rmSync(path, { recursive: true })
