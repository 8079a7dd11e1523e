import { spawn } from 'node:child_process'
import { Socket } from 'node:net'

/** Waits for so many seconds, and goes without a word when whoever started it is gone. */
const watch = `(sleep "$1" 2>/dev/null && kill -9 "$2" && printf '%s\\n' "$3" >&2) &
read -r _
kill $! 2>/dev/null`

/**
 * Has the process `pid`, which is this one, ended after whole `seconds`, and `line` said, by one that is not held up by what
 * this one can be: it has been stopped, or waits for a disk. That one gets no keys. Needs a POSIX shell.
 */
export function setDeadline(seconds: number, pid: number, line: string): void {
  const child = spawn('/bin/sh', ['-c', watch, 'sh', String(seconds), String(pid), line], {
    stdio: ['pipe', 'ignore', 'inherit'],
    detached: true,
    cwd: '/',
    env: { PATH: process.env['PATH'] },
  })
  child.once('error', () => {}).unref()
  child.stdin.once('error', () => {})
  // Else Node would wait for the pipe, whose end is what the other one waits for.
  if (child.stdin instanceof Socket) child.stdin.unref()
}
