import type {
  ChangedNames,
  EnvPlan,
  ExecResult,
  HookAnswers,
  HookContext,
  HookName,
  Plugin,
  PluginCredentials,
  ProfileFacts,
} from './api.ts'
import { answerRequest } from './runner/answer.ts'
import { findFault } from './runner/validate.ts'
import { sampleFolders, sampleProfiles } from './samples.ts'
import { acceptPlan, noPlans } from './variable-plan.ts'

export * from './api.ts'

/** What a hook is called with in a test. */
export interface RunOptions<Hook extends HookName = HookName> extends Partial<ChangedNames> {
  readonly hook: Hook
  /** Laid over those of a sample profile. */
  readonly profile?: Partial<ProfileFacts>
  readonly options?: Readonly<Record<string, string>>
  readonly folders?: HookContext['folders']
  readonly credentials?: PluginCredentials
  /** `mfa`. */
  readonly serial?: string
  /** What the user answers, by label; absent: there is no terminal. */
  readonly answers?: Readonly<Record<string, string>>
  /** Stands in for the programs that it runs; absent: running one is an error. */
  readonly exec?: (program: string, args: readonly string[], input: string) => ExecResult
  readonly log?: (message: string) => void
}

/**
 * Calls a hook of a plugin in a test as assume does, and checks the answer as assume does. Returns undefined when it has
 * nothing to say. Throws what the hook throws, and an Error for an answer or a plan that assume would not take.
 */
export async function runPlugin<Hook extends HookName>(
  plugin: Plugin,
  { hook, profile, options = {}, exec, log = () => {}, answers, ...facts }: RunOptions<Hook>,
): Promise<HookAnswers[Hook] | undefined> {
  const request = {
    apiVersion: 1 as const,
    hook,
    options,
    folders: sampleFolders,
    terminal: answers !== undefined,
    answers: answers ?? {},
    ...facts,
    ...(hook !== 'profiles' && { profile: { ...(sampleProfiles[0] as ProfileFacts), ...profile } }),
  }
  const signal = new AbortController().signal
  const answer = await answerRequest(plugin, request, {
    signal,
    log,
    exec: async (program, args, input) => {
      if (!exec) throw new Error(`the test has no exec to run ${program} with`)
      return exec(program, args, input)
    },
  })
  if (answer === undefined) return undefined
  const fault =
    findFault(hook, answer) ?? (hook === 'env' ? findFaultOfPlan(plugin, answer as EnvPlan) : undefined)
  if (fault !== undefined) throw new Error(`plugin ${plugin.name}, ${hook}: ${fault}`)
  return answer as HookAnswers[Hook]
}

function findFaultOfPlan(plugin: Plugin, plan: EnvPlan): string | undefined {
  const { needs } = plugin as { needs?: { variables?: readonly string[] } }
  const result = acceptPlan(noPlans, plugin.name, plan, needs?.variables)
  return 'fault' in result ? result.fault : undefined
}
