import { join } from 'node:path'
import type { Consultation, ConsultationEnd, Context } from '../context.ts'
import type { AssumeError } from '../errors.ts'
import { answerRequest, type HookPorts } from './answer.ts'
import type { ExecResult } from './api.ts'
import { createPluginEnvironment } from './environment.ts'
import type { HookRequest } from './protocol.ts'
import type { Plugin } from './source.ts'

/** What it takes to reach a plugin. */
export type PluginWorld = Pick<
  Context,
  'ownEnv' | 'consult' | 'notify' | 'now' | 'interruption' | 'node' | 'installation'
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
  plugin: Plugin,
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
    exec: (program, args, input) => execute(world, program, args, { request, input, signal, deadline, log }),
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
  program: string,
  args: readonly string[],
  {
    request,
    input,
    signal,
    deadline,
    log,
  }: Pick<Consultation, 'input' | 'signal' | 'deadline'> & {
    request: HookRequest
    log: (line: string) => void
  },
): Promise<ExecResult> {
  const env = createPluginEnvironment(world.ownEnv, request.credentials)
  const end = await world.consult(program, args, {
    env,
    input,
    signal,
    deadline,
    answersOn: 'stdout',
    onLine: log,
  })
  if ('status' in end) return { status: end.status, stdout: end.answer }
  throw new Error(`${program} ${describeEnd(end, deadline)}`)
}

async function askExecutable(
  world: PluginWorld,
  path: string,
  request: HookRequest,
  transmission: Transmission,
): Promise<unknown> {
  const { fail } = transmission
  const answer = await consult(
    world,
    path,
    [],
    `${JSON.stringify(request)}\n`,
    'stdout',
    request,
    transmission,
  )
  return answer.trim() === '' ? undefined : parseAnswer(answer, fail)
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
  const host = join(world.installation, 'dist', 'plugin-host.mjs')
  const abortsAt = world.now() + transmission.deadline * 0.8
  const input = JSON.stringify({ plugin, requests, abortsAt } satisfies ModuleRequest)
  const [first] = requests
  const reply = await consult(world, world.node, [host], input, 'descriptor 4', first, transmission)
  if (reply === '') throw transmission.fail('it ended without an answer')
  return parseAnswer(reply, transmission.fail) as ModuleReply[]
}

/** A plugin that is loaded, in a process of its own. */
export type ModulePlugin = Extract<Plugin, { form: 'module' | 'package' }>

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

async function consult(
  world: PluginWorld,
  program: string,
  args: readonly string[],
  input: string,
  answersOn: Consultation['answersOn'],
  request: HookRequest | undefined,
  { deadline, log, fail }: Transmission,
): Promise<string> {
  const end = await world.consult(program, args, {
    env: createPluginEnvironment(world.ownEnv, request?.credentials),
    input,
    answersOn,
    deadline,
    signal: world.interruption,
    onLine: log,
  })
  world.interruption.throwIfAborted()
  if ('status' in end && end.status === 0) return end.answer
  throw fail(`it ${describeEnd(end, deadline)}`)
}

function parseAnswer(text: string, fail: Transmission['fail']): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw fail('its answer is no JSON', cause)
  }
}

function describeEnd(end: ConsultationEnd, deadline: number): string {
  if ('status' in end) return `ended with status ${end.status}`
  if ('signal' in end) return `was ended by ${end.signal}`
  return {
    late: describeLateness(deadline),
    aborted: 'was interrupted',
    excess: 'answered with more than 1 MiB',
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
