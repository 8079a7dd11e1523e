import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { run } from '../../src/commands/setup.ts'
import type { Context, Environment, Files, TerminalSession } from '../../src/context.ts'
import { findUserShell } from '../../src/emit/shell.ts'
import { AssumeError } from '../../src/errors.ts'
import { nodeFiles } from '../../src/system/files/files.ts'
import { identifyUser } from '../../src/system/user.ts'
import type { Home } from './home.ts'

export interface World {
  readonly env?: Environment
  readonly platform?: NodeJS.Platform
  readonly installation?: string
  readonly files?: Partial<Files>
  readonly answers?: readonly string[]
  /** What programs answer; undefined from one that cannot be started. */
  readonly answer?: (program: string, args: readonly string[]) => string | undefined
}

/** The ports that setup uses; the others are absent. */
function createContext(
  home: Home,
  { env, platform = 'linux', files, answers, answer = () => undefined, installation = "/opt/it's" }: World,
  screen: string[],
): Context {
  return {
    env: { HOME: home.path, PATH: join(home.path, 'bin'), ...env },
    platform,
    pid: process.pid,
    user: identifyUser(home.path),
    interruption: new AbortController().signal,
    cleanups: new Set(),
    holdThread: (work) => work(),
    heedTermination: () => {},
    announceCommand: () => {},
    notify: (line) => screen.push(`assume: ${line}\n`),
    now: Date.now,
    files: { ...nodeFiles, ...files },
    terminal: {
      stdinIsTerminal: answers !== undefined,
      stdoutIsTerminal: false,
      stderrIsTerminal: answers !== undefined,
      open: () => openScreen(answers ?? [], screen),
    },
    askProgram: async (program, args) => {
      const text = answer(program, args)
      return text === undefined ? { text: '', end: { failure: 'not-found' } } : { text, end: { status: 0 } }
    },
    callingShell: undefined,
    keptKeyId: undefined,
    userShell: findUserShell({ caller: undefined, login: env?.['SHELL'] }, platform),
    installation,
  } satisfies Partial<Context> as unknown as Context
}

/** Types one answer for each question that appears. */
function openScreen(answers: readonly string[], screen: string[]): TerminalSession {
  const input = new PassThrough()
  const output = new PassThrough()
  const rest = [...answers]
  output.on('data', (data) => {
    screen.push(String(data))
    if (/\[(Y\/n|y\/N)\] /.test(String(data))) void delay(5).then(() => input.write(rest.shift() ?? '\u0003'))
  })
  return {
    input: input as unknown as NodeJS.ReadStream,
    output: output as unknown as NodeJS.WriteStream,
    close: () => input.pause(),
  }
}

/** Runs `assume setup` in `home`. Words: n, u, p, y, d, o for the flags --dry-run, --uninstall, --no-prompt, --yes, --directories, --no-directories; else --shell. */
export async function runSetup(home: Home, words: string, world: World = {}) {
  const names = {
    n: 'dry-run',
    u: 'uninstall',
    p: 'no-prompt',
    y: 'yes',
    d: 'directories',
    o: 'no-directories',
  } as const
  const flags: Record<string, string | true> = {}
  for (const word of words.split(' ').filter((each) => each !== '')) {
    const short = names[word as keyof typeof names]
    if (short) flags[short] = true
    else flags['shell'] = word
  }
  const screen: string[] = []
  const outcome = await run({ positionals: [], flags }, createContext(home, world, screen))
  return { ...outcome, screen: screen.join('') }
}

/** The AssumeError that a promise ends with; anything else fails the test. */
export async function catchFailure(promise: Promise<unknown>): Promise<AssumeError> {
  try {
    await promise
  } catch (error) {
    if (error instanceof AssumeError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
