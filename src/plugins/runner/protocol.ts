import type {
  ChangedNames,
  HookAnswers,
  HookContext,
  HookName,
  Needs,
  OptionTable,
  PluginCredentials,
  ProfileFacts,
} from '../api.ts'

/** The document that a plugin gets, with the changed names for `prepared`; `schema.json` describes it and the answers. */
export interface HookRequest extends Partial<ChangedNames> {
  readonly apiVersion: 1
  readonly hook: HookName | 'describe'
  /** Absent for `describe` and `profiles`. */
  readonly profile?: ProfileFacts
  readonly options: Readonly<Record<string, string>>
  /** Absent for `describe`. */
  readonly folders?: HookContext['folders']
  /** Whether the user can be asked. */
  readonly terminal: boolean
  /** What the user has answered to this hook's questions, by their label. */
  readonly answers: Readonly<Record<string, string>>
  /** `env` and `prepared`, where they were asked for and granted. */
  readonly credentials?: PluginCredentials
  /** `mfa`. */
  readonly serial?: string
}

/** What a plugin says of itself. */
export interface Manifest {
  readonly name: string
  readonly apiVersion: 1
  readonly hooks: readonly HookName[]
  readonly options?: OptionTable | 'any'
  readonly needs?: Needs
  /** The plan of `env` follows from the profile and the options alone. */
  readonly dependsOn?: 'profile'
}

/** The answers by hook. In place of one a hook can have a question asked, and is then called again. */
export interface PluginAnswers extends Omit<HookAnswers, 'prepared'> {
  readonly describe: Manifest
  readonly prepared: Readonly<Record<never, never>>
}

export interface Question {
  readonly ask: { readonly label: string }
}

export const hookNames: readonly HookName[] = ['env', 'guard', 'mfa', 'credentials', 'profiles', 'prepared']

/** What a program is that says nothing of itself: variables, and no needs. */
export function describeBareProgram(name: string): Manifest {
  return { name, apiVersion: 1, hooks: ['env'] }
}
