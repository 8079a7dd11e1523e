import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../src/commands/doctor.ts'
import type { Context } from '../../src/context.ts'
import type { ToldFinding } from '../../src/doctor/examine.ts'
import type { ShellName } from '../../src/emit/shell.ts'
import { quoteFor } from '../../src/emit/word.ts'
import { placeBlock } from '../../src/setup/block.ts'
import { formatLoadLine } from '../../src/setup/load-line.ts'
import { quoteShellFile } from '../../src/setup/shell-file.ts'
import { findPaths } from '../../src/system/glob.ts'
import { createContext } from './context.ts'
import { createHome, type Home, repository } from './home.ts'

/** What doctor is asked in. */
export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>
  readonly shell?: ShellName
  /** What the function hands over; null: there is none. */
  readonly handedFacts?: string | null
  readonly words?: readonly string[]
  readonly flags?: Readonly<Record<string, true>>
  readonly context?: Partial<Context>
}

/** The start-up file of each shell below the home. */
export const startUpFiles: Readonly<Record<ShellName, string>> = {
  bash: '.bashrc',
  zsh: '.zshrc',
  fish: '.config/fish/conf.d/assume.fish',
  powershell: '.config/powershell/profile.ps1',
}

export const soundConfig = `[sso-session work]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-west-1

[profile dev]
sso_session = work
sso_account_id = 111122223333
sso_role_name = Admin
region = eu-west-1

[profile prod]
role_arn = arn:aws:iam::444455556666:role/Deploy
source_profile = dev
`

/** A home in which all is as it should be, for somebody who types in `shell`. */
export function createSoundHome(shell: ShellName = 'bash'): Home {
  const home = createHome()
  chmodSync(home.path, 0o755)
  home.writeAws(soundConfig)
  mkdirSync(join(home.path, 'bin'))
  symlinkSync(join(repository, 'bin/assume'), join(home.path, 'bin/assume'))
  writeProgram(home, shell === 'powershell' ? 'pwsh' : shell)
  writeProgram(home, 'aws')
  home.write(startUpFiles[shell], placeBlock('', formatBlockLine(home, shell), 'x'))
  return home
}

/** The line that `assume setup` writes for this checkout. */
export function formatBlockLine(home: Home, shell: ShellName): string {
  const { files, env, platform } = createContext(home)
  const file = quoteShellFile(shell, { files, env, platform, installation: repository })
  return formatLoadLine(shell, file, { placesPrompt: true, watchesDirectories: false })
}

/** A program of that name on the PATH of the home. */
export function writeProgram(home: Home, name: string, text = '#!/bin/sh\n'): string {
  const path = home.write(join('bin', name), text)
  chmodSync(path, 0o755)
  return path
}

/** Asks doctor in the home, in this process; no program is asked for its version. */
export async function consultDoctor(home: Home, surroundings: Surroundings = {}) {
  const { env, shell = 'bash', handedFacts = '4 interactive prompt completion', words = [] } = surroundings
  const base = createContext(home, { env: { PATH: join(home.path, 'bin'), PWD: home.path, ...env } })
  const context: Context = {
    ...base,
    installation: repository,
    glob: findPaths,
    userShell: shell,
    quoteWord: quoteFor(shell),
    askProgram: () => Promise.resolve({ text: 'version 1.2.3', end: { status: 0 } }),
    ...(handedFacts !== null && { handedFacts }),
    ...surroundings.context,
  }
  const outcome = await run(
    { positionals: [...words], flags: { json: true, ...surroundings.flags } },
    context,
  )
  const { findings } = JSON.parse(outcome.output ?? '') as { findings: ToldFinding[] }
  return { findings, status: outcome.exitStatus }
}

/** Types a command in bash, in the home, and returns the environment that it leaves. */
export function typeInBash(
  home: Home,
  command: string,
  env: Readonly<Record<string, string>>,
): Record<string, string> {
  const mark = '--- environment ---'
  const { stdout, status, stderr } = spawnSync(
    '/bin/bash',
    ['--norc', '-c', `PATH=/usr/bin:/bin:$PATH; ${command} || exit; echo '${mark}'; env -0`],
    { env: { HOME: home.path, PATH: '', ...env }, cwd: home.path, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`${command}: ${stderr}`)
  const pairs = stdout.slice(stdout.indexOf(mark) + mark.length + 1).split('\0')
  const changed = pairs.flatMap((pair) => (/^(?:(?:AWS|ASSUME|HTTPS)_|PATH=)/.test(pair) ? [pair] : []))
  return Object.fromEntries(
    changed.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  )
}
