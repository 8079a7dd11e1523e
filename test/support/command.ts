import { devNull } from 'node:os'
import { onTestFinished, vi } from 'vitest'
import type { Context } from '../../src/context.ts'
import { runCommand } from '../../src/dispatch.ts'
import { quoteFor, writeFor } from '../../src/emit/word.ts'
import { AssumeError } from '../../src/errors.ts'
import { startProgram } from '../../src/programs/start.ts'
import { startServer } from '../../src/programs/start-server.ts'
import { createFiles } from '../../src/system/files/files.ts'
import { findPaths } from '../../src/system/glob.ts'
import { type ContextOptions, createContext, endCommand } from './context.ts'
import { type Home, repository } from './home.ts'
import { baseEnvironment, type ShellResult } from './shell.ts'

/** A core, or a call in this process. */
export type RunCommand = (
  home: Home,
  words: readonly string[],
  options?: { env?: Record<string, string> },
) => ShellResult | Promise<ShellResult>

type CallOptions = Pick<ContextOptions, 'answers' | 'now' | 'screen'> & {
  readonly env?: Record<string, string>
  /** What comes on stdin. */
  readonly input?: string
  /** The current folder; the home unless told. */
  readonly cwd?: string
}

/**
 * Runs a command in this process, without a terminal where there are no answers, and returns what `startCore` would. To start a core and to compile the
 * AWS SDK in it costs a quarter of a second: this is for many cases of one kind, of which others start a core.
 */
export async function callCommand(
  home: Home,
  words: readonly string[],
  options: CallOptions = {},
): Promise<ShellResult> {
  const said: string[] = []
  const notify = (line: string) => void said.push(`assume: ${line}\n`)
  const own = createContext(home, { ...options, env: { ...baseEnvironment(home), ...options.env } })
  const context: Context = {
    ...own,
    files: createFiles(own.user?.homeOwnerId),
    node: process.execPath,
    start: startProgram,
    startServer,
    glob: findPaths,
    notify,
    notifyOnce: (line) => said.includes(`assume: ${line}\n`) || notify(line),
    installation: repository,
  }
  standIn(options.cwd ?? home.path)
  try {
    const { output = '', exitStatus = 0, notices = [] } = await runCommand(words, context)
    for (const line of new Set([...(await endCommand(context)), ...notices])) notify(line)
    return { status: exitStatus as number, stdout: output, stderr: said.join('') }
  } catch (error) {
    if (!(error instanceof AssumeError)) throw error
    for (const line of await endCommand(context)) notify(line)
    notify(error.message)
    const hint = error.adviseIn(quoteFor(context.userShell), writeFor(context.userShell))
    if (hint !== undefined) said.push(`${hint.replace(/^/gm, '  ')}\n`)
    return { status: error.exitStatus, stdout: '', stderr: said.join('') }
  }
}

/** What a core has of its process: the current folder, and what the AWS SDK reads of the environment. */
function standIn(folder: string): void {
  const before = process.cwd()
  process.chdir(folder)
  vi.stubEnv('AWS_CONFIG_FILE', devNull)
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', devNull)
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true')
  onTestFinished(() => {
    process.chdir(before)
    vi.unstubAllEnvs()
  })
}
