import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import type { Consultation, ConsultationEnd, ConsultProgram, ProgramEnd } from '../context.ts'

const answerLimit = 1024 * 1024
/** What is shown of a program that does not stop talking. */
const lineLimit = 1000
const lineLength = 4096
/** Milliseconds of silence after which nothing more is expected of the pipes of a program that has ended. */
const lull = 100

export const consultProgram: ConsultProgram = async (program, args, consultation) => {
  const { env, answersOn } = consultation
  try {
    const child = spawn(program, args, {
      env,
      stdio: answersOn === 'stdout' ? 'pipe' : ['pipe', 'pipe', 'pipe', 'ignore', 'pipe'],
      // A group of its own can be killed as a whole.
      detached: process.platform !== 'win32',
      windowsHide: true,
    })
    return await attend(child, consultation)
  } catch (error) {
    return { failure: describeFailure(error as NodeJS.ErrnoException), answer: '' }
  }
}

type Stop = 'late' | 'aborted' | 'excess'

/** A program that has ended may leave others behind that hold its pipes open; they are not waited for. */
async function attend(child: ChildProcess, consultation: Consultation): Promise<ConsultationEnd> {
  const { input, answersOn, deadline, signal, onLine } = consultation
  const settled = new AbortController()
  const chunks: Buffer[] = []
  const talk = [new Lines(onLine), new Lines(onLine)] as const
  const end = new Promise<ProgramEnd | { failure: Stop }>((resolve, reject) => {
    const stop = (failure: Stop) => {
      killGroup(child)
      resolve({ failure })
    }
    const timers = [setTimeout(() => stop('late'), deadline)]
    settled.signal.addEventListener('abort', () => timers.forEach(clearTimeout))
    signal.addEventListener('abort', () => stop('aborted'), { signal: settled.signal })
    child.once('error', reject)
    child.once('close', () => resolve(describeEnd(child)))
    child.once('exit', () => timers.push(setTimeout(() => resolve(describeEnd(child)), lull)))
    const listen = (descriptor: number, onData: (data: Buffer) => void) =>
      (child.stdio[descriptor] as Readable)
        .on('error', () => {})
        .on('data', (data: Buffer) => {
          timers[1]?.refresh()
          onData(data)
        })
    let length = 0
    listen(answersOn === 'stdout' ? 1 : 4, (data) => {
      length += data.length
      if (length > answerLimit) stop('excess')
      else chunks.push(data)
    })
    listen(2, (data) => talk[0].add(data))
    if (answersOn !== 'stdout') listen(1, (data) => talk[1].add(data))
    // It need not read what it is told.
    child.stdin?.on('error', () => {}).end(input)
    if (signal.aborted) stop('aborted')
  })
  try {
    return { ...(await end), answer: Buffer.concat(chunks).toString('utf8') }
  } finally {
    settled.abort()
    for (const stream of child.stdio) stream?.destroy()
    for (const lines of talk) lines.end()
  }
}

function describeEnd({ signalCode, exitCode }: ChildProcess): ProgramEnd {
  return signalCode === null ? { status: exitCode ?? 1 } : { signal: signalCode }
}

function describeFailure({ code }: NodeJS.ErrnoException): 'not-found' | 'not-executable' {
  return code === 'ENOENT' ? 'not-found' : 'not-executable'
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
  readonly #onLine: Consultation['onLine']
  readonly #decoder = new StringDecoder('utf8')
  #rest = ''
  #count = 0

  constructor(onLine: Consultation['onLine']) {
    this.#onLine = onLine
  }

  add(data: Buffer): void {
    const lines = (this.#rest + this.#decoder.write(data)).split(/\r?\n/)
    this.#rest = (lines.pop() ?? '').slice(0, lineLength)
    for (const line of lines) this.#tell(line)
  }

  end(): void {
    if (this.#rest !== '') this.#tell(this.#rest)
  }

  #tell(line: string): void {
    this.#count += 1
    if (this.#count <= lineLimit) this.#onLine(line.slice(0, lineLength))
  }
}
