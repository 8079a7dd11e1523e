import type { Credentials } from '../../aws/credentials.ts'
import type { Context } from '../../context.ts'
import { applyChange } from '../../emit/change.ts'
import { AssumeError } from '../../errors.ts'
import type { ProgramAnswer } from '../../program-ports.ts'
import { parseJsonObject } from '../../text/json-object.ts'
import { printable } from '../../text/redact.ts'
import { splitWords } from '../../text/shell-words.ts'
import { formatProfileFlag } from '../../text/words.ts'
import { readCredentials } from '../credential-fields.ts'
import { checkProcessChain, extendProcessChain, processChainVariable } from '../process-chain.ts'

export interface CredentialProcess {
  /** The name of the profile that has it. */
  readonly profile: string
  /** The command, as it is configured. */
  readonly command: string
  /** `aws_account_id` of the profile: counts where the program names no account. */
  readonly accountId?: string | undefined
}

type Ports = Pick<
  Context,
  'askProgram' | 'interruption' | 'now' | 'ownEnv' | 'platform' | 'terminal' | 'trace'
>

/**
 * Milliseconds. Somebody at the terminal may have to find a token or answer in a browser, and has Ctrl-C. Elsewhere it
 * is the time that AWS's SDK for Go gives a helper, and so Terraform.
 */
const limits = { attended: 5 * 60_000, unattended: 60_000 }

/**
 * The credentials that a helper prints, https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html.
 * It is started without a shell, may ask on the terminal, and does not see what a switch has set; Ctrl-C ends it.
 * Throws AssumeError `program-failed` for everything that can go wrong with it, `profile-cycle`, `cancelled`; no
 * message has its arguments or its output, which may hold secrets.
 */
export async function fetchProcessCredentials(
  { profile, command, accountId }: CredentialProcess,
  ports: Ports,
): Promise<Credentials> {
  const { ownEnv: env, interruption: signal, terminal, trace } = ports
  const [program, ...args] = splitCommand(command, profile, ports.platform)
  const fail = (reason: string) =>
    describeProcess(profile, `its credential_process ${printable(program)} ${reason}`)
  checkProcessChain(env, profile)
  const limit = terminal.stdinIsTerminal ? limits.attended : limits.unattended
  trace(`credential_process of profile ${printable(profile)}: ${printable(program)}`)
  const { end, text } = await ports.askProgram(program, args, {
    env: applyChange(env, { set: [[processChainVariable, extendProcessChain(env, profile)]], unset: [] }),
    limit,
    partner: 'user',
    signal,
  })
  const reason = explainEnd(end, limit)
  if (reason !== undefined) throw fail(reason)
  const credentials = readOutput(text)
  if (typeof credentials === 'string') throw fail(`prints ${credentials}`)
  if (credentials.expiresAt !== undefined && credentials.expiresAt <= ports.now()) {
    throw fail('prints credentials that have expired')
  }
  return accountId ? { accountId, ...credentials } : credentials
}

function splitCommand(
  command: string,
  profile: string,
  platform: NodeJS.Platform,
): readonly [program: string, ...args: string[]] {
  const words = splitWords(command, platform)
  if (!words)
    throw describeProcess(profile, 'its credential_process ends within a quote or behind a backslash')
  const [program, ...args] = words
  if (!program) throw describeProcess(profile, 'its credential_process names no program')
  return [program, ...args]
}

/** Why a program that ended so has given nothing; undefined for a good end. */
function explainEnd(end: ProgramAnswer['end'], limit: number): string | undefined {
  if ('signal' in end) return `was ended by ${end.signal}`
  if ('status' in end) return end.status === 0 ? undefined : `ends with status ${end.status}`
  return {
    'not-found': 'is not found',
    'not-executable': 'cannot be executed',
    'too-slow': `has not answered within ${limit / 1000} seconds`,
    'too-long': 'prints more than credentials',
  }[end.failure]
}

/** The credentials in what a helper printed, or what is wrong with it. */
function readOutput(text: string): Credentials | string {
  const output = parseJsonObject(text)
  if (output['Version'] !== 1) return 'no JSON object with "Version": 1'
  return readCredentials(output, 'SessionToken')
}

function describeProcess(profile: string, reason: string): AssumeError {
  const name = printable(profile)
  return new AssumeError('program-failed', `no credentials for profile ${name}: ${reason}`, {
    hint: (quote) => `aws configure get credential_process ${formatProfileFlag(profile, quote)}`,
  })
}
