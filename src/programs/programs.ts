import { delimiter, join } from 'node:path'
import type { Context, FileStat, Files, Outcome } from '../context.ts'
import type { ProgramEnd, StartFailure } from '../program-ports.ts'
import { printable } from '../text/redact.ts'

/** Whether a program can be found on PATH; starts nothing. */
export function isOnPath({ env, files, platform }: Context, program: string): boolean {
  const file = platform === 'win32' ? `${program}.exe` : program
  return (env['PATH'] ?? env['Path'] ?? '').split(delimiter).some((folder) => {
    const stat = folder === '' ? undefined : lookForFile(files, join(folder, file))
    return stat !== undefined && (platform === 'win32' || isExecutable(stat))
  })
}

/**
 * What keeps a POSIX shell from starting a program, named by its path or as on PATH; undefined when it would try
 * (POSIX, Shell Command Language 2.9.1.4). Starts nothing.
 */
export function findStartFailure({ env, files }: Context, program: string): StartFailure | undefined {
  if (program === '') return 'not-found'
  if (program.includes('/')) {
    const stat = lookForFile(files, program)
    if (stat) return isExecutable(stat) ? undefined : 'not-executable'
    return isThere(files, program) ? 'not-executable' : 'not-found'
  }
  // Without PATH the shell has its own.
  if (env['PATH'] === undefined) return undefined
  const found = env['PATH'].split(':').flatMap((folder) => lookForFile(files, join(folder, program)) ?? [])
  if (found.length === 0) return 'not-found'
  return found.some(isExecutable) ? undefined : 'not-executable'
}

/** What a shell returns, too, for a command that is not there and for one that it cannot start. */
const failures = {
  'not-found': { exitStatus: 127, reason: 'command not found' },
  'not-executable': { exitStatus: 126, reason: 'it cannot be executed' },
} as const

/** What a program that was run leaves to say, and the exit status or the signal to end with. */
export function concludeRun(program: string, end: ProgramEnd): Pick<Outcome, 'notices' | 'exitStatus'> {
  if ('signal' in end) return { exitStatus: end.signal }
  if ('status' in end) return { exitStatus: end.status }
  const { exitStatus, reason } = failures[end.failure]
  return { notices: [`${printable(program) || '""'}: ${reason}`], exitStatus }
}

/** What is known of a file; undefined for a folder, and for what is not there or hidden from us. */
function lookForFile(files: Files, path: string): FileStat | undefined {
  try {
    const stat = files.stat(path)
    return stat?.isDirectory ? undefined : stat
  } catch {
    return undefined
  }
}

/** Whether something of that name is there: a folder, or what is hidden from us. */
function isThere(files: Files, path: string): boolean {
  try {
    return files.stat(path) !== undefined
  } catch {
    return true
  }
}

function isExecutable({ mode }: FileStat): boolean {
  return (mode & 0o111) !== 0
}
