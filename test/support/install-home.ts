import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, onTestFinished } from 'vitest'
import { repository } from './home.ts'
import { powerShellSettings } from './shell.ts'

const parts = [
  'bin',
  'dist',
  'shell',
  'scripts/tour.bash',
  'install.sh',
  'package.json',
  'package-lock.json',
  'LICENSE',
]

/** A copy of the checkout without sources, so that nothing is built: other test files use `dist` at the same time. */
export function copyCheckout(): string {
  const checkout = realpathSync(mkdtempSync(join(tmpdir(), 'assume-checkout-')))
  for (const part of parts) {
    cpSync(join(repository, part), join(checkout, part), { recursive: true, preserveTimestamps: true })
  }
  afterAll(() => rmSync(checkout, { recursive: true, force: true }))
  return checkout
}

interface RunOptions {
  readonly path?: string
  readonly env?: Readonly<Record<string, string>>
}

/** A throw-away HOME, with a name that wants quoting, to install into. */
export class InstallHome {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), "assume it's-")))
  readonly data = this.at('.local/share/assume')

  at(name: string): string {
    return join(this.path, name)
  }

  write(name: string, bytes: string | Uint8Array, mode = 0o644): string {
    const path = this.at(name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
    chmodSync(path, mode)
    return path
  }

  /** Writes a shell script that stands for a program, and returns the PATH on which it comes first. */
  fakeProgram(name: string, script: string): string {
    this.write(`fake/${name}`, `#!/bin/sh\n${script}\n`, 0o755)
    return `${this.at('fake')}:${process.env['PATH']}`
  }

  /** Runs a program without a terminal; `left` is what of ours it left in the folder for temporary files. */
  run(
    program: string,
    args: readonly string[],
    { path = process.env['PATH'] ?? '', env = {} }: RunOptions = {},
  ) {
    const temporary = this.at('tmp')
    mkdirSync(temporary, { recursive: true })
    const environment = { HOME: this.path, PATH: path, TMPDIR: temporary, ...powerShellSettings, ...env }
    const result = spawnSync(program, args, { encoding: 'utf8', env: environment, cwd: this.path, input: '' })
    const left = existsSync(temporary)
      ? readdirSync(temporary).filter((name) => name.startsWith('assume'))
      : []
    return { status: result.status, stdout: result.stdout, stderr: result.stderr, left }
  }
}

/** A home that goes when the test is over. */
export function createInstallHome(): InstallHome {
  const home = new InstallHome()
  onTestFinished(() => rmSync(home.path, { recursive: true, force: true }))
  return home
}
