import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { expect, it, onTestFinished, vi } from 'vitest'
import { locateKeyFile } from '../../src/keys/key-folder.ts'
import { openKeyStore } from '../../src/keys/open-key-store.ts'
import type { StoredKey } from '../../src/keys/stored-key.ts'
import { sandboxEnvironment } from '../../src/sandbox/config.ts'
import type { Operation } from '../../src/sandbox/operation.ts'
import type { SandboxOptions } from '../../src/sandbox/options.ts'
import type { Sandbox } from '../../src/sandbox/sandbox.ts'
import { exampleCiUser } from '../../src/sandbox/sts/role.ts'
import { locatePaths } from '../../src/system/paths.ts'
import { openSandbox } from '../sandbox/client.ts'
import { callCommand } from '../support/command.ts'
import { createContext } from '../support/context.ts'
import { createHome, type Home, repository } from '../support/home.ts'
import { preload } from '../support/preload.ts'
import { baseEnvironment } from '../support/shell.ts'
import { passphrase, storeKey } from '../support/stored-key.ts'
import { TerminalScreen } from '../support/terminal-screen.ts'

/** A user of the sandbox with a key in an encrypted file, and a terminal. */
class World {
  readonly home: Home = createHome()
  readonly sandbox: Sandbox

  private constructor(sandbox: Sandbox) {
    this.sandbox = sandbox
    vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true')
    onTestFinished(() => void vi.unstubAllEnvs())
  }

  /** `more`: lines of the profile. */
  static async open(options: SandboxOptions = {}, more = ''): Promise<World> {
    const world = new World(await openSandbox(options))
    const process = 'credential_process = assume credential-process ci'
    world.home.writeAws(`[profile ci]\nregion = eu-west-1\nassume_keys = file\n${process}\n${more}`)
    await storeKey(world.home, 'ci', { ...exampleCiUser, createdAt: 1_764_000_000_000 })
    return world
  }

  get env(): Record<string, string> {
    return { ...baseEnvironment(this.home), ...sandboxEnvironment(this.sandbox.url), NO_PROXY: '127.0.0.1' }
  }

  /** Starts a rotation on a terminal, and types the passphrase. */
  async start(words: readonly string[] = [], env: Record<string, string> = {}): Promise<TerminalScreen> {
    const command = ['keys', 'rotate', 'ci', ...words]
    const terminal = TerminalScreen.spawn(join(repository, 'bin/assume'), command, {
      env: { ...this.env, ...env },
      cwd: this.home.path,
      cols: 200,
    })
    onTestFinished(() => terminal.dispose())
    await terminal.waitFor(/Passphrase for the key of ci:/)
    terminal.type(`${passphrase}\r`)
    return terminal
  }

  async read(): Promise<StoredKey> {
    const context = createContext(this.home, { answers: [passphrase] })
    const paths = locatePaths(context.env, context.platform)
    const stored = await (await openKeyStore(context, paths, 'file', { mayAsk: true })).read('ci')
    if (!stored) throw new Error('the store has lost the key')
    return stored
  }

  /** What the store has. Fails where AWS does not take it, or there are more keys than there may be. */
  async expectSound(): Promise<StoredKey> {
    expect(this.sandbox.userKeys('ci').length).toBeLessThanOrEqual(2)
    const stored = await this.read()
    const sts = new STSClient({ region: 'eu-west-1', endpoint: this.sandbox.url, credentials: stored })
    await sts.send(new GetCallerIdentityCommand({}))
    return stored
  }

  listKeys(): string[] {
    return this.sandbox.userKeys('ci').map(({ accessKeyId, status }) => `${accessKeyId} ${status}`)
  }
}

const old = exampleCiUser.accessKeyId

it('replaces a key on a terminal, and deletes the old one later', { timeout: 180_000 }, async () => {
  const world = await World.open()
  const first = await world.start()
  expect(await first.exit).toEqual({ status: 0, signal: 0 })
  const { accessKeyId } = await world.expectSound()
  expect(world.listKeys()).toEqual([`${old} Inactive`, `${accessKeyId} Active`])
  expect(first.text().match(/is in use/g)).toHaveLength(1)
  expect(first.text()).toContain(
    `ci: ${accessKeyId} is in use, ${old} is inactive; when nothing needs it any more: assume keys rotate ci --delete`,
  )
  const second = await world.start(['--delete'])
  expect(await second.exit).toEqual({ status: 0, signal: 0 })
  expect(second.text().match(/is deleted/g)).toHaveLength(1)
  expect(second.text()).toContain(`ci: ${accessKeyId} is in use, ${old} is deleted`)
  expect(world.listKeys()).toEqual([`${accessKeyId} Active`])
  expect((await world.expectSound()).rotation).toBeUndefined()
  const folder = join(world.home.path, '.config/assume/keys')
  const file = readFileSync(locateKeyFile(folder, 'file', 'ci'), 'utf8')
  for (const { kind, value } of world.sandbox.secrets()) {
    if (kind === 'user-key-id') continue
    expect(first.text() + second.text()).not.toContain(value)
    expect(file).not.toContain(value)
  }
})

it('of two at once makes one key', { timeout: 180_000 }, async () => {
  const world = await World.open()
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  world.sandbox.fail('CreateAccessKey', { after: held }, 1)
  const first = await world.start()
  await world.sandbox.requests.arrived('CreateAccessKey')
  const command = ['keys', 'rotate', 'ci']
  const env = { ...world.env }
  const second = TerminalScreen.spawn(join(repository, 'bin/assume'), command, { env, cols: 200 })
  onTestFinished(() => second.dispose())
  await second.waitFor(/waiting for the rotation of the key of ci in process \d+/)
  release()
  expect(await first.exit).toEqual({ status: 0, signal: 0 })
  expect(await second.exit).toEqual({ status: 0, signal: 0 })
  const { accessKeyId } = await world.expectSound()
  expect(second.text()).toContain(`ci: ${accessKeyId} is in use`)
  expect(world.sandbox.requests.count('CreateAccessKey')).toBe(1)
})

it('is finished after kill -9 at each of its requests', { timeout: 300_000 }, async () => {
  const world = await World.open()
  const kills: readonly (readonly [Operation, 'before' | 'after'])[] = [
    ['ListAccessKeys', 'before'],
    ['ListAccessKeys', 'after'],
    ['CreateAccessKey', 'before'],
    // What this makes is deleted by the next run.
    ['CreateAccessKey', 'after'],
    ['GetAccessKeyLastUsed', 'after'],
    ['DeleteAccessKey', 'before'],
    ['DeleteAccessKey', 'after'],
    ['GetCallerIdentity', 'before'],
    ['GetCallerIdentity', 'after'],
    ['UpdateAccessKey', 'before'],
    ['UpdateAccessKey', 'after'],
    ['DeleteAccessKey', 'before'],
    ['DeleteAccessKey', 'after'],
  ]
  for (const [operation, moment] of kills) {
    let terminal: TerminalScreen | undefined
    const kill = () => process.kill((terminal as TerminalScreen).pid, 'SIGKILL')
    const stopped = world.sandbox.requests.count(operation)
    if (moment === 'before') world.sandbox.fail(operation, { after: new Promise(() => {}) }, 1)
    else world.sandbox.fail(operation, { alter: (reply) => kill() && reply }, 1)
    terminal = await world.start(['--delete'], preload('keep-derivations'))
    if (moment === 'before') {
      await world.sandbox.requests.arrived(operation, stopped + 1)
      kill()
    }
    expect([operation, moment, (await terminal.exit).signal]).toEqual([operation, moment, 9])
    await world.expectSound()
  }
  const last = await world.start(['--delete'], preload('keep-derivations'))
  expect(await last.exit).toEqual({ status: 0, signal: 0 })
  const { accessKeyId } = await world.expectSound()
  expect(world.listKeys()).toEqual([`${accessKeyId} Active`])
  expect(accessKeyId).not.toBe(old)
})

it('names the command that stores a key in plain text first', async () => {
  const home = createHome()
  home.writeAws('[profile ci]\n', `[ci]\naws_access_key_id = ${old}\naws_secret_access_key = x\n`)
  expect((await callCommand(home, ['keys', 'rotate', 'ci'])).stderr).toBe(
    'assume: there is no stored key of ci\n  assume keys add ci --from-credentials\n',
  )
})
