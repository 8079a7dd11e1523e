/** The ports: what a command may use of the world. `main.ts` builds the real ones, tests build others. */

import type { EnvironmentChange, Switch } from './emit/change.ts'
import type { ShellName } from './emit/shell.ts'
import type { AskProgram, RunProgram, StartProgram, StartServer } from './program-ports.ts'
import type { Piece } from './text/piece.ts'
import type { QuoteWord } from './text/words.ts'

/** Environment variables by name; an absent key is an unset variable, an empty string a set and empty one. */
export type Environment = Readonly<Record<string, string | undefined>>

export interface FileStat {
  /** Modification time in nanoseconds since the epoch. */
  readonly mtimeNs: bigint
  /** When the file or what is said of it was changed last, in the same; nobody can set it. */
  readonly ctimeNs: bigint
  /** Its number on its disk, and that of the disk. */
  readonly inode: bigint
  readonly device: bigint
  readonly size: number
  /** Permission bits only (`0o600`). */
  readonly mode: number
  readonly isDirectory: boolean
  /** `other`: a device, or a link where it is not followed. */
  readonly kind: 'file' | 'directory' | 'pipe' | 'socket' | 'other'
  /** The ids of the user and of the group that it belongs to; 0 on Windows. */
  readonly userId: number
  readonly groupId: number
}

/** What is at a path itself, be it a link. */
export interface EntryStat extends FileStat {
  /** What a link says; absent for all else. */
  readonly linkTarget?: string
}

/** Whose a file is. */
export type Owner = Pick<FileStat, 'userId' | 'groupId'>

/** Synchronous file access. Every function throws Node's errno errors, except where absence is an answer. */
export interface Files {
  /**
   * What a file holds, without ever waiting for somebody who would write it: `EFTYPE` for what is neither a file nor
   * /dev/null, which is empty. Of a pipe it is what `drain` has got: `ETIMEDOUT` and `EFBIG` where that failed.
   */
  read(path: string): Uint8Array
  /**
   * Reads a pipe that a shell hands over under /dev/fd, as for `<(...)`, to its end, at most 1 MiB in 5 seconds, so that
   * `read` has it from then on, and returns whether it was one. Nothing for any other path. Never throws.
   */
  drain(path: string): Promise<boolean>
  /** What the path leads to, links followed; undefined when there is nothing. */
  stat(path: string): FileStat | undefined
  /** The same of what is at the path itself; a link is not followed. */
  statEntry(path: string): EntryStat | undefined
  /** A regular file at the path itself, or a piece of it, and what is known of it. Anything else fails: a link with ELOOP. */
  readEntry(path: string, piece?: Piece): { readonly bytes: Uint8Array; readonly stat: FileStat }
  /** Those pieces of a file that a path leads to, and what is known of the file; as `read` else. */
  readPieces(
    path: string,
    pieces: readonly Piece[],
  ): { readonly bytes: readonly Uint8Array[]; readonly stat: FileStat }
  /** The names in a directory. */
  list(path: string): string[]
  /** The path with every link resolved. */
  resolve(path: string): string
  /**
   * The same for a file that is to be replaced. For root in the home of a user it fails with EPERM where a link of that user
   * leads to a file that is not the user's.
   */
  follow(path: string): string
  /**
   * Creates the file (it must not exist), writes it whole and flushes it to the disk. Fails in the system call `fchown` where
   * it cannot belong to `owner`.
   */
  create(path: string, bytes: Uint8Array, mode: number, owner?: Owner): void
  /** Creates an empty file for a moment, 0600, and returns what has become of it: not every disk keeps modes and owners. */
  probe(path: string): FileStat
  /** As `create`, but leaves it to the system when to write to the disk: for what can be made anew. */
  createUnflushed(path: string, bytes: Uint8Array, mode: number): void
  append(path: string, bytes: Uint8Array): void
  /** Makes a symbolic link at `path` that leads to `target`. */
  createLink(path: string, target: string): void
  rename(from: string, to: string): void
  /** Removes a file or a directory with all it holds; absence is no error. */
  remove(path: string): void
  /** Removes a directory only if nothing is in it. */
  removeEmptyDirectory(path: string): void
  makeDirectory(path: string, mode: number): void
  setMode(path: string, mode: number): void
  /** Whether the path lies on a file system that is read-only. Never throws. */
  isReadOnly(path: string): boolean
  /** Sets the modification time, in nanoseconds since the epoch, to about a microsecond. */
  touch(path: string, mtimeNs: bigint): void
}

/** A user by the numbers that the system knows. */
export interface User {
  readonly id: number
  /** The primary group. */
  readonly groupId: number
  /**
   * For root alone, and only if it is not root: who owns the folder `.aws` in the home, or the home where there is none.
   * That user is believed as root is, and gets what root creates in folders of that user's.
   */
  readonly homeOwnerId?: number
}

export interface Terminal {
  readonly stdinIsTerminal: boolean
  readonly stdoutIsTerminal: boolean
  readonly stderrIsTerminal: boolean
  /** Columns of the terminal that stdout is; absent where it is none, or one that does not know. */
  readonly stdoutColumns?: number | undefined
  /** Opens the terminal for questions: keys are read from it and drawing goes to fd 2. */
  open(): TerminalSession
}

export interface TerminalSession {
  readonly input: NodeJS.ReadStream
  readonly output: NodeJS.WriteStream
  close(): void
}

/** Returns lines for stderr. */
export type LastStep = () => Promise<readonly string[]>

export interface Context {
  /** As it is, what a switch has set included: what is reported on, and what commands are started in. */
  readonly env: Environment
  /** The user's own: without what an earlier switch has set. A profile is resolved in it, as if there had been no switch. */
  readonly ownEnv: Environment
  readonly platform: NodeJS.Platform
  /** The id of this process. */
  readonly pid: number
  /** Who runs this process; absent on Windows. */
  readonly user: User | undefined
  /** The path of the Node that runs this process. */
  readonly node: string
  /** The version of that Node, as it tells it: `v20.19.0`. */
  readonly nodeVersion: string
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Resolves after so many milliseconds; rejects with the signal's reason when it is aborted. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>
  readonly files: Files
  readonly terminal: Terminal
  /** All that comes on stdin, until its other end is closed. Throws AssumeError `unreadable-file` for what is far too long. */
  readonly readInput: () => Promise<string>
  /** The proxy for a URL, as the environment says; undefined for none. */
  readonly findProxy: (url: string) => string | undefined
  /** The text of the certificates of NODE_EXTRA_CA_CERTS where Node was kept from reading them; undefined for none. */
  readonly extraCertificates: () => string | undefined
  /** How the user wants to log in where that is needed; absent: the way that fits. */
  readonly loginFlow?: 'pkce' | 'device-code'
  /** How long and how much of the answer of a service is waited for. */
  readonly limits: Limits
  readonly start: StartProgram
  readonly startServer: StartServer
  /** Is aborted by Ctrl-C, so that a wait can end and clean up after itself. */
  readonly interruption: AbortSignal
  /** What is cleared away where Ctrl-C ends the process at once, since nothing waits that could do so. */
  readonly cleanups: Set<() => void>
  /** Runs what may hold the thread for long: Ctrl-C, which is not heard then, ends the process at once. */
  readonly holdThread: <Result>(work: () => Result) => Result
  /** From now on SIGTERM and SIGHUP have that cleared away, too: for who runs for long. */
  readonly heedTermination: () => void
  /** Says that a command is to be started: what fails before has the status that programs do not use. */
  readonly announceCommand: () => void
  /**
   * Leaves a step to main.ts, which takes it when the command is over, also where that fails, and before its outcome is
   * handed out: what comes next in the shell finds it done. One that is left later takes the place of the earlier.
   */
  readonly leave: (step: LastStep) => void
  readonly run: RunProgram
  /** Whether `bin/assume` waits to become a command. Not on Windows and not from npm's own entry. */
  readonly isReplaceable: boolean
  readonly askProgram: AskProgram
  /** The paths below a folder that match one of the patterns, relative to it, sorted; links are not followed. */
  readonly glob: (folder: string, patterns: readonly string[]) => Promise<string[]>
  /** Whether it is said with --verbose what costs something to find out. */
  readonly isVerbose: boolean
  /** Prints a line on stderr with --verbose, and nothing otherwise. Never a secret. */
  readonly trace: (line: string) => void
  /** Prints a line on stderr at once; what can wait goes into the outcome. */
  readonly notify: (line: string) => void
  /** As `notify`, but the same line is not printed again. */
  readonly notifyOnce: (line: string) => void
  /** The shell whose function waits for a switch; absent when the executable was called directly. */
  readonly callingShell: ShellName | undefined
  /**
   * The id of the access key that the last switch in the calling shell has set, empty for none; absent where no function
   * says so.
   */
  readonly keptKeyId: string | undefined
  /** Whether the function of a shell wants new keys in place of those that it has, at a prompt; absent: no. */
  readonly isRenewal?: boolean
  /** What the function of a shell says of itself when it is called directly; absent where none does. */
  readonly handedFacts?: string | undefined
  /** The directory whose profile is in force in the calling shell, as that shell shows it; absent for none. */
  readonly handedDirectory?: string | undefined
  /** The shell that the user types in: that of the function, else the one that the system gives this user. */
  readonly userShell: ShellName
  /** A word of a command for that shell, for a line that is shown to be typed. */
  readonly quoteWord: QuoteWord
  /** The folder that holds `bin`, `dist` and `shell` of the running installation. */
  readonly installation: string
}

/** A command that takes the place of this process: first the program, then its arguments. */
export interface Replacement {
  readonly change: EnvironmentChange
  readonly command: readonly string[]
}

/** What a command leaves to be done by `main.ts`, in this order. */
export interface Outcome {
  /** Lines for stderr, printed before anything else. */
  readonly notices?: readonly string[]
  /** Text for stdout, with its line feeds. */
  readonly output?: string
  /** A switch for the calling shell's function to apply. */
  readonly switch?: Switch
  /** Only where the context is replaceable. */
  readonly replacement?: Replacement
  /** Absent means 0. A signal name means that this process is to end by that signal. */
  readonly exitStatus?: number | NodeJS.Signals
  /** What takes its time and needs nothing of ours any more, such as a command that is run; it has the last word. */
  readonly next?: () => Promise<Outcome>
}

/** How long and how much of a service is waited for. Times are milliseconds. */
export interface Limits {
  /** Until something accepts the connection. */
  readonly connect: number
  /** Until the last byte of the answer, from the first of the request, or of that for a tunnel through a proxy. */
  readonly answer: number
  /** For a request with all its retries and what lies between them. */
  readonly together: number
  /** Until the user is told what is waited for. */
  readonly notice: number
  /** Bytes of a body. */
  readonly body: number
}
