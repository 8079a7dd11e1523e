import { PassThrough } from 'node:stream'
import { serviceLimits } from '../../src/aws/limits.ts'
import { findProxy } from '../../src/aws/proxy.ts'
import { wait as waitForTimer } from '../../src/aws/wait.ts'
import type { Context, Files, LastStep, Terminal, TerminalSession } from '../../src/context.ts'
import { removeSwitch } from '../../src/emit/change.ts'
import { quoteFor } from '../../src/emit/word.ts'
import { askProgram } from '../../src/programs/ask.ts'
import { nodeFiles } from '../../src/system/files/files.ts'
import { identifyUser } from '../../src/system/user.ts'
import type { Home } from './home.ts'

export interface ContextOptions {
  readonly env?: Readonly<Record<string, string>>
  /** What comes on stdin. */
  readonly input?: string
  /** What is typed, one line for each question; without it there is no terminal. */
  readonly answers?: readonly string[]
  readonly files?: Partial<Files>
  /** Milliseconds since the epoch. */
  readonly now?: () => number
  /** Absent: a real one. */
  readonly wait?: Context['wait']
  readonly isVerbose?: boolean
  /** Where the lines for stderr, the questions and the traces go. */
  readonly screen?: string[]
}

/** The ports of this process, but for a terminal of lines that types `answers`, in the home of a test. */
export function createContext(home: Home, options: ContextOptions = {}): Context {
  const { answers, files, input = '', now = Date.now, screen = [], isVerbose = false } = options
  const env = { HOME: home.path, PATH: process.env['PATH'], TERM: 'dumb', ...options.env }
  const context: Partial<Context> = {
    env,
    ownEnv: removeSwitch(env),
    platform: process.platform,
    pid: process.pid,
    node: process.execPath,
    nodeVersion: process.version,
    user: identifyUser(home.path),
    now,
    wait: options.wait ?? waitForTimer,
    files: { ...nodeFiles, ...files },
    terminal: createTerminal(answers, screen),
    readInput: async () => input,
    findProxy: (url) => findProxy(url, env),
    extraCertificates: () => undefined,
    limits: serviceLimits,
    askProgram,
    start: () => Promise.resolve(false),
    interruption: new AbortController().signal,
    cleanups: new Set(),
    heedTermination: () => {},
    holdThread: (work) => work(),
    announceCommand: () => {},
    leave: (step) => {
      left.set(context.leave as Context['leave'], step)
    },
    isVerbose,
    trace: (line) => screen.push(`${line}\n`),
    notify: (line) => screen.push(`assume: ${line}\n`),
    notifyOnce: (line) => screen.push(`assume: ${line}\n`),
    callingShell: undefined,
    keptKeyId: undefined,
    userShell: 'bash',
    quoteWord: quoteFor('bash'),
  }
  return context as Context
}

const left = new WeakMap<Context['leave'], LastStep>()

/** Takes the last step that a command has left in this context, as at its end, and returns the lines for stderr. */
export async function endCommand({ leave }: Context): Promise<readonly string[]> {
  return (await left.get(leave)?.()) ?? []
}

function createTerminal(answers: readonly string[] | undefined, screen: string[]): Terminal {
  const isTerminal = answers !== undefined
  const rest = [...(answers ?? [])]
  return {
    stdinIsTerminal: isTerminal,
    stdoutIsTerminal: isTerminal,
    stderrIsTerminal: isTerminal,
    open: () => openSession(rest, screen),
  }
}

/** Types the next answer when a question appears, and ends the input where there is none. */
function openSession(answers: string[], screen: string[]): TerminalSession {
  const input = new PassThrough()
  const output = Object.assign(new PassThrough(), { getWindowSize: () => [120, 30] })
  output.on('data', (data) => {
    screen.push(String(data))
    if (!/: $|\[(?:Y\/n|y\/N)\] /.test(String(data))) return
    const answer = answers.shift()
    // Nobody is faster than the one who asks.
    setImmediate(() => (answer === undefined ? input.end() : input.write(`${answer}\n`)))
  })
  return {
    input: input as unknown as NodeJS.ReadStream,
    output: output as unknown as NodeJS.WriteStream,
    close: () => input.destroy(),
  }
}
