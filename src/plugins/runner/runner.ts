import { AssumeError } from '../../errors.ts'
import { hideSecrets, printable } from '../../text/redact.ts'
import type { PluginCredentials } from '../api.ts'
import type { InspectedPlugin } from '../source.ts'
import type { HookRequest, PluginAnswers, Question } from './protocol.ts'
import { askModule, type ModulePlugin, type PluginWorld, type Transmission, transmit } from './transport.ts'
import { findFault } from './validate.ts'

/** What goes into a request besides the facts of its hook. */
export type HookFacts = Partial<
  Pick<HookRequest, 'profile' | 'options' | 'folders' | 'credentials' | 'serial' | 'set' | 'unset'>
>

export interface CallOptions {
  /** Asks the user; absent where nobody can be asked. */
  readonly ask?: ((label: string) => Promise<string>) | undefined
  /** Further values that must not be shown. */
  readonly secrets?: readonly string[]
}

/** Milliseconds. The longer ones are for plugins that start a program which waits for the user itself. */
const deadlines: Readonly<Record<keyof PluginAnswers, number>> = {
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
export async function callHook<Hook extends keyof PluginAnswers>(
  world: PluginWorld,
  plugin: InspectedPlugin,
  hook: Hook,
  facts: HookFacts,
  { ask, secrets = [] }: CallOptions = {},
): Promise<PluginAnswers[Hook] | undefined> {
  const hidden = [...secrets, ...listSecrets(facts.credentials)]
  const transmission = { deadline: deadlines[hook], ...prepareVoice(world, plugin, hook, hidden) }
  const { fail } = transmission
  const answers: Record<string, string> = {}
  for (let round = 0; round <= questionLimit; round += 1) {
    const request = createRequest(hook, facts, answers, ask !== undefined)
    const answer = await transmit(world, plugin, request, transmission)
    if (answer === undefined) return undefined
    // A program that knows of one hook only answers as to that one.
    if (hook === 'describe' && plugin.form === 'executable' && !has(answer, 'apiVersion')) return undefined
    const isQuestion = has(answer, 'ask')
    const fault = findFault(isQuestion ? 'question' : hook, answer)
    if (fault !== undefined) throw fail(`its answer is not valid: ${fault}`)
    if (!isQuestion) return answer as PluginAnswers[Hook]
    const { label } = (answer as Question).ask
    if (!ask) throw fail(`there is no terminal to ask for "${label}" on`)
    answers[label] = await ask(printable(label))
    hidden.push(answers[label])
  }
  throw fail('it does not stop asking')
}

/**
 * The plans of a plugin for many profiles, at once and unseen: it is called as `callHook` does, but asks nothing. A plan
 * is undefined where there is nothing to say, and `fault` where it cannot be had so. Throws AssumeError `plugin-failed`
 * when the plugin as a whole fails.
 */
export async function callForPlans(
  world: PluginWorld,
  plugin: ModulePlugin,
  all: readonly HookFacts[],
): Promise<(PluginAnswers['env'] | 'fault' | undefined)[]> {
  const silent = { ...world, notify: () => {} }
  const transmission = { deadline: deadlines.env, ...prepareVoice(silent, plugin, 'env', []) }
  const requests = all.map((facts) => createRequest('env', facts, {}, false))
  const replies = await askModule(silent, plugin, requests, transmission)
  return replies.map(({ answer, error }) => {
    const isGood = error === undefined && (answer === undefined || findFault('env', answer) === undefined)
    return isGood ? (answer as PluginAnswers['env'] | undefined) : 'fault'
  })
}

function createRequest(
  hook: HookRequest['hook'],
  facts: HookFacts,
  answers: HookRequest['answers'],
  terminal: boolean,
): HookRequest {
  return { apiVersion: 1, hook, options: {}, ...facts, terminal, answers }
}

/** What a plugin says and how it fails, without what is hidden at that time. */
function prepareVoice(
  { notify }: PluginWorld,
  { name }: InspectedPlugin,
  hook: HookRequest['hook'],
  hidden: readonly string[],
): Pick<Transmission, 'log' | 'fail'> {
  return {
    log: (line) => notify(hideSecrets(printable(`${name}: ${line}`), hidden)),
    fail: (reason, cause) =>
      new AssumeError('plugin-failed', `plugin ${name}, ${hook}: ${hideSecrets(printable(reason), hidden)}`, {
        cause,
      }),
  }
}

function has(answer: unknown, key: string): boolean {
  return typeof answer === 'object' && answer !== null && key in answer
}

/** The parts of credentials that nobody may see. */
export function listSecrets(credentials: PluginCredentials | undefined): string[] {
  const { secretAccessKey, sessionToken } = credentials ?? {}
  return [secretAccessKey, sessionToken].filter((each) => each !== undefined)
}
