import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { tokenFileName } from '../../src/core/cache-key.ts'
import type { SandboxOptions } from '../../src/sandbox/options.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { type ConnectProxy, createAuthority, startConnectProxy } from '../support/connect-proxy.ts'
import { startCore } from '../support/core-process.ts'
import { createHome, type Home } from '../support/home.ts'
import { baseEnvironment, type ShellResult } from '../support/shell.ts'

const authority = createAuthority()

/** The session and the account of the example config file. */
export const startUrl = 'https://sso-portal.awsapps.com/start'
export const devRole =
  /^arn:aws:sts::123456789011:assumed-role\/AWSReservedSSO_FullAccess_[0-9a-f]+\/dev@example\.com$/

/**
 * A home with the example config file, an Identity Center that allows every login, and the proxy that leads to it
 * every program that believes HTTPS_PROXY and AWS_CA_BUNDLE.
 */
export interface World {
  readonly home: Home
  readonly sandbox: Sandbox
  readonly proxy: ConnectProxy
  readonly env: Readonly<Record<string, string>>
  /** Runs assume here; without a terminal, so that a switch that needs a login fails. */
  assume(...args: string[]): Promise<ShellResult>
  /** Runs another program here. */
  run(program: string, ...args: string[]): Promise<ShellResult>
  /** What the sandbox was asked for since the last call. */
  takeRequests(): (string | undefined)[]
}

export async function openWorld(options: SandboxOptions = {}): Promise<World> {
  const home = createHome()
  home.useExample('sso-session')
  const { ca, ...tls } = authority
  const sandbox = await startSandbox({ answer: 'allow', interval: 0, tls, ...options })
  onTestFinished(() => sandbox.close())
  const proxy = await startConnectProxy(sandbox.tlsUrl ?? '')
  const env = {
    HTTPS_PROXY: proxy.url,
    AWS_CA_BUNDLE: home.write('authority.pem', ca),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
  }
  return {
    home,
    sandbox,
    proxy,
    env,
    assume: (...args) => startCore(home, args, { env }),
    run: (program, ...args) => runProgram(program, args, { ...baseEnvironment(home), ...env }, home.path),
    takeRequests() {
      const operations = sandbox.requests.all.map(({ operation }) => operation)
      sandbox.requests.clear()
      return operations
    },
  }
}

/** The path of the token file of a session, by default that of the example. */
export function tokenPath(home: Home, name = 'devto-article'): string {
  return join(home.path, '.aws/sso/cache', tokenFileName({ name, startUrl }))
}

export function readTokenFile(home: Home): Record<string, string> {
  return JSON.parse(readFileSync(tokenPath(home), 'utf8'))
}

/** Changes fields of the token file, as if time had passed or another program had written it. */
export function changeTokenFile(home: Home, changes: Record<string, string>): void {
  home.logInRaw('devto-article', JSON.stringify({ ...readTokenFile(home), ...changes }))
}

/** A time in the form of the AWS CLI. */
export function timestamp(secondsFromNow: number): string {
  return new Date(Date.now() + secondsFromNow * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
}

/** Runs a program to its end without blocking this process, which is the server that it talks to. */
export function runProgram(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string,
): Promise<ShellResult> {
  const child = spawn(program, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] })
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

/** The AWS CLI v2 of this machine: pyenv and pip put a version 1 of the same name on many a PATH. */
export function findAwsCli(): string | undefined {
  const folders = ['/usr/bin', '/usr/local/bin', ...(process.env['PATH'] ?? '').split(delimiter)]
  return folders
    .map((folder) => join(folder, 'aws'))
    .filter((path) => existsSync(path))
    .find((path) => spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout?.startsWith('aws-cli/2.'))
}

/** A Python whose botocore knows `sso_session` (1.29 and newer). */
export function findBotocore(): { readonly python: string; readonly version: string } | undefined {
  const question = 'import sys, botocore; print(sys.executable, botocore.__version__)'
  const { stdout, status } = spawnSync('python3', ['-c', question], { encoding: 'utf8' })
  const [python = '', version = ''] = (stdout ?? '').trim().split(' ')
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return status === 0 && (major > 1 || minor >= 29) ? { python, version } : undefined
}

export function listFiles(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : []
}
