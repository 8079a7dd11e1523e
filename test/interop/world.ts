import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, utimesSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { tokenFileName } from '../../src/aws/cache-file-name.ts'
import type { SandboxOptions } from '../../src/sandbox/options.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { runInAwsCliHost } from '../support/aws-cli-host.ts'
import { callCommand } from '../support/command.ts'
import { type ConnectProxy, createAuthority, startConnectProxy } from '../support/connect-proxy.ts'
import { startCore } from '../support/core-process.ts'
import { createHome, type Home, repository } from '../support/home.ts'
import { baseEnvironment, type ShellResult } from '../support/shell.ts'

const authority = createAuthority()

const startUrl = 'https://sso-portal.awsapps.com/start'

/** The role of the example's dev-profile, as STS names it. */
export const devRole =
  /^arn:aws:sts::123456789011:assumed-role\/AWSReservedSSO_FullAccess_[0-9a-f]+\/dev@example\.com$/

/** What the sandbox is asked for by a client that has a token and wants to know who it is. */
export const askedWithToken = ['GetRoleCredentials', 'GetCallerIdentity']

export type RunAssume = typeof callCommand

/**
 * A home with the example config file, an Identity Center that allows every login, and the proxy that leads to it
 * every program that believes HTTPS_PROXY and AWS_CA_BUNDLE.
 */
export class World {
  readonly home: Home = createHome()
  readonly sandbox: Sandbox
  readonly proxy: ConnectProxy
  readonly env: Readonly<Record<string, string>>

  readonly #run: RunAssume

  private constructor(sandbox: Sandbox, proxy: ConnectProxy, run: RunAssume) {
    this.#run = run
    this.sandbox = sandbox
    this.proxy = proxy
    this.home.useExample('sso-session')
    this.env = {
      HTTPS_PROXY: proxy.url,
      AWS_CA_BUNDLE: this.home.write('authority.pem', authority.ca),
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_PAGER: '',
    }
  }

  /** `run`: in a core, or as a call in this process. */
  static async open(options: SandboxOptions = {}, run: RunAssume = startCore): Promise<World> {
    const { key, cert } = authority
    const sandbox = await startSandbox({ answer: 'allow', interval: 0, tls: { key, cert }, ...options })
    onTestFinished(() => sandbox.close())
    return new World(sandbox, await startConnectProxy(sandbox.tlsUrl ?? ''), run)
  }

  /** Runs assume, without a terminal: a switch that needs a login fails. It must show no secret. */
  async assume(words: readonly string[], env: Record<string, string> = {}): Promise<ShellResult> {
    const result = await this.handOut(words, env)
    this.#refuseSecret(words, result.stdout)
    return result
  }

  /** Runs assume to get credentials: its stdout may have them. */
  async handOut(words: readonly string[], env: Record<string, string> = {}): Promise<ShellResult> {
    const result = await this.#run(this.home, words, { env: { ...this.env, ...env } })
    this.#refuseSecret(words, result.stderr)
    return result
  }

  #refuseSecret(words: readonly string[], text: string): void {
    const secret = this.sandbox
      .secrets()
      .find(({ kind, value }) => !/^user-(code|key-id)$/.test(kind) && text.includes(value))
    if (secret) throw new Error(`assume ${words.join(' ')} shows a secret: ${secret.kind}`)
  }

  /** Logs in with assume, in this process, and forgets the requests of the login. */
  async logIn(...words: string[]): Promise<void> {
    const login = ['login', '--device-code', ...words]
    const { status, stdout, stderr } = await callCommand(this.home, login, { env: { ...this.env } })
    this.#refuseSecret(login, stdout + stderr)
    if (status !== 0) throw new Error(stderr)
    this.takeRequests()
  }

  /** What assume emits for `dev-profile`: fails when there is no session. */
  switch(): Promise<ShellResult> {
    return this.assume(['env', 'dev-profile', '--shell', 'bash'])
  }

  /** Runs another program. */
  run(
    program: string,
    words: readonly string[],
    options: { env?: Record<string, string>; cwd?: string } = {},
  ): Promise<ShellResult> {
    const env = { ...baseEnvironment(this.home), ...this.env, ...options.env }
    const child = spawn(program, words, { env, cwd: options.cwd ?? this.home.path, stdio: 'pipe' })
    child.stdin.end()
    const output = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text
      })
    return new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (status) => resolve({ status, ...output }))
    })
  }

  /** Runs the AWS CLI, where it is a script without a start of its own. */
  runAwsCli(words: readonly string[], env: Record<string, string> = {}): Promise<ShellResult> {
    const python = findPythonOfAwsCli()
    if (!python) return this.run(findAwsCli() ?? 'there is no AWS CLI v2', words, { env })
    const whole = { ...baseEnvironment(this.home), ...this.env, ...env, HOME: this.home.path }
    return runInAwsCliHost(python, { words, env: whole, cwd: this.home.path })
  }

  /** Runs a JavaScript module that can import the packages of this repository. */
  runModule(text: string, env: Record<string, string>): Promise<ShellResult> {
    const words = ['--input-type=module', '--no-warnings', '--eval', text]
    return this.run(process.execPath, words, { env, cwd: repository })
  }

  /** What the sandbox was asked for since the last call. */
  takeRequests(): (string | undefined)[] {
    const operations = this.sandbox.requests.all.map(({ operation }) => operation)
    this.sandbox.requests.clear()
    return operations
  }

  /** What the sandbox handed out with this value; the value itself when it did not. */
  kindOf(value: string): string {
    return this.sandbox.secrets().find((secret) => secret.value === value)?.kind ?? value
  }

  readToken(): Record<string, string> {
    return JSON.parse(this.readTokenText())
  }

  readTokenText(session: { name?: string; startUrl: string } = exampleSession): string {
    return readFileSync(join(this.home.path, '.aws/sso/cache', tokenFileName(session)), 'utf8')
  }

  /** Changes fields of the token file, as if time had passed or another program had written it. */
  changeToken(changes: Record<string, string | undefined>, space?: number): void {
    this.home.logInRaw('devto-article', JSON.stringify({ ...this.readToken(), ...changes }, null, space))
    const now = Date.now() / 1000
    utimesSync(join(this.home.path, '.aws/sso/cache', tokenFileName(exampleSession)), now, now)
  }

  /** The names of the files in a folder of `.aws`. */
  list(folder: string): string[] {
    const path = join(this.home.path, '.aws', folder)
    return existsSync(path) ? readdirSync(path).sort() : []
  }
}

export const exampleSession = { name: 'devto-article', startUrl }

/** A time in the form of the AWS CLI. */
export function timestamp(secondsFromNow: number): string {
  return new Date(Date.now() + secondsFromNow * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
}

/** Asks once for each PATH: an answer takes Python a second. */
function oncePerPath<Answer>(ask: () => Answer): () => Answer {
  const answers = new Map<string | undefined, Answer>()
  return () => {
    const path = process.env['PATH']
    if (!answers.has(path)) answers.set(path, ask())
    return answers.get(path) as Answer
  }
}

/** The AWS CLI v2 of this machine: pyenv and pip put a version 1 of the same name on many a PATH. */
export const findAwsCli = oncePerPath((): string | undefined => {
  const folders = ['/usr/bin', '/usr/local/bin', ...(process.env['PATH'] ?? '').split(delimiter)]
  return folders
    .map((folder) => join(folder, 'aws'))
    .filter((path) => existsSync(path))
    .find((path) => spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout?.startsWith('aws-cli/2.'))
})

/** The Python that runs an AWS CLI which is a script, as packages of systems and pip install it. */
function findPythonOfAwsCli(): string | undefined {
  const aws = findAwsCli()
  return aws && /^#!\s*(\S*\/python[\d.]*)\s/.exec(readFileSync(aws, 'latin1'))?.[1]
}

/** A Python whose botocore knows `sso_session`: 1.29 and newer. */
export const findBotocore = oncePerPath((): string | undefined => {
  const question = 'import sys, botocore; print(sys.executable, botocore.__version__)'
  const { stdout, status } = spawnSync('python3', ['-c', question], { encoding: 'utf8' })
  const [python, version = ''] = (stdout ?? '').trim().split(' ')
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return status === 0 && (major > 1 || minor >= 29) ? python : undefined
})
