import { join } from 'node:path'
import type { Context } from '../../context.ts'
import type { AssumeError } from '../../errors.ts'
import type { ProgramAnswer, ProgramPartner } from '../../program-ports.ts'
import type { ExecResult } from '../api.ts'
import type { InspectedPlugin } from '../source.ts'
import { answerRequest, type HookPorts } from './answer.ts'
import { createPluginEnvironment } from './environment.ts'
import type { HookRequest } from './protocol.ts'

/** What it takes to reach a plugin. */
export type PluginWorld = Pick<
  Context,
  'ownEnv' | 'askProgram' | 'notify' | 'now' | 'interruption' | 'node' | 'installation'
>

export interface Transmission {
  /** Milliseconds. */
  readonly deadline: number
  readonly log: (line: string) => void
  readonly fail: (reason: string, cause?: unknown) => AssumeError
}

/**
 * Hands a request to a plugin and returns its answer, as it is; undefined when it has nothing to say. Throws what `fail`
 * makes of a failure, and the reason of an interruption.
 */
export function transmit(
  world: PluginWorld,
  plugin: InspectedPlugin,
  request: HookRequest,
  transmission: Transmission,
): Promise<unknown> {
  if (plugin.form === 'built-in') return askDefinition(world, plugin.definition, request, transmission)
  if (plugin.form === 'executable') return askExecutable(world, plugin.path, request, transmission)
  return askModule(world, plugin, [request], transmission).then(([reply]) => unwrap(reply, transmission.fail))
}

function unwrap(reply: ModuleReply | undefined, fail: Transmission['fail']): unknown {
  if (reply?.error !== undefined) throw fail(reply.error)
  return reply?.answer
}

/** A built-in plugin, in this process: nothing can stop a loop in it, and none has one. */
async function askDefinition(
  world: PluginWorld,
  definition: unknown,
  request: HookRequest,
  { deadline, log, fail }: Transmission,
): Promise<unknown> {
  const timeout = AbortSignal.timeout(deadline)
  const signal = AbortSignal.any([timeout, world.interruption])
  const ports: HookPorts = {
    signal,
    log,
    exec: (program, args, input) =>
      execute(world, request, [program, ...args], input, { deadline, log, signal }),
  }
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  try {
    return await Promise.race([answerRequest(definition, request, ports), ended])
  } catch (error) {
    if (world.interruption.aborted) throw world.interruption.reason
    throw fail(timeout.aborted ? describeLateness(deadline) : messageOf(error), error)
  }
}

async function execute(
  world: PluginWorld,
  request: HookRequest,
  command: Command,
  input: string,
  terms: Terms,
): Promise<ExecResult> {
  const { text, end } = await ask(world, request, command, { input, answersOn: 'stdout' }, terms)
  if ('status' in end) return { status: end.status, stdout: text }
  throw new Error(`${command[0]} ${describeEnd(end, terms.deadline)}`)
}

async function askExecutable(
  world: PluginWorld,
  path: string,
  request: HookRequest,
  transmission: Transmission,
): Promise<unknown> {
  const question = { input: `${JSON.stringify(request)}\n`, answersOn: 'stdout' } as const
  const answer = await askPlugin(world, request, [path], question, transmission)
  return answer.trim() === '' ? undefined : parseAnswer(answer, transmission.fail)
}

/**
 * Hands requests to a module, which costs one process however many they are, and returns its replies in their order.
 * The deadline is for all together. Its own stdout is not where they come from, so that nothing that it prints can
 * spoil them. Throws as `transmit` does, but not for what the module throws.
 */
export async function askModule(
  world: PluginWorld,
  plugin: ModulePlugin,
  requests: readonly HookRequest[],
  transmission: Transmission,
): Promise<ModuleReply[]> {
  const host = join(world.installation, 'dist', 'plugin-host.js')
  const abortsAt = world.now() + transmission.deadline * 0.8
  const input = JSON.stringify({ plugin, requests, abortsAt } satisfies ModuleRequest)
  const [first] = requests
  const question = { input, answersOn: 'descriptor 4' } as const
  const reply = await askPlugin(world, first, [world.node, host], question, transmission)
  if (reply === '') throw transmission.fail('it ended without an answer')
  return parseAnswer(reply, transmission.fail) as ModuleReply[]
}

/** A plugin that is loaded, in a process of its own. */
export type ModulePlugin = Extract<InspectedPlugin, { form: 'module' | 'package' }>

/** What the process that runs a module gets on stdin. */
export interface ModuleRequest {
  readonly plugin: ModulePlugin
  /** Answered one after the other. */
  readonly requests: readonly HookRequest[]
  /** When a hook is to hear that it will be killed soon, in milliseconds since the epoch. */
  readonly abortsAt: number
}

/** What it answers to each request, as an array on descriptor 4; `error` is what the module threw. */
export interface ModuleReply {
  readonly answer?: unknown
  readonly error?: string
}

/** A program and its arguments. */
type Command = readonly [program: string, ...args: string[]]
type Question = Pick<ProgramPartner, 'input' | 'answersOn'>
type Terms = Pick<Transmission, 'deadline' | 'log'> & { readonly signal: AbortSignal }

async function askPlugin(
  world: PluginWorld,
  request: HookRequest | undefined,
  command: Command,
  question: Question,
  { fail, ...terms }: Transmission,
): Promise<string> {
  const { text, end } = await ask(world, request, command, question, { ...terms, signal: world.interruption })
  if ('status' in end && end.status === 0) return text
  throw fail(`it ${describeEnd(end, terms.deadline)}`)
}

function ask(
  { askProgram, ownEnv }: PluginWorld,
  request: HookRequest | undefined,
  [program, ...args]: Command,
  question: Question,
  { deadline, log, signal }: Terms,
): Promise<ProgramAnswer> {
  return askProgram(program, args, {
    env: createPluginEnvironment(ownEnv, request?.credentials),
    limit: deadline,
    signal,
    partner: { ...question, onLine: log },
  })
}

function parseAnswer(text: string, fail: Transmission['fail']): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw fail('its answer is no JSON', cause)
  }
}

function describeEnd(end: ProgramAnswer['end'], deadline: number): string {
  if ('status' in end) return `ended with status ${end.status}`
  if ('signal' in end) return `was ended by ${end.signal}`
  return {
    'too-slow': describeLateness(deadline),
    'too-long': 'answered with more than 1 MiB',
    'not-found': 'cannot be started: not found, or its interpreter is missing',
    'not-executable': 'cannot be started',
  }[end.failure]
}

function describeLateness(deadline: number): string {
  return `did not answer within ${deadline / 1000} s`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
