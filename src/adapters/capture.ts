import { setTimeout as sleep, setImmediate as takeTurn } from 'node:timers/promises'
import { isatty } from 'node:tty'
import { stripVTControlCharacters } from 'node:util'
import type { CaptureProgram, ProgramEnd } from '../context.ts'
import { printable } from '../redact.ts'
import { openStream } from './output.ts'
import { listTree, signalAll } from './process-tree.ts'
import { describeEnd } from './program-end.ts'

/** Bytes of stdout that are kept. */
const mostOutput = 1 << 20

/** Milliseconds that a program has to obey before it is forced. */
const grace = 1000

type Failure = 'too-slow' | 'too-long' | 'interrupted'

/** The program stays in our job, so that it can use the terminal, and Ctrl-C and Ctrl-Z reach it from there. */
export const captureProgram: CaptureProgram = async (
  program,
  args,
  { limit, env, mayAsk = false, signal },
) => {
  const { execa } = await import('execa')
  signal?.throwIfAborted()
  const child = execa(program, args, {
    stdin: mayAsk ? 'inherit' : 'ignore',
    stdout: 'pipe',
    stderr: mayAsk ? 'pipe' : 'ignore',
    ...(env && { env, extendEnv: false }),
    buffer: false,
    reject: false,
  })
  const ended = child.then(async (result) => {
    // Ctrl-C reaches the program and us at once, and its end can be seen here before our own signal is.
    await takeTurn()
    return describeEnd(result)
  })
  const chunks: Buffer[] = []
  const failed = new Promise<Failure>((resolve) => {
    const timer = setTimeout(resolve, limit, 'too-slow')
    const interrupt = () => resolve('interrupted')
    signal?.addEventListener('abort', interrupt)
    void ended.then(() => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', interrupt)
    })
    let size = 0
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > mostOutput) resolve('too-long')
      else chunks.push(chunk)
    })
  })
  child.stderr?.setEncoding('utf8').on('data', showErrors)
  const end = await Promise.race([ended, failed])
  const stdout = Buffer.concat(chunks).toString()
  if (typeof end !== 'string') return { stdout, end }
  // One that has ended itself, while something that it left behind holds its stdout, has given its id back.
  const isAlive = child.exitCode === null && child.signalCode === null
  if (child.pid !== undefined && isAlive) await endTree(child.pid, ended, end === 'interrupted' && isatty(0))
  child.stdout.destroy()
  child.stderr?.destroy()
  if (end === 'interrupted') throw signal?.reason
  return { stdout, end: { failure: end } }
}

/** Ends a program with all that it has started. What has Ctrl-C from the terminal gets time to leave that in order. */
async function endTree(pid: number, ended: Promise<ProgramEnd>, isTold: boolean): Promise<void> {
  const ids = listTree(pid)
  const wait = () => Promise.race([ended, sleep(grace, undefined, { ref: false })])
  if (isTold) await wait()
  signalAll(ids, 'SIGTERM')
  await wait()
  signalAll(ids, 'SIGKILL')
}

function showErrors(text: string): void {
  const plain = stripVTControlCharacters(text).replace(/\r\n?/g, '\n')
  openStream(2).write(printable(plain, { multiline: true }))
}
