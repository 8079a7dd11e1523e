import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished } from 'vitest'
import { sandboxEnvironment } from '../../src/sandbox/config.ts'
import type { SandboxOptions } from '../../src/sandbox/options.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { exampleIamUsers } from '../../src/sandbox/sts/role.ts'
import { createHome, type Home, repository } from '../support/home.ts'
import { startKeyring, type TestKeyring } from '../support/keyring.ts'
import { preload } from '../support/preload.ts'
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

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Of stdin. */
  readonly input?: string
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
    options: RunOptions = {},
  ): Promise<ShellResult & { signal: NodeJS.Signals | null }> {
    return this.run(join(repository, 'bin/assume'), ['keys', ...words], options)
  }

  /** The same of any program. */
  async run(
    program: string,
    words: readonly string[],
    { env, input }: RunOptions = {},
  ): Promise<ShellResult & { signal: NodeJS.Signals | null }> {
    const child = spawn(program, words, {
      env: { ...baseEnvironment(this.home), ...this.env, ...env },
      cwd: this.home.path,
    })
    child.stdin.on('error', () => {}).end(input)
    const [stdout, stderr, [status, signal]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ])
    this.expectSilence(stdout + stderr)
    return { status, stdout, stderr, signal }
  }

  /**
   * Runs `assume keys` again and again: each run is killed at the first change in the home at which none was before, and
   * goes on from what the one before has left, until one ends with this status. Returns the changes.
   */
  async killAtEachChange(words: readonly string[], check: () => void, endStatus = 0): Promise<string[]> {
    const list = `${this.home.path}-kills`
    writeFileSync(list, '')
    onTestFinished(() => rmSync(list))
    const killer = {
      ...preload('kill-at-change', 'keep-derivations'),
      KILL_BELOW: this.home.path,
      KILLED_AT: list,
    }
    for (;;) {
      const result = await this.keys(words, { env: killer })
      check()
      if (result.status === endStatus) return readFileSync(list, 'utf8').trimEnd().split('\n')
      if (result.signal !== 'SIGKILL') throw new Error(`${result.status}: ${result.stderr}`)
    }
  }

  /** Runs it on a terminal and answers; `stdin` is a file of the home that it gets in the place of the terminal. */
  async converse(
    words: readonly string[],
    steps: readonly Step[],
    stdin?: string,
  ): Promise<{ status: number; text: string }> {
    const line = `exec "$0" "$@"${stdin === undefined ? '' : ` <'${stdin}'`}`
    const command = ['-c', line, join(repository, 'bin/assume'), 'keys', ...words]
    const screen = TerminalScreen.spawn('/bin/sh', command, {
      cwd: this.home.path,
      env: { ...baseEnvironment(this.home), ...this.env },
      cols: 160,
      rows: 50,
    })
    onTestFinished(() => screen.dispose())
    let answered = { row: -1, expected: '' }
    for (const [expected, typed] of steps) {
      // Asked again the same question stands in another row.
      const isAsked = () =>
        screen.screen().slice(screen.cursor.row).join('\n').includes(expected) &&
        (expected !== answered.expected || screen.cursor.row !== answered.row)
      await screen.waitFor(isAsked)
      answered = { row: screen.cursor.row, expected }
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
