import { join } from 'node:path'
import { serviceLimits } from './aws/limits.ts'
import { findProxy } from './aws/proxy.ts'
import { wait } from './aws/wait.ts'
import type { Context, LastStep, Outcome, Replacement } from './context.ts'
import { runCommand } from './dispatch.ts'
import { removeSwitch, type Switch } from './emit/change.ts'
import { isOutdatedContract } from './emit/contract.ts'
import { switchEmitters } from './emit/emitters.ts'
import { emitReplacement } from './emit/posix.ts'
import { findShell, findUserShell, type ShellName } from './emit/shell.ts'
import { quoteFor, writeFor } from './emit/word.ts'
import { AssumeError } from './errors.ts'
import { askProgram } from './programs/ask.ts'
import { runProgram } from './programs/run.ts'
import { startProgram } from './programs/start.ts'
import { markOutdated, outdatedMark } from './switch/plan.ts'
import { writeToChannel } from './system/channel.ts'
import { createFiles } from './system/files/files.ts'
import { findPaths } from './system/glob.ts'
import {
  handedVariables,
  readHandedWords,
  takeHandedVariable,
  takeHeldBundle,
} from './system/handed-variables.ts'
import { createExtraCertificates } from './system/held-bundle.ts'
import { findNamedHome } from './system/home.ts'
import {
  endAtOnce,
  endBySignal,
  hearSignals,
  interruptWithLauncher,
  takeInterruption,
} from './system/interruption.ts'
import { nullDevice } from './system/null-device.ts'
import { writeOutput } from './system/output.ts'
import { createTerminal } from './system/terminal.ts'
import { identifyUser } from './system/user.ts'
import { printable } from './text/redact.ts'

const userShell = takeUserShell()
const heldBundle = takeHeldBundle()
const handedFacts = takeHandedVariable('ASSUME_LOADED')
const handedDirectory = takeHandedVariable('ASSUME_DIRECTORY') || undefined
const isRenewal = takeRenewal()
const interruption = takeInterruption()
let isForCommand = false
/** Set for a renewal alone. */
let describeRenewal: ((error: AssumeError) => string) | undefined

/** A function says in ASSUME_CALLER which shell it is where it waits for no switch. */
function takeUserShell(): ShellName {
  const direct = takeHandedVariable('ASSUME_CALLER')
  const { ASSUME_SHELL: waiting, SHELL: login } = process.env
  return findUserShell({ caller: direct ?? waiting, login }, process.platform)
}

/** The function says the key that is to be renewed, and what the user has under that name says nothing. */
function takeRenewal(): boolean {
  const key = takeHandedVariable('ASSUME_RENEWAL')
  const { ASSUME_SHELL: waiting, ASSUME_KEY_ID: kept } = process.env
  return waiting !== undefined && key !== undefined && key !== '' && key === kept
}

async function main(): Promise<void> {
  const typedWords = process.argv.slice(2)
  readHandedWords()
  const shell = takeHandedVariable('ASSUME_SHELL')
  const contract = takeHandedVariable('ASSUME_CONTRACT')
  const keptKeyId = takeHandedVariable('ASSUME_KEY_ID')
  takeHandedVariable('ASSUME_READY')
  const env = { ...process.env }
  // What the AWS SDK would read by itself: its idea of the home folder is another one, and it is told all that it needs.
  process.env['AWS_CONFIG_FILE'] = process.env['AWS_SHARED_CREDENTIALS_FILE'] = nullDevice
  // Else the AWS SDK tells every user of Node 20, on stderr, that it will need Node 22 from 2027 on.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true'
  // glibc asks each of three name servers twice, for 5 s each time, and Node does not end before, whoever has stopped to wait.
  process.env['RES_OPTIONS'] ??= 'timeout:3 attempts:2'
  const callingShell = findShell(shell)
  const isReplaceable = shell === 'sh'
  if (isReplaceable) interruptWithLauncher(interruption)
  // A core whose output the function waits for could not be resumed from there.
  if (callingShell) process.on('SIGTSTP', () => {})
  if (isRenewal) await limitRenewal()
  const isOutdated = callingShell !== undefined && isOutdatedContract(contract)

  const left: { step?: LastStep } = {}
  const installation = join(import.meta.dirname, '..')
  const user = identifyUser(findNamedHome(env, process.platform))
  const files = createFiles(user?.homeOwnerId)
  const notifyOnce = createNotifier()
  const context: Context = {
    env,
    ownEnv: removeSwitch(env),
    platform: process.platform,
    pid: process.pid,
    user,
    node: process.execPath,
    nodeVersion: process.version,
    now: Date.now,
    wait,
    files,
    terminal: createTerminal(process.platform),
    readInput: async () => (await import('./system/standard-input.ts')).readStandardInput(),
    findProxy: (url) => findProxy(url, process.env),
    extraCertificates: createExtraCertificates(heldBundle, { files, notifyOnce }),
    limits: serviceLimits,
    start: startProgram,
    startServer: async (...server) => (await import('./programs/start-server.ts')).startServer(...server),
    interruption: interruption.signal,
    cleanups: interruption.cleanups,
    heedTermination: interruption.heedTermination,
    holdThread: interruption.holdThread,
    announceCommand: () => {
      isForCommand = true
    },
    leave: (step) => {
      left.step = step
    },
    run: runProgram,
    isReplaceable,
    askProgram,
    glob: findPaths,
    isVerbose: false,
    trace: () => {},
    notify,
    notifyOnce,
    callingShell,
    keptKeyId,
    isRenewal,
    handedFacts,
    handedDirectory,
    userShell,
    quoteWord: quoteFor(userShell),
    installation,
  }
  const asked = isRenewal ? (await import('./switch/unattended.ts')).leaveUnattended(context) : context
  const outcome = await runCommand(process.argv.slice(2), asked).catch(async (error) => {
    for (const line of (await left.step?.()) ?? []) notify(line)
    throw error
  })
  const lines = left.step ? await takeInterruptibly(left.step) : []
  const whole = isOutdated ? tellOutdated(outcome, context) : outcome
  finish({ ...whole, notices: [...new Set([...lines, ...(whole.notices ?? [])])] }, context)
  if (outcome.replacement) handToLauncher(outcome.replacement, typedWords)
  if (outcome.next) finish(await outcome.next(), context)
}

/**
 * Whoever waits for a prompt waits for three seconds at the most, of which Node has taken some already: what can be
 * interrupted is, in time to clear away, and what cannot ends with the process.
 */
async function limitRenewal(): Promise<void> {
  const lateness = new AssumeError('network', 'three seconds were not enough')
  interruption.interruptAfter(2_500 - performance.now(), lateness)
  const { describeFailedRenewal } = await import('./switch/failed-renewal.ts')
  const name = process.env['ASSUME_PROFILE'] ?? ''
  const words = process.argv.slice(2)
  describeRenewal = (error) => describeFailedRenewal(error, name, words, quoteFor(userShell))
  if (process.platform === 'win32') return
  const { setDeadline } = await import('./programs/deadline.ts')
  setDeadline(3, process.pid, makePrintable(`assume: ${describeRenewal(lateness)}`))
}

/**
 * Where there is a last step, files were read or written, without turning to any signal: Ctrl-C that came meanwhile ends the
 * core before anything goes out. Throws AssumeError `cancelled`.
 */
async function takeInterruptibly(step: LastStep): ReturnType<LastStep> {
  await heedInterruption()
  const lines = await step()
  await heedInterruption()
  return lines
}

async function heedInterruption(): Promise<void> {
  await hearSignals()
  interruption.signal.throwIfAborted()
}

/** Marks the switch of a shell whose functions are of an earlier version, and says so the first time. */
function tellOutdated(outcome: Outcome, { env }: Context): Outcome {
  if (!outcome.switch) return outcome
  const notice =
    'this shell has loaded an earlier version of assume, which has to ask the core each time; open a new shell'
  const isTold = env[outdatedMark] !== undefined
  return {
    ...outcome,
    notices: [...(outcome.notices ?? []), ...(isTold ? [] : [notice])],
    switch: markOutdated(outcome.switch),
  }
}

function finish(outcome: Outcome, { callingShell }: Context): void {
  outcome.notices?.forEach(notify)
  if (outcome.output) {
    // To print may be to wait for a reader, without turning to any signal; nothing is left to clean up.
    process.removeAllListeners('SIGINT')
    writeOutput(1, outcome.output)
  }
  if (outcome.switch && callingShell) handToShell(outcome.switch, callingShell)
  const { exitStatus = 0 } = outcome
  if (typeof exitStatus === 'number') process.exitCode = exitStatus
  else endBySignal(exitStatus)
}

/** As `notify`, once for each line. */
function createNotifier(): (line: string) => void {
  const told = new Set<string>()
  return (line) => {
    if (!told.has(line)) notify(line)
    told.add(line)
  }
}

function notify(line: string): void {
  writeOutput(2, `assume: ${makePrintable(line)}\n`)
}

/** Whoever words a line makes what others say printable; what one forgets ends here. */
function makePrintable(lines: string): string {
  return printable(lines, { multiline: true })
}

/** PowerShell can pass no further descriptor to a program, so there the switch goes through stdout. */
function handToShell(change: Switch, shell: ShellName): void {
  const text = switchEmitters[shell]?.(change) ?? ''
  if (shell === 'powershell') {
    writeOutput(1, text)
    return
  }
  writeToChannel(text)
}

/** `bin/assume` has no words when PowerShell handed them over. */
function handToLauncher({ change, command }: Replacement, typedWords: readonly string[]): void {
  writeToChannel(
    emitReplacement({ ...change, unset: [...change.unset, ...handedVariables] }, command, typedWords),
  )
}

/** `exec`, and `serve` with a command, pass on what that returns, so their own failures have a status that programs do not use. */
const failedBeforeCommand = 125

function fail(error: unknown): void {
  const [, , command, ...words] = process.argv
  const isExec = isForCommand || command === 'exec' || (command === 'serve' && words.includes('--'))
  if (describeRenewal && error instanceof AssumeError && error.code !== 'cancelled') {
    notify(describeRenewal(error))
    process.exitCode = error.exitStatus
    if (interruption.signal.aborted) endAtOnce()
    return
  }
  if (error instanceof AssumeError) {
    if (error.message !== '') notify(error.message)
    const hint = error.adviseIn(quoteFor(userShell), writeFor(userShell))
    if (hint !== undefined) writeOutput(2, `${makePrintable(hint).replace(/^/gm, '  ')}\n`)
    process.exitCode = isExec && error.code !== 'cancelled' ? failedBeforeCommand : error.exitStatus
    // Node would first wait, for seconds, until a name is looked up that nobody needs any more.
    if (error === interruption.signal.reason && process.platform !== 'win32') endBySignal('SIGINT')
    return
  }
  const report = error instanceof Error ? (error.stack ?? error.message) : String(error)
  notify(`this is a bug in assume\n${report}`)
  writeOutput(2, '  assume doctor\n')
  process.exitCode = isExec ? failedBeforeCommand : 70
}

main().catch(fail)
