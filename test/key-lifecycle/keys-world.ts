import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished } from 'vitest'
import { sandboxEnvironment } from '../../src/sandbox/config.ts'
import type { SandboxOptions } from '../../src/sandbox/options.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { exampleIamUsers } from '../../src/sandbox/sts/role.ts'
import { createHome, type Home, repository } from '../support/home.ts'
import { startKeyring, type TestKeyring } from '../support/keyring.ts'
import { baseEnvironment, type ShellResult } from '../support/shell.ts'
import { TerminalScreen } from '../support/terminal-screen.ts'

/** Two users whose keys work. */
export const [me, legacy] = exampleIamUsers as [
  (typeof exampleIamUsers)[number],
  (typeof exampleIamUsers)[number],
]

interface Lines {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** The lines of a key in the AWS files. */
export function formatPlainKey({ accessKeyId, secretAccessKey }: Lines): string {
  return `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`
}

/** What is awaited on the screen, and what is typed then. */
export type Step = readonly [expected: string, typed: string]

/** A home, a sandbox that knows the keys, and a keyring of its own where one is wanted. */
export class KeysWorld {
  readonly home: Home
  readonly sandbox: Sandbox
  readonly keyring: TestKeyring | undefined
  readonly env: Readonly<Record<string, string>>

  private constructor(sandbox: Sandbox, home: Home, keyring: TestKeyring | undefined) {
    this.home = home
    this.sandbox = sandbox
    this.keyring = keyring
    this.env = { ...sandboxEnvironment(sandbox.url), ...keyring?.env, AWS_EC2_METADATA_DISABLED: 'true' }
  }

  static async open(
    options: SandboxOptions & { readonly keyring?: 'unlocked' | 'locked' } = {},
  ): Promise<KeysWorld> {
    const { keyring, ...ofSandbox } = options
    const home = createHome()
    const sandbox = await startSandbox({ answer: 'allow', ...ofSandbox })
    onTestFinished(() => sandbox.close())
    return new KeysWorld(sandbox, home, keyring && (await startKeyring(home, keyring)))
  }

  read(name: string): string | undefined {
    const path = join(this.home.path, name)
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined
  }

  get credentials(): string | undefined {
    return this.read('.aws/credentials')
  }

  get config(): string | undefined {
    return this.read('.aws/config')
  }

  /** Runs `assume keys` with these words and this stdin, without a terminal: it must show no secret. */
  async keys(
    words: readonly string[],
    options: { env?: Record<string, string>; input?: string } = {},
  ): Promise<ShellResult> {
    const child = spawn(join(repository, 'bin/assume'), ['keys', ...words], {
      env: { ...baseEnvironment(this.home), ...this.env, ...options.env },
      cwd: this.home.path,
    })
    child.stdin.end(options.input)
    const [stdout, stderr, [status]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ])
    this.expectSilence(stdout + stderr)
    return { status, stdout, stderr }
  }

  /** Runs it on a terminal and answers. */
  async converse(
    words: readonly string[],
    steps: readonly Step[],
    env: Record<string, string> = {},
  ): Promise<{ status: number; text: string }> {
    const screen = TerminalScreen.spawn(join(repository, 'bin/assume'), ['keys', ...words], {
      cwd: this.home.path,
      env: { ...baseEnvironment(this.home), ...this.env, ...env },
      cols: 160,
      rows: 50,
    })
    onTestFinished(() => screen.dispose())
    for (const [expected, typed] of steps) {
      const isAsked = () => screen.screen().slice(screen.cursor.row).join('\n').includes(expected)
      await screen.waitFor(isAsked)
      screen.type(typed)
    }
    const { status } = await screen.exit
    this.expectSilence(screen.output.toString())
    return { status, text: screen.text() }
  }

  expectSilence(shown: string): void {
    for (const { secretAccessKey } of exampleIamUsers) expect(shown).not.toContain(secretAccessKey)
  }

  /** The files of the home that hold a secret, in any form that is easily read. */
  findSecret(secret: string = me.secretAccessKey): string[] {
    const forms = [
      Buffer.from(secret),
      Buffer.from(secret, 'utf16le'),
      Buffer.from(Buffer.from(secret).toString('base64')),
      Buffer.from(encodeURIComponent(secret)),
    ]
    const names = readdirSync(this.home.path, { recursive: true, encoding: 'utf8' })
    return names.filter((name) => {
      const path = join(this.home.path, name)
      if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false
      const bytes = readFileSync(path)
      return forms.some((form) => bytes.includes(form))
    })
  }

  /** The key id that the keyring has for a profile, as another program sees it. */
  lookUp(profileName: string): string | undefined {
    const text = this.keyring?.lookUp(profileName)
    return text === undefined ? undefined : JSON.parse(text).accessKeyId
  }
}
