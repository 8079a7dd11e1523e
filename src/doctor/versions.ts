import { readFileSync } from 'node:fs'
import { arch, release, type as systemName } from 'node:os'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { shellNames } from '../emit/shell.ts'
import { isOnPath } from '../programs/programs.ts'
import { isInstalled } from '../setup/rc-files.ts'

/** What is on top of a report. */
export interface Versions {
  readonly assume: string
  readonly node: string
  readonly system: string
  readonly shells: Readonly<Record<string, string>>
  /** `none` where there is none, `unknown` where it does not say in time. */
  readonly awsCli: string
}

/** How long programs have to tell their version, in milliseconds. */
const limit = 2000

/** The versions of all that has a part in it; programs are asked side by side. */
export async function askVersions(context: Context): Promise<Versions> {
  const installed = shellNames.filter((shell) => isInstalled(shell, context))
  const [awsCli, ...versions] = await Promise.all([
    isOnPath(context, 'aws') ? ask(context, 'aws') : 'none',
    ...installed.map((shell) => ask(context, shell === 'powershell' ? 'pwsh' : shell)),
  ])
  return {
    assume: readPackageVersion(context),
    node: context.nodeVersion.replace(/^v/, ''),
    system: describeSystem(context),
    shells: Object.fromEntries(installed.map((shell, at) => [shell, versions[at] ?? 'unknown'])),
    awsCli,
  }
}

/** What is longer is none. */
const version = /(?<![\d.])\d{1,6}(?:\.\d{1,6}){1,4}(?![\d.]*\d)/

async function ask({ askProgram, env }: Context, program: string): Promise<string> {
  const { text, end } = await askProgram(program, ['--version'], { env, limit })
  const [found] = 'status' in end && end.status === 0 ? (version.exec(text) ?? []) : []
  return found ?? 'unknown'
}

function readPackageVersion({ installation }: Context): string {
  const { version } = JSON.parse(readFileSync(join(installation, 'package.json'), 'utf8')) as {
    version: string
  }
  return version
}

function describeSystem({ files }: Context): string {
  const kernel = `${systemName()} ${release()} ${arch()}`
  try {
    const text = new TextDecoder().decode(files.read('/etc/os-release'))
    const [, name] = /^PRETTY_NAME="?([^"\n]*)/m.exec(text) ?? []
    return name ? `${name}, ${kernel}` : kernel
  } catch {
    return kernel
  }
}
