import { setTimeout as sleep, setImmediate as takeTurn } from 'node:timers/promises'
import { isatty } from 'node:tty'
import { stripVTControlCharacters } from 'node:util'
import { execa } from 'execa'
import type { ProgramEnd } from '../program-ports.ts'
import { openStream } from '../system/output.ts'
import { printable } from '../text/redact.ts'
import type { StartAsked } from './asked-program.ts'
import { listTree, signalAll } from './process-tree.ts'
import { describeEnd } from './program-end.ts'

/** Milliseconds that a program has to obey before it is forced. */
const grace = 1000

/** Starts a program that stays in our job, so that it can use the terminal, and Ctrl-C and Ctrl-Z reach it from there. */
export function startInJob(partner: 'user' | undefined): StartAsked {
  return (program, args, env) => {
    const child = execa(program, args, {
      stdin: partner === 'user' ? 'inherit' : 'ignore',
      stdout: 'pipe',
      stderr: partner === 'user' ? 'pipe' : 'ignore',
      env,
      extendEnv: false,
      buffer: false,
      reject: false,
    })
    const ended = child.then(async (result) => {
      // Ctrl-C reaches the program and us at once, and its end can be seen here before our own signal is.
      await takeTurn()
      return describeEnd(result)
    })
    child.stderr?.setEncoding('utf8').on('data', showErrors)
    return {
      answers: child.stdout,
      ended,
      async end(isInterrupted) {
        // One that has ended itself, while something that it left behind holds its stdout, has given its id back.
        const isAlive = child.exitCode === null && child.signalCode === null
        if (child.pid !== undefined && isAlive) await endTree(child.pid, ended, isInterrupted && isatty(0))
      },
      leave() {
        child.stdout.destroy()
        child.stderr?.destroy()
      },
    }
  }
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
