import { openSync } from 'node:fs'
import { isatty, ReadStream, WriteStream } from 'node:tty'
import type { Terminal, TerminalSession } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { canBeTerminal } from './output.ts'

/** The terminal of this process, looked at only when asked about: that loads node:tty and node:net. stdin and fd 2 are used where they are terminals, else the controlling one. */
export function createTerminal(platform: NodeJS.Platform): Terminal {
  return {
    get stdinIsTerminal() {
      return isTerminal(0)
    },
    get stdoutIsTerminal() {
      return isTerminal(1)
    },
    get stderrIsTerminal() {
      return isTerminal(2)
    },
    get stdoutColumns() {
      return isTerminal(1) ? process.stdout.columns || undefined : undefined
    },
    open: () => openSession(platform),
  }
}

function isTerminal(fd: number): boolean {
  return canBeTerminal(fd) && isatty(fd)
}

const endingSignals = ['SIGTERM', 'SIGHUP'] as const
/** From the beginning of the cursor's line everything is cleared, and pasted text is no longer marked. */
const clearQuestion = '\r\u001b[J\u001b[?2004l'

/**
 * Whoever draws in raw mode keeps the cursor in the first line of what was drawn: that is how the terminal is given back
 * in order when the process has to end in the midst of it.
 */
function openSession(platform: NodeJS.Platform): TerminalSession {
  const fd = isatty(0) ? 0 : openControlling(platform === 'win32' ? '\\\\.\\CONIN$' : '/dev/tty')
  const input = new ReadStream(fd)
  // Unlike a stream of our own, this one learns of a new window size.
  const output: WriteStream = isatty(2)
    ? (process.stderr as unknown as WriteStream)
    : new WriteStream(openControlling(platform === 'win32' ? '\\\\.\\CONOUT$' : '/dev/tty'))
  const giveBack = () => {
    if (!input.isRaw || !isatty(fd)) return
    output.write(clearQuestion)
    input.setRawMode(false)
  }
  const end = (signal: NodeJS.Signals) => {
    giveBack()
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  }
  // Node aborts when it is to end in order and the terminal that it began with is gone.
  const leave = () => (isatty(fd) ? giveBack() : end('SIGHUP'))
  process.on('exit', leave)
  for (const signal of endingSignals) process.on(signal, end)
  return {
    input,
    output,
    close() {
      if (!isatty(fd)) end('SIGHUP')
      if (input.isRaw) input.setRawMode(false)
      process.removeListener('exit', leave)
      for (const signal of endingSignals) process.removeListener(signal, end)
      input.destroy()
    },
  }
}

function openControlling(path: string): number {
  try {
    return openSync(path, 'r+')
  } catch (cause) {
    throw new AssumeError('terminal-needed', 'there is no terminal to ask on', { cause })
  }
}
