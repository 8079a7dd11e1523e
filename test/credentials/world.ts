import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { expect, onTestFinished, vi } from 'vitest'
import type { Credentials } from '../../src/aws/credentials.ts'
import type { Context } from '../../src/context.ts'
import { type CredentialRequest, fetchCredentials } from '../../src/credentials/credentials.ts'
import { AssumeError } from '../../src/errors.ts'
import { openKeyStore } from '../../src/keys/open-key-store.ts'
import { describeProfile } from '../../src/profiles/profile.ts'
import { loadProfiles } from '../../src/profiles/profiles.ts'
import { sandboxEnvironment } from '../../src/sandbox/config.ts'
import type { SandboxOptions } from '../../src/sandbox/options.ts'
import type { Sandbox } from '../../src/sandbox/sandbox.ts'
import { formatToken } from '../../src/sso/token.ts'
import { locatePaths } from '../../src/system/paths.ts'
import { logIn, openSandbox } from '../sandbox/client.ts'
import { type ContextOptions, createContext } from '../support/context.ts'
import { createHome, type Home } from '../support/home.ts'

const hour = 3600_000
export const startUrl = 'https://sso-portal.awsapps.com/start'

/** The sections that the profiles of a test name; the keys are those of AWS's documentation, which the sandbox knows. */
export const sessionSection = `[sso-session devto-article]
sso_region = eu-west-2
sso_start_url = ${startUrl}
sso_registration_scopes = sso:account:access
assume_login = device-code
`
export const ssoKeys = `sso_session = devto-article
sso_account_id = 123456789011
sso_role_name = FullAccess
`
export const userKeys = `aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
`
export const otherUserKeys = `aws_access_key_id = AKIAI44QH8DHBEXAMPLE
aws_secret_access_key = je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY
`

/** Of the key files. */
export const passphrase = 'correct horse battery staple'

type Options = ContextOptions & Partial<CredentialRequest>

/** A home and a sandbox whose credentials are fetched as a command does it, over the real ports. */
export class CredentialWorld {
  readonly home: Home = createHome()
  readonly sandbox: Sandbox
  /** All that was shown: lines, questions and traces. */
  readonly screen: string[] = []

  private constructor(sandbox: Sandbox) {
    this.sandbox = sandbox
    onTestFinished(() => this.expectNoSecret())
  }

  static async open(options: SandboxOptions = {}): Promise<CredentialWorld> {
    // The SDK that runs in this process would look there.
    vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true')
    vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent')
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent')
    onTestFinished(() => void vi.unstubAllEnvs())
    return new CredentialWorld(await openSandbox({ answer: 'allow', interval: 0, ...options }))
  }

  get env(): Record<string, string> {
    return sandboxEnvironment(this.sandbox.url)
  }

  /** Writes the AWS config file: the session, and these profiles by name. */
  configure(profiles: Readonly<Record<string, string>>, credentials?: string): void {
    const sections = Object.entries(profiles).map(([name, lines]) => `[profile ${name}]\n${lines}\n`)
    this.home.writeAws(sessionSection + sections.join(''), credentials)
  }

  /** A login that another program has made, to a session by name or start URL, whose token ends in so many hours. */
  async logIn(hours = 8, session = 'devto-article'): Promise<void> {
    const { clientId, clientSecret, accessToken, refreshToken } = await logIn(this.sandbox)
    const token = {
      startUrl,
      region: 'eu-west-2',
      accessToken,
      refreshToken,
      expiresAt: Date.now() + hours * hour,
      clientId,
      clientSecret,
      registrationExpiresAt: Date.now() + 1000 * hour,
    }
    this.home.logInRaw(session, formatToken(token))
    this.sandbox.requests.clear()
  }

  context(options: ContextOptions = {}): Context {
    return createContext(this.home, { screen: this.screen, ...options, env: { ...this.env, ...options.env } })
  }

  /** The credentials of a profile of the files; there is a terminal only where answers are given. */
  fetch(name: string, options: Options = {}): Promise<Credentials> {
    const context = this.context(options)
    const profiles = loadProfiles(context)
    const profile = options.profile ?? describeProfile(profiles.config, name)
    if (!profile) throw new Error(`no profile ${name}`)
    const { roleArn, durationSeconds, mfaCode, onKept, opensNothing = false } = options
    const { refresh = false, mayLogIn = true, mayAsk = true } = options
    const request = {
      profile,
      roleArn,
      durationSeconds,
      mfaCode,
      refresh,
      mayLogIn,
      mayAsk,
      opensNothing,
      ...(onKept && { onKept }),
    }
    return fetchCredentials(context, profiles, request)
  }

  /** Puts the key of AWS's documentation, or another, into the file store. */
  async storeKey(profileName: string, lines = userKeys): Promise<void> {
    const [, accessKeyId = '', , secretAccessKey = ''] = lines.split(/ = |\n/)
    const context = this.context({ answers: [passphrase, passphrase] })
    const store = await openKeyStore(context, locatePaths(context.env, context.platform), 'file', {
      mayAsk: true,
    })
    await store.write(profileName, { accessKeyId, secretAccessKey, createdAt: context.now() })
  }

  /** The AssumeError that fetching fails with. */
  async fail(name: string, options: Options = {}): Promise<AssumeError> {
    const error = await this.fetch(name, options).then(
      () => new Error('it did not fail'),
      (reason: unknown) => reason,
    )
    if (error instanceof AssumeError) return error
    throw error
  }

  /** Keys of a role as STS answers them, for somebody who has them from elsewhere. */
  async issueKeys(
    RoleArn: string,
  ): Promise<Record<'AccessKeyId' | 'SecretAccessKey' | 'SessionToken', string>> {
    const [, accessKeyId = '', , secretAccessKey = ''] = userKeys.split(/ = |\n/)
    const credentials = { accessKeyId, secretAccessKey }
    const client = new STSClient({ region: 'eu-west-2', endpoint: this.sandbox.url, credentials })
    const answer = await client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me' }))
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = answer.Credentials ?? {}
    return { AccessKeyId, SecretAccessKey, SessionToken }
  }

  /** What STS says of the one who has these credentials. */
  async identify({ accessKeyId, secretAccessKey, sessionToken }: Credentials): Promise<string | undefined> {
    const credentials = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) }
    const client = new STSClient({ region: 'eu-west-2', endpoint: this.sandbox.url, credentials })
    const { Arn } = await client.send(new GetCallerIdentityCommand({}))
    return Arn
  }

  /** The operations that the sandbox was asked for since the last call. */
  takeRequests(): (string | undefined)[] {
    const operations = this.sandbox.requests.all.map(({ operation }) => operation)
    this.sandbox.requests.clear()
    return operations
  }

  /** The names of the files below a folder of the home. */
  list(folder: string): string[] {
    try {
      return readdirSync(join(this.home.path, folder)).sort()
    } catch {
      return []
    }
  }

  /** The files of both caches, theirs and ours. */
  get caches(): { shared: string[]; own: string[] } {
    return { shared: this.list('.aws/cli/cache'), own: this.list('.cache/assume/roles') }
  }

  // biome-ignore lint/suspicious/noExplicitAny: the tests look at whatever is there.
  readShared(name: string): any {
    return JSON.parse(readFileSync(join(this.home.path, '.aws/cli/cache', name), 'utf8'))
  }

  /** Fails when anything shown holds what the sandbox has handed out. */
  expectNoSecret(): void {
    const text = this.screen.join('')
    const secrets = this.sandbox
      .secrets()
      .filter(({ kind }) => kind !== 'user-code' && kind !== 'access-key-id')
    expect(secrets.filter(({ value }) => text.includes(value)).map(({ kind }) => kind)).toEqual([])
  }
}
