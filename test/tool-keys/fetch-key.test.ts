import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Context } from '../../src/context.ts'
import { AssumeError } from '../../src/errors.ts'
import { locatePaths } from '../../src/system/paths.ts'
import { fetchToolKey } from '../../src/tool-keys/fetch-key.ts'
import type { ToolKeyOrigin } from '../../src/tool-keys/key-origin.ts'
import { createContext } from '../support/context.ts'
import { createHome, fixtures, type Home } from '../support/home.ts'
import { describeKeyring, startKeyring } from '../support/keyring.ts'

const key = { accessKeyId: 'AKIAEXAMPLEEXAMPLE00', secretAccessKey: 'EXAMPLE-not-a-secret' }
const printed = `{"Version": 1, "AccessKeyId": "${key.accessKeyId}", "SecretAccessKey": "${key.secretAccessKey}"}`
const wrapped = readFileSync(join(fixtures, 'coming-over/aws-vault/keyring/item-wrapped.json'), 'utf8')
const sealed = readFileSync(join(fixtures, 'coming-over/aws-vault/home/.awsvault/keys/jo'))
const raw = wrapped.replace('"aws-vault (jo)"', '""')

const vault = (more: Partial<Extract<ToolKeyOrigin, { tool: 'aws-vault' }>> = {}): ToolKeyOrigin => ({
  tool: 'aws-vault',
  name: 'jo',
  keyring: {},
  options: [],
  ...more,
})
const granted = (hasMfa = false): ToolKeyOrigin => ({ tool: 'Granted', name: 'jo', keyring: {}, hasMfa })
const leapp: ToolKeyOrigin = { tool: 'Leapp', name: 'keys', sessionId: 's-1' }

/** A program on the PATH of the home, which notes how it was called. */
function addProgram(home: Home, name: string, lines: string): void {
  const note = `printf '%s\\n' "$*" >>"$HOME/${name}.args"; env >"$HOME/${name}.env"`
  chmodSync(home.write(`bin/${name}`, `#!/bin/sh\n${note}\n${lines}\n`), 0o755)
}

const noteOf = (home: Home, name: string, what: 'args' | 'env') =>
  readFileSync(join(home.path, `${name}.${what}`), 'utf8')

interface Asking {
  readonly env?: Record<string, string>
  readonly ports?: Partial<Context>
  readonly passphrases?: readonly string[]
}

/** What comes of a key: itself, or the code and message of the error. */
async function fetchKey(
  home: Home,
  origin: ToolKeyOrigin,
  { env, ports, passphrases = [] }: Asking = {},
): Promise<unknown> {
  // Nothing but what the test puts there, and the shell's own.
  const path = `${join(home.path, 'bin')}:/bin:/usr/bin`
  const screen: string[] = []
  const context = { ...createContext(home, { env: { PATH: path, ...env }, screen }), ...ports }
  const paths = locatePaths(context.env, 'linux')
  const ask = async (_: string, check: (answer: string) => string | undefined) => {
    const good = passphrases.find((each) => check(each) === undefined)
    if (good === undefined) throw new AssumeError('cancelled', 'cancelled')
    return good
  }
  try {
    return await fetchToolKey(context, paths, origin, ask)
  } catch (error) {
    if (!(error instanceof AssumeError)) throw error
    expect(screen.join('') + error.message + error.hint).not.toContain(key.secretAccessKey)
    return `${error.code}: ${error.message}`
  }
}

describe('aws-vault gives a key', () => {
  it('by its own command, outside its own shells, with the options that say where it lies', async () => {
    const home = createHome()
    addProgram(home, 'aws-vault', `echo '${printed}'`)
    const env = { AWS_VAULT: 'jo', AWS_VAULT_PROMPT: 'terminal' }
    const origin = vault({ options: ['--backend=pass'], keyring: { backend: 'file' } })
    expect(await fetchKey(home, origin, { env })).toEqual(key)
    expect(noteOf(home, 'aws-vault', 'args')).toBe('--backend=pass export --no-session --format=json jo\n')
    expect(noteOf(home, 'aws-vault', 'env')).not.toMatch(/^AWS_VAULT=/m)
    expect(noteOf(home, 'aws-vault', 'env')).toMatch(/^AWS_VAULT_BACKEND=file$/m)
    expect(noteOf(home, 'aws-vault', 'env')).toMatch(/^AWS_VAULT_PROMPT=terminal$/m)
  })

  it('of a name that looks like an option', async () => {
    const home = createHome()
    addProgram(home, 'aws-vault', `echo '${printed}'`)
    expect(await fetchKey(home, vault({ name: '--help' }))).toEqual(key)
    expect(noteOf(home, 'aws-vault', 'args')).toBe('export --no-session --format=json -- --help\n')
  })

  it.each([
    ['fails', 'exit 1', 'aws-vault ends with status 1'],
    ['fails behind a key', `echo '${printed}'; exit 3`, 'aws-vault ends with status 3'],
    ['prints rubbish', 'echo AKIA', 'aws-vault gives no JSON object with "Version": 1'],
    [
      'prints a session',
      `echo '${printed.replace('}', ', "SessionToken": "t"}')}'`,
      'aws-vault gives temporary keys, with a session token',
    ],
    ['prints without an end', 'yes', 'aws-vault prints more than a key'],
    ['is killed', 'kill -9 $$', 'aws-vault was ended by SIGKILL'],
  ])('not where it %s', async (_, lines, message) => {
    const home = createHome()
    addProgram(home, 'aws-vault', lines)
    // Its item is there, and is not read: the tool has the last word.
    home.write('.awsvault/keys/jo', sealed)
    expect(await fetchKey(home, vault())).toBe(`program-failed: ${message}`)
  })

  it('not after Ctrl-C, which ends it', async () => {
    const home = createHome()
    addProgram(home, 'aws-vault', 'echo $$ >"$HOME/pid"; exec tail -f /dev/null')
    const stop = new AbortController()
    const interruption = stop.signal
    const pending = fetchKey(home, vault(), { ports: { interruption } })
    await expect.poll(() => existsSync(join(home.path, 'pid')), { timeout: 100_000 }).toBe(true)
    stop.abort(new AssumeError('cancelled', 'cancelled'))
    expect(await pending).toBe('cancelled: cancelled')
    await expect
      .poll(() => spawnSync('kill', ['-0', readFileSync(join(home.path, 'pid'), 'utf8').trim()]).status)
      .not.toBe(0)
  })
})

describe('without aws-vault its key comes out of', () => {
  const file = vault({ keyring: { backend: 'file' } })

  it('its file, by the passphrase of the variable or one that is asked for', async () => {
    const home = createHome()
    home.write('.awsvault/keys/jo', sealed)
    expect(await fetchKey(home, file, { env: { AWS_VAULT_FILE_PASSPHRASE: 'example' } })).toEqual(key)
    expect(await fetchKey(home, file, { passphrases: ['wrong', 'example'] })).toEqual(key)
    expect(await fetchKey(home, file, { passphrases: ['wrong'] })).toBe('cancelled: cancelled')
    home.write('.awsvault/keys/jo', 'x')
    expect(await fetchKey(home, file)).toMatch(/^unreadable-file: .*keys\/jo is no file of a keyring/)
    expect(await fetchKey(home, vault({ name: 'jill', keyring: { backend: 'file' } }))).toBe(
      'program-failed: no keyring has a key of the name jill',
    )
  })

  it('pass', async () => {
    const home = createHome()
    addProgram(home, 'pass', `cat "$HOME/item"`)
    home.write('item', wrapped)
    home.write('store/aws/jo.gpg', '')
    const origin = vault({ keyring: { backend: 'pass', passFolder: '~/store' } })
    expect(await fetchKey(home, origin, { env: { AWS_VAULT_PASS_PREFIX: 'aws' } })).toEqual(key)
    expect(noteOf(home, 'pass', 'args')).toBe('show -- aws/jo\n')
    expect(noteOf(home, 'pass', 'env')).toMatch(/PASSWORD_STORE_DIR=.*\/store$/m)
    expect(await fetchKey(home, origin)).toBe('program-failed: no keyring has a key of the name jo')
  })

  it("macOS' keychain of its own", async () => {
    const home = createHome()
    addProgram(home, 'security', `cat "$HOME/item"`)
    home.write('item', JSON.stringify(JSON.parse(Buffer.from(JSON.parse(wrapped).Data, 'base64').toString())))
    expect(await fetchKey(home, vault(), { ports: { platform: 'darwin' } })).toEqual(key)
    expect(noteOf(home, 'security', 'args')).toBe(
      `find-generic-password -s aws-vault -a jo -w ${home.path}/Library/Keychains/aws-vault.keychain-db\n`,
    )
  })

  it.each([
    ['kwallet', 'linux'],
    ['wincred', 'win32'],
  ] as const)('nothing in %s', async (backend, platform) => {
    const origin = vault({ keyring: platform === 'win32' ? {} : { backend } })
    expect(await fetchKey(createHome(), origin, { ports: { platform } })).toBe(
      `program-failed: assume cannot read the keyring ${backend}`,
    )
  })
})

describe('Granted', () => {
  it('gives a key by its own command, and none that it had before', async () => {
    const home = createHome()
    addProgram(home, 'granted', `echo '${printed}'`)
    expect(await fetchKey(home, granted())).toEqual(key)
    expect(noteOf(home, 'granted', 'args')).toBe('credential-process --profile=jo\n')
    expect(noteOf(home, 'granted', 'env')).toMatch(/^GRANTED_NO_CACHE=true$/m)
  })

  it('is not asked where there is an MFA device, for it would give a session', async () => {
    const home = createHome()
    addProgram(home, 'granted', `echo '${printed}'`)
    addProgram(home, 'security', `cat "$HOME/item"`)
    home.write(
      'item',
      readFileSync(join(fixtures, 'coming-over/granted/keyring/item-raw.txt'), 'utf8').split('\n')[1] ?? '',
    )
    expect(await fetchKey(home, granted(true), { ports: { platform: 'darwin' } })).toEqual(key)
    expect(existsSync(join(home.path, 'granted.args'))).toBe(false)
    expect(noteOf(home, 'security', 'args')).toBe(
      'find-generic-password -s granted-aws-iam-credentials -a jo -w\n',
    )
  })
})

describeKeyring('out of the keyring of the system', () => {
  const store = (env: object, attributes: readonly string[], secret: string) =>
    expect(
      spawnSync('secret-tool', ['store', '--label=x', ...attributes], {
        env: { PATH: process.env['PATH'], ...env },
        input: secret,
      }).status,
    ).toBe(0)

  it("comes aws-vault's key and Granted's, which are called alike, each for itself", async () => {
    const home = createHome()
    const { env } = await startKeyring(home)
    const other = Buffer.from(JSON.stringify({ AccessKeyID: 'AKIAOTHER', SecretAccessKey: 'other' }))
    store(env, ['profile', 'jo'], wrapped)
    // In a collection of its own it would have this attribute alone.
    store(
      env,
      ['profile', 'jo', 'collection', 'granted'],
      JSON.stringify({ Key: 'jo', Data: other.toString('base64'), Label: '' }),
    )
    expect(await fetchKey(home, vault(), { env })).toEqual(key)
    expect(await fetchKey(home, granted(true), { env })).toEqual({
      accessKeyId: 'AKIAOTHER',
      secretAccessKey: 'other',
    })
    store(env, ['profile', 'jo', 'collection', 'sessions'], raw)
    expect(await fetchKey(home, granted(true), { env })).toBe(
      'program-failed: the keyring has more than one key of the name jo, and does not say which one counts',
    )
    expect(await fetchKey(home, vault({ name: 'jill' }), { env })).toBe(
      'program-failed: no keyring has a key of the name jill',
    )
  })

  it("come the two halves of Leapp's", async () => {
    const home = createHome()
    const { env } = await startKeyring(home)
    const account = (end: string) => ['service', 'Leapp', 'account', `s-1-iam-user-aws-session-${end}`]
    store(env, account('access-key-id'), key.accessKeyId)
    expect(await fetchKey(home, leapp, { env })).toBe(
      "program-failed: the keyring has no item of Leapp's s-1-iam-user-aws-session-secret-access-key, or is locked",
    )
    store(env, account('secret-access-key'), key.secretAccessKey)
    expect(await fetchKey(home, leapp, { env })).toEqual(key)
  })

  it('comes nothing while it is locked, or there is none', async () => {
    const home = createHome()
    const keyring = await startKeyring(home)
    store(keyring.env, ['profile', 'jo'], wrapped)
    keyring.lock()
    expect(await fetchKey(home, vault(), keyring)).toBe(
      'keyring-locked: the keyring of the system is locked, and was not opened',
    )
    expect(await fetchKey(home, vault())).toBe('program-failed: the keyring of the system does not answer')
  })
})
