import type {
  ChangedNames,
  ExecResult,
  HookContext,
  HookName,
  OptionTable,
  PlanContext,
  PluginDefinition,
} from '../api.ts'
import { type HookRequest, hookNames, type Manifest, type Question } from './protocol.ts'

/** What a hook can use of the world. */
export interface HookPorts {
  readonly signal: AbortSignal
  readonly log: (message: string) => void
  readonly exec: (program: string, args: readonly string[], input: string) => Promise<ExecResult>
}

/**
 * Answers a request as the module that defines the plugin: with what its hook returns, a question, or undefined for
 * nothing to say. Throws what the hook throws, and an Error for a definition or an option that is not valid.
 */
export async function answerRequest(
  definition: unknown,
  request: HookRequest,
  ports: HookPorts,
): Promise<unknown> {
  const plugin = checkDefinition(definition)
  if (request.hook === 'describe') return describeDefinition(plugin)
  const hook = findHook(plugin, request.hook)
  if (!hook) throw new Error(`it has no hook "${request.hook}"`)
  try {
    return (await hook(createHookContext(plugin, request, ports))) ?? undefined
  } catch (error) {
    if (error instanceof Unanswered) return { ask: { label: error.label } } satisfies Question
    throw error
  }
}

/** Ends a hook that waits for an answer; assume calls it again with that. */
class Unanswered extends Error {
  readonly label: string

  constructor(label: string) {
    super(
      `"${label}" has not been answered yet: let this error pass, assume will ask and call the hook again`,
    )
    this.label = label
  }
}

function checkDefinition(value: unknown): PluginDefinition {
  if (typeof value !== 'object' || value === null || !('apiVersion' in value)) {
    throw new Error('its default export is no plugin: export default definePlugin({ … })')
  }
  if (value.apiVersion !== 1) {
    throw new Error(`it is written for apiVersion ${String(value.apiVersion)}, this assume speaks 1`)
  }
  return value as PluginDefinition
}

function describeDefinition(plugin: PluginDefinition): Manifest {
  const { name, options, needs, env } = plugin
  return {
    name,
    apiVersion: 1,
    hooks: hookNames.filter((hook) => plugin[hook] !== undefined),
    ...(options && { options }),
    ...(needs && { needs }),
    ...(typeof env === 'object' && { dependsOn: env.dependsOn }),
  }
}

type AnyHook = (context: PlanContext & ChangedNames & { serial: string }) => unknown

function findHook(plugin: PluginDefinition, name: HookName): AnyHook | undefined {
  const hook = plugin[name]
  return (typeof hook === 'object' ? hook.plan : hook) as AnyHook | undefined
}

function createHookContext(plugin: PluginDefinition, request: HookRequest, ports: HookPorts) {
  const { signal, log } = ports
  const { apiVersion: _, hook, options, terminal, answers, ...facts } = request
  const context: Omit<HookContext, 'folders'> = {
    options: resolveOptions(plugin.options, options),
    signal,
    log,
    terminal: {
      isPresent: terminal,
      async ask(label) {
        const answer = Object.hasOwn(answers, label) ? answers[label] : undefined
        if (answer !== undefined) return answer
        if (!terminal) throw new Error(`there is no terminal to ask for "${label}" on`)
        throw new Unanswered(label)
      },
    },
    async exec(program, args, { input = '' } = {}) {
      const programs = plugin.needs?.programs ?? []
      if (!programs.includes(program) && !programs.includes('*')) {
        throw new Error(`${program} is not among the programs that it asks for under needs`)
      }
      return ports.exec(program, args, input)
    },
  }
  return { ...facts, ...context } as Parameters<AnyHook>[0]
}

function resolveOptions(
  table: OptionTable | 'any' | undefined,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  if (table === 'any') return { ...given }
  const known = Object.entries(table ?? {})
  const stray = Object.keys(given).find((name) => !known.some(([each]) => each === name))
  if (stray !== undefined) {
    const names = known.map(([name]) => name).join(', ')
    throw new Error(`there is no option "${stray}"; there ${names ? `are: ${names}` : 'are none'}`)
  }
  const values = known.map(([name, option]) => [name, given[name] ?? option.default, option] as const)
  const missing = values.find(([, value, { required }]) => required && value === undefined)
  if (missing) throw new Error(`the option "${missing[0]}" is needed: ${missing[2].describe}`)
  return Object.fromEntries(values.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}
