import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const hour = 3600_000

/** The profiles that the benchmark switches between; every world has them, in different buckets of the index. */
export const firstProfile = 'team-1-admin'
export const secondProfile = 'team-2-admin'

/** The profile with static keys, and those. */
export const staticProfile = 'static-keys'
export const staticKeys = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
}

/**
 * A throw-away home with assume installed, logged in, and this many profiles in `~/.aws/config` beside the one with static
 * keys.
 */
export class World {
  constructor(profileCount) {
    this.profileCount = profileCount
    this.home = realpathSync(mkdtempSync(join(tmpdir(), 'assume-bench-')))
    /** Nothing of the machine's own AWS settings gets in, and nothing of Node's: those would slow down the base. */
    this.env = {
      HOME: this.home,
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      LANG: 'C.UTF-8',
      TERM: 'xterm-256color',
      AWS_EC2_METADATA_DISABLED: 'true',
      POWERSHELL_TELEMETRY_OPTOUT: '1',
      POWERSHELL_UPDATECHECK: 'Off',
    }
    this.installation = join(this.home, '.local/share/assume')
    this.program = join(this.installation, 'bin/assume')
    this.emptyModule = join(this.home, 'Empty/Empty.psd1')
    this.write('Empty/Empty.psd1', "@{ RootModule = 'Empty.psm1'; ModuleVersion = '0.1.0' }\n")
    this.write('Empty/Empty.psm1', '')
    this.write('.aws/config', formatConfig(profileCount))
    this.write('.aws/credentials', formatCredentials())
    this.write(`.aws/sso/cache/${hash('corp')}.json`, formatAsAwsCli(makeToken()))
    this.write(`.aws/cli/cache/${hash(formatRoleKey(1))}.json`, formatAsAwsCli(makeRoleEntry()))
    this.run(join(root, 'install.sh'), ['--yes', '--no-setup'])
    this.makeDirectories()
  }

  /** Runs a program in this home and returns what it printed. Throws when it fails. */
  run(program, args, env = {}) {
    const { status, signal, error, stdout, stderr } = this.tryRun(program, args, { env })
    if (status !== 0)
      throw new Error(`${[program, ...args].join(' ')}: ${error ?? signal ?? `status ${status}`}\n${stderr}`)
    return { stdout, stderr }
  }

  /** Runs a program in this home, with no input, for at most `timeout` milliseconds, and returns how it ended. */
  tryRun(program, args, { env = {}, timeout } = {}) {
    return spawnSync(program, args, {
      env: { ...this.env, ...env },
      cwd: this.home,
      encoding: 'utf8',
      maxBuffer: 1e9,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout,
    })
  }

  /** A directory that names no profile, and two that name one. */
  makeDirectories() {
    this.directories = ['plain', 'first', 'second'].map((name) => join(this.home, 'work', name))
    const profiles = [undefined, firstProfile, secondProfile]
    for (const [index, directory] of this.directories.entries()) {
      mkdirSync(directory, { recursive: true })
      const here = `cd '${directory}' && exec '${this.program}' here ${profiles[index]}`
      if (profiles[index]) this.run('sh', ['-c', here])
    }
  }

  /** Leaves a fresh index, and in it the note of the kept keys, which only somebody who asks for them leaves. */
  buildIndex() {
    this.run(this.program, ['list'])
    this.run(this.program, ['credential-process', firstProfile])
  }

  dispose() {
    rmSync(this.home, { recursive: true, force: true })
  }

  /** Writes a file that is a minute old: one that is being edited is not trusted. */
  write(name, text) {
    const path = join(this.home, name)
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(path, text, { mode: 0o600 })
    const minuteAgo = Date.now() / 1000 - 60
    utimesSync(path, minuteAgo, minuteAgo)
  }
}

function formatConfig(profileCount) {
  const session =
    '[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\nsso_registration_scopes = sso:account:access\n'
  const profiles = Array.from(
    { length: profileCount },
    (_, index) => `
[profile team-${index}-admin]
sso_session = corp
sso_account_id = ${accountOf(index)}
sso_role_name = Admin
region = eu-west-1
`,
  )
  return `${session}${profiles.join('')}
[profile ${staticProfile}]
region = eu-west-1
`
}

function formatCredentials() {
  const lines = Object.entries(staticKeys).map(([name, value]) => `${name.toLowerCase()} = ${value}\n`)
  return `[${staticProfile}]\n${lines.join('')}`
}

const accountOf = (index) => String(100000000000 + index)
const hash = (text) => createHash('sha1').update(text).digest('hex')
const formatTime = (time) => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z')

/** JSON with the spaces of Python: `bin/assume` reads only what the AWS CLI and assume write. */
const formatAsAwsCli = (value) => JSON.stringify(value).replaceAll('":', '": ').replaceAll(',"', ', "')

/** What the AWS CLI names the file with a role's credentials after. */
function formatRoleKey(index) {
  return JSON.stringify({ accountId: accountOf(index), roleName: 'Admin', sessionName: 'corp' })
}

function makeToken() {
  const expiresAt = formatTime(Date.now() + 8 * hour)
  return { startUrl: 'https://corp.awsapps.com/start', region: 'eu-west-1', accessToken: 'fake', expiresAt }
}

function makeRoleEntry() {
  const keys = { AccessKeyId: 'ASIAFAKE', SecretAccessKey: 'fake', SessionToken: 'fake' }
  return { ProviderType: 'sso', Credentials: { ...keys, Expiration: formatTime(Date.now() + 8 * hour) } }
}
