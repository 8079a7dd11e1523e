import { join } from 'node:path'
import type { Consultation, ConsultationEnd, Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { hideSecrets, printable } from '../redact.ts'
import { answerRequest, type HookPorts } from './answer.ts'
import type { ExecResult } from './api.ts'
import { createPluginEnvironment } from './environment.ts'
import type { Answers, HookRequest, Question } from './protocol.ts'
import type { Plugin } from './source.ts'
import { findFault } from './validate.ts'

type World = Pick<Context, 'env' | 'consult' | 'notify' | 'interruption' | 'node' | 'installation'>

/** What goes into a request besides the facts of its hook. */
export type HookFacts = Partial<
  Pick<HookRequest, 'profile' | 'options' | 'credentials' | 'serial' | 'set' | 'unset'>
>

export interface CallOptions {
  /** Asks the user; absent where nobody can be asked. */
  readonly ask?: ((label: string) => Promise<string>) | undefined
  /** Milliseconds, where the usual ones do not fit. */
  readonly deadline?: number
  /** Further values that must not be shown. */
  readonly secrets?: readonly string[]
}

/** Milliseconds. The longer ones are for plugins that start a program which waits for the user itself. */
const deadlines: Readonly<Record<keyof Answers, number>> = {
  describe: 5000,
  env: 5000,
  guard: 60_000,
  mfa: 60_000,
  credentials: 60_000,
  profiles: 5000,
  prepared: 5000,
}

/** A plugin that asks and asks is stuck. */
const questionLimit = 10

/**
 * Has a plugin answer to a hook, and asks the user what it wants to be asked. Its answer is as `schema.json` says;
 * undefined when it has nothing to say. Whatever the form of the plugin, it gets the same and is treated the same.
 * Throws AssumeError `plugin-failed` with the names of plugin and hook, and `cancelled`.
 */
export async function callHook<Hook extends keyof Answers>(
  world: World,
  plugin: Plugin,
  hook: Hook,
  facts: HookFacts,
  { ask, deadline = deadlines[hook], secrets = [] }: CallOptions = {},
): Promise<Answers[Hook] | undefined> {
  const hidden = [...secrets, ...listSecrets(facts)]
  const fail = (reason: string, cause?: unknown) => {
    const text = hideSecrets(printable(reason), hidden)
    return new AssumeError('plugin-failed', `plugin ${plugin.name}, ${hook}: ${text}`, { cause })
  }
  const answers: Record<string, string> = {}
  for (let round = 0; round <= questionLimit; round += 1) {
    const request: HookRequest = {
      apiVersion: 1,
      hook,
      options: {},
      ...facts,
      terminal: ask !== undefined,
      answers,
    }
    const log = (line: string) => world.notify(hideSecrets(printable(`${plugin.name}: ${line}`), hidden))
    const answer = await transmit(world, plugin, request, { deadline, log, fail })
    if (answer === undefined) return undefined
    // A program that knows of one hook only answers as to that one.
    if (hook === 'describe' && plugin.form === 'executable' && !has(answer, 'apiVersion')) return undefined
    const isQuestion = has(answer, 'ask')
    const fault = findFault(isQuestion ? 'question' : hook, answer)
    if (fault !== undefined) throw fail(`its answer is not valid: ${fault}`)
    if (!isQuestion) return answer as Answers[Hook]
    const { label } = (answer as Question).ask
    if (!ask) throw fail(`there is no terminal to ask for "${label}" on`)
    answers[label] = await ask(printable(label))
    hidden.push(answers[label])
  }
  throw fail('it does not stop asking')
}

function has(answer: unknown, key: string): boolean {
  return typeof answer === 'object' && answer !== null && key in answer
}

interface Transmission {
  readonly deadline: number
  readonly log: (line: string) => void
  readonly fail: (reason: string, cause?: unknown) => AssumeError
}

function transmit(
  world: World,
  plugin: Plugin,
  request: HookRequest,
  transmission: Transmission,
): Promise<unknown> {
  if (plugin.form === 'built-in') return askDefinition(world, plugin.definition, request, transmission)
  if (plugin.form === 'executable') return askExecutable(world, plugin.path, request, transmission)
  return askModule(world, plugin, request, transmission)
}

/** A built-in plugin, in this process: nothing can stop a loop in it, and none has one. */
async function askDefinition(
  world: World,
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
  world: World,
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
  const env = createPluginEnvironment(world.env, request.credentials)
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
  world: World,
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

/** The module's own stdout is not where its answer goes, so that nothing that it prints can spoil that. */
async function askModule(
  world: World,
  plugin: Extract<Plugin, { form: 'module' | 'package' }>,
  request: HookRequest,
  transmission: Transmission,
): Promise<unknown> {
  const host = join(world.installation, 'dist', 'plugin-host.mjs')
  const input = JSON.stringify({ plugin, request, deadline: transmission.deadline } satisfies ModuleRequest)
  const reply = await consult(world, world.node, [host], input, 'descriptor 4', request, transmission)
  if (reply === '') throw transmission.fail('it ended without an answer')
  const { answer, error } = parseAnswer(reply, transmission.fail) as ModuleReply
  if (error !== undefined) throw transmission.fail(error)
  return answer
}

/** What the process that runs a module gets on stdin. */
export interface ModuleRequest {
  readonly plugin: Extract<Plugin, { form: 'module' | 'package' }>
  readonly request: HookRequest
  /** Milliseconds after which it will be killed. */
  readonly deadline: number
}

/** What it answers on descriptor 4; `error` is what the module threw. */
export interface ModuleReply {
  readonly answer?: unknown
  readonly error?: string
}

async function consult(
  world: World,
  program: string,
  args: readonly string[],
  input: string,
  answersOn: Consultation['answersOn'],
  request: HookRequest,
  { deadline, log, fail }: Transmission,
): Promise<string> {
  const end = await world.consult(program, args, {
    env: createPluginEnvironment(world.env, request.credentials),
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

function listSecrets({ credentials }: HookFacts): string[] {
  const { secretAccessKey, sessionToken } = credentials ?? {}
  return [secretAccessKey, sessionToken].filter((each) => each !== undefined)
}
