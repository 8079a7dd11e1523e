import { once } from 'node:events'
import { chmodSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished } from 'vitest'
import { tokenFileName } from '../../../src/aws/cache-file-name.ts'
import { sandboxConfig } from '../../../src/sandbox/config.ts'
import type { SandboxOptions } from '../../../src/sandbox/options.ts'
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts'
import type { LoginFlow } from '../../../src/sso/registration.ts'
import { formatToken } from '../../../src/sso/token.ts'
import { logIn } from '../../sandbox/client.ts'
import { callCommand } from '../../support/command.ts'
import { startCore } from '../../support/core-process.ts'
import { Home } from '../../support/home.ts'
import type { ShellResult } from '../../support/shell.ts'
import { takeSnapshot } from '../../support/snapshot.ts'

export const startUrl = 'https://sso-portal.awsapps.com/start'
const hour = 3600_000

/** A home with the profiles of the sandbox, whose Identity Center allows every login unless told otherwise. */
export class World {
  readonly home = new Home()
  readonly sandbox: Sandbox
  readonly #servers: Server[] = []
  readonly #visits: Promise<unknown>[] = []

  private constructor(sandbox: Sandbox) {
    this.sandbox = sandbox
  }

  static async open({ flow = 'device-code', ...options }: SandboxOptions & { flow?: LoginFlow } = {}) {
    // Without a wait a code would expire before anybody can answer: every poll counts as a second at least.
    const interval = options.answer === 'ask' ? 1 : 0
    const world = new World(await startSandbox({ answer: 'allow', interval, ...options }))
    world.configure({ assume_login: flow })
    return world
  }

  /** Writes the AWS config file, with these keys of the sso-session added or in place of the sandbox's. */
  configure(keys: Record<string, string>): void {
    const config = Object.entries(keys).reduce(
      (text, [key, value]) =>
        text
          .replace(new RegExp(`^${key} = .*\n`, 'm'), '')
          .replace(/^\[sso-session .*/m, `$&\n${key} = ${value}`),
      sandboxConfig(this.sandbox.url),
    )
    this.home.writeAws(config)
  }

  /** A login that another program has made: its token is in the cache and ends in `left` milliseconds. */
  async logIn(left = 8 * hour): Promise<void> {
    const { clientId, clientSecret, accessToken, refreshToken } = await logIn(this.sandbox)
    const registration = { clientId, clientSecret, registrationExpiresAt: Date.now() + 1000 * hour }
    const token = { startUrl, region: 'eu-west-2', accessToken, refreshToken, expiresAt: Date.now() + left }
    this.home.logInRaw('devto-article', formatToken({ ...token, ...registration }))
    this.sandbox.requests.clear()
  }

  /** Runs the built executable without a terminal. */
  assume(words: readonly string[], options: Parameters<typeof startCore>[2] = {}) {
    return startCore(this.home, words, options)
  }

  /** The same in this process. */
  call(words: readonly string[], options: Parameters<typeof callCommand>[2] = {}) {
    return callCommand(this.home, words, options)
  }

  /**
   * The environment in which $BROWSER is a program that hands the URL over to `visit`. Without one every redirect is
   * followed: where the sandbox allows by itself, that is a login.
   */
  async browser(visit: (url: string) => Promise<unknown> = fetch): Promise<{ BROWSER: string }> {
    const server = createServer(async (request, response) => {
      const url = await text(request)
      response.end()
      this.#visits.push(visit(url).catch(() => {}))
    })
    this.#servers.push(server)
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    const script = `#!/bin/sh\nprintf %s "$1" | exec curl -s --data-binary @- http://127.0.0.1:${port}\n`
    const path = this.home.write('browser', script)
    chmodSync(path, 0o755)
    return { BROWSER: path }
  }

  get tokenPath(): string {
    return join(this.home.path, '.aws/sso/cache', tokenFileName({ name: 'devto-article', startUrl }))
  }

  // biome-ignore lint/suspicious/noExplicitAny: the tests look at whatever is there.
  get token(): any {
    return JSON.parse(readFileSync(this.tokenPath, 'utf8'))
  }

  /** All that AWS tools see. */
  snapshot(): Record<string, string> {
    return takeSnapshot(join(this.home.path, '.aws'))
  }

  /** Fails when a text holds what the sandbox has handed out. Whoever logs in with a device has to see the user code. */
  expectNoSecret(text: string, { showsUserCode = false } = {}): void {
    const secrets = this.sandbox.secrets().filter(({ kind }) => !(showsUserCode && kind === 'user-code'))
    expect(secrets.filter(({ value }) => text.includes(value)).map(({ kind }) => kind)).toEqual([])
  }

  /** Fails unless a result is one that a user may see: no bug, no stack, no secret. */
  expectDecent({ stdout, stderr }: ShellResult, options?: { showsUserCode?: boolean }): void {
    expect(stdout + stderr).not.toMatch(
      /bug in assume|^\s+at .*:\d+|node:internal|Deserialization|\$response/m,
    )
    this.expectNoSecret(stdout + stderr, options)
  }

  /** Resolves when the browser has loaded what it was sent to. */
  async visited(): Promise<void> {
    await Promise.all(this.#visits)
  }

  async close(): Promise<void> {
    await this.visited()
    for (const server of this.#servers) server.close().closeAllConnections()
    await this.sandbox.close()
    this.home.dispose()
  }
}

/** A promise to be kept from outside. */
export function defer<Value = void>(): { promise: Promise<Value>; resolve: (value: Value) => void } {
  let resolve: (value: Value) => void = () => {}
  const promise = new Promise<Value>((onValue) => {
    resolve = onValue
  })
  return { promise, resolve }
}

/** A world that goes when the test is over. */
export async function openWorld(options?: Parameters<typeof World.open>[0]): Promise<World> {
  const world = await World.open(options)
  onTestFinished(() => world.close())
  return world
}

export const deployRole = 'arn:aws:iam::999988887777:role/Deploy'
const mfaRole = 'arn:aws:iam::777788889999:role/Admin'

/** A logged-in home whose config has a role, one with MFA, and two on the keys of the environment, beside the sandbox's own. */
export async function openRoles(): Promise<World> {
  const world = await openWorld()
  const settings = 'region = eu-west-1\nservices = sandbox\n'
  world.home.writeAws(
    [
      sandboxConfig(world.sandbox.url),
      `[profile deploy]\nrole_arn = ${deployRole}\nsource_profile = dev-profile\n${settings}`,
      `[profile mfa]\nrole_arn = ${mfaRole}\nsource_profile = dev-profile\nmfa_serial = arn:aws:iam::111122223333:mfa/me\n${settings}`,
      `[profile deep]\nrole_arn = arn:aws:iam::777788889999:role/Audit\nexternal_id = ext#1\nsource_profile = mfa\n${settings}`,
      `[profile exported]\nsso_session = devto-article\nsso_account_id = 123456789011\nsso_role_name = FullAccess\nassume_mode = export\n${settings}`,
      `[profile ambient]\nrole_arn = ${deployRole}\ncredential_source = Environment\n${settings}`,
      `[profile above]\nrole_arn = arn:aws:iam::777788889999:role/Audit\nexternal_id = ext#1\nsource_profile = ambient\n${settings}`,
    ].join('\n'),
  )
  await world.logIn()
  return world
}
