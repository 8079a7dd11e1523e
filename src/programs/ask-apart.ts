import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import type { ProgramEnd, ProgramPartner } from '../program-ports.ts'
import type { AskedProgram, StartAsked } from './asked-program.ts'
import { describeEnd, describeStartFailure } from './program-end.ts'

/** What is shown of a program that does not stop talking. */
const mostLines = 1000
const longestLine = 4096
/** Milliseconds of silence after which nothing more is expected of the pipes of a program that has ended. */
const lull = 100

/** Starts a program in a group of its own, which can be ended as a whole, and without the terminal. */
export function startApart(partner: ProgramPartner): StartAsked {
  return (program, args, env) => {
    try {
      const child = spawn(program, args, {
        env,
        stdio: partner.answersOn === 'stdout' ? 'pipe' : ['pipe', 'pipe', 'pipe', 'ignore', 'pipe'],
        detached: process.platform !== 'win32',
        windowsHide: true,
      })
      return attend(child, partner)
    } catch (error) {
      return describeStartFailure(error as NodeJS.ErrnoException)
    }
  }
}

/** A program that has ended may leave others behind that hold its pipes open; they are not waited for. */
function attend(child: ChildProcess, { input, answersOn, onLine }: ProgramPartner): AskedProgram {
  let silence: NodeJS.Timeout | undefined
  const ended = new Promise<ProgramEnd>((resolve) => {
    const end = () => resolve(describeEnd({ exitCode: child.exitCode, signal: child.signalCode }))
    child.once('error', (error: NodeJS.ErrnoException) => resolve(describeStartFailure(error)))
    child.once('close', end)
    child.once('exit', () => {
      silence = setTimeout(end, lull)
    })
  })
  const listen = (descriptor: number, onData?: (data: Buffer) => void) =>
    (child.stdio[descriptor] as Readable)
      .on('error', () => {})
      .on('data', (data: Buffer) => {
        silence?.refresh()
        onData?.(data)
      })
  const talk = [new Lines(onLine), new Lines(onLine)] as const
  const answers = listen(answersOn === 'stdout' ? 1 : 4)
  listen(2, (data) => talk[0].add(data))
  if (answersOn !== 'stdout') listen(1, (data) => talk[1].add(data))
  // It need not read what it is told.
  child.stdin?.on('error', () => {}).end(input)
  return {
    answers,
    ended,
    end: () => killGroup(child),
    leave() {
      clearTimeout(silence)
      for (const stream of child.stdio) stream?.destroy()
      for (const lines of talk) lines.end()
    },
  }
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // It has ended in the meantime.
  }
}

/** Cuts what comes in pieces into lines. */
class Lines {
  readonly #onLine: ProgramPartner['onLine']
  readonly #decoder = new StringDecoder('utf8')
  #rest = ''
  #count = 0

  constructor(onLine: ProgramPartner['onLine']) {
    this.#onLine = onLine
  }

  add(data: Buffer): void {
    const lines = (this.#rest + this.#decoder.write(data)).split(/\r?\n/)
    this.#rest = (lines.pop() ?? '').slice(0, longestLine)
    for (const line of lines) this.#tell(line)
  }

  end(): void {
    if (this.#rest !== '') this.#tell(this.#rest)
  }

  #tell(line: string): void {
    this.#count += 1
    if (this.#count <= mostLines) this.#onLine(line.slice(0, longestLine))
  }
}
