/**
 * What a plugin of assume is written against, published as `assume-cli/plugin`. It imports nothing, so that it can be
 * read and bundled by itself; docs/plugins/write-your-own.md is its guide.
 */

/** The moments at which assume calls a plugin. */
export type HookName = 'env' | 'guard' | 'mfa' | 'credentials' | 'profiles' | 'prepared'

/** What assume knows of the profile that is switched to. What its files do not say is absent. */
export interface ProfileFacts {
  readonly name: string
  /** How it gets its credentials. */
  readonly kind: string
  /** As it is written in the config file, mostly twelve digits. */
  readonly accountId?: string
  readonly roleName?: string
  /** The region that the switch sets. */
  readonly region?: string
  /** The keys of the profile that begin with `assume_`, in lower case. */
  readonly keys: Readonly<Record<string, string>>
}

/** Keys that sign requests to AWS. */
export interface PluginCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  /** RFC 3339; absent for keys without an end. */
  readonly expiration?: string
  readonly accountId?: string
}

/** What a switch is to change besides AWS's own variables. No name may stand in both lists. */
export interface EnvPlan {
  readonly set?: Readonly<Record<string, string>>
  /** Names to remove while the profile is active. */
  readonly unset?: readonly string[]
  /** Those names of `set` whose values must not be shown or kept on disk. */
  readonly secret?: readonly string[]
  /** Absolute paths of files that `set` leads to: without one of them the plan fails. */
  readonly expects?: readonly string[]
  /**
   * Small files that `set` leads to, their texts by their names: up to 100 of a-z, 0-9, `.`, `_` and `-`, a letter or
   * digit first and no `.` last, for names that differ in case alone are one on many file systems. What is to be named
   * after a profile is named after a digest. They are written to `folders.own` when the plan is accepted, for this user
   * alone, and nobody is to edit them. No place for secrets.
   */
  readonly files?: Readonly<Record<string, string>>
}

/** The names of the variables that all plugins together set and remove. */
export interface ChangedNames {
  readonly set: readonly string[]
  readonly unset: readonly string[]
}

/** Whether a switch may happen. `style` colours the profile in the prompt. */
export type GuardDecision =
  | { readonly decision: 'allow'; readonly style?: 'protected' }
  | { readonly decision: 'deny'; readonly message: string }
  | {
      readonly decision: 'confirm'
      /** The question; without `type` it is answered with yes or no. */
      readonly message: string
      /** What the user has to type. */
      readonly type?: string
      /** Whether `--yes` answers too. */
      readonly acceptsYes?: boolean
      readonly style?: 'protected'
    }

/** A profile from elsewhere. `keys` are those of a section in the AWS config file, never a secret or a command. */
export interface ProvidedProfile {
  readonly name: string
  readonly keys: Readonly<Record<string, string>>
}

export interface OptionDescription {
  readonly describe: string
  readonly required?: boolean
  /** The value where the user sets none. */
  readonly default?: string
  /** Its value is hidden in what the plugin logs and in its errors. */
  readonly secret?: boolean
}

export type OptionTable = Readonly<Record<string, OptionDescription>>

/** The values of the options for this profile. Every value is text. */
export type OptionValues<Options> = Options extends OptionTable
  ? {
      readonly [Name in keyof Options]: Options[Name] extends { required: true } | { default: string }
        ? string
        : string | undefined
    }
  : Readonly<Record<string, string>>

/** What a plugin asks the user for when it is enabled. */
export interface Needs {
  /** The keys of the profile, for `env` and `prepared`: in the context, and as variables for what it starts. */
  readonly credentials?: boolean
  /** The variables that its plans name; `*` stands for any characters. Absent: any. */
  readonly variables?: readonly string[]
  /** The programs that `exec` may start, each spelled as it is started; `*` alone for any. */
  readonly programs?: readonly string[]
}

export interface ExecResult {
  readonly status: number
  readonly stdout: string
}

/** What every hook is given. */
export interface HookContext<Values = Readonly<Record<string, string>>> {
  readonly options: Values
  readonly folders: {
    /** The home folder, for which `~` stands. */
    readonly home: string
    /** Where the files of its plans are written. It need not exist. */
    readonly own: string
  }
  /** Aborted when the hook takes too long, or the user gives up. Shortly after, the plugin is ended. */
  readonly signal: AbortSignal
  /** Shows a line to the user. Values of secret options and of credentials are hidden. */
  log(message: string): void
  readonly terminal: {
    /** Whether there is somebody to ask. */
    readonly isPresent: boolean
    /**
     * Asks for a line of text. assume asks, then calls the hook again from its beginning, and this time the answer
     * is there: what stands before a question runs twice. Throws where there is no terminal.
     */
    ask(label: string): Promise<string>
  }
  /**
   * Runs one of the programs under `needs`, without a shell and without the terminal. `input` goes to its stdin.
   * Throws when it cannot be started; a status other than 0 is a result.
   */
  exec(program: string, args: readonly string[], options?: { readonly input?: string }): Promise<ExecResult>
}

export interface ProfileContext<Values = Readonly<Record<string, string>>> extends HookContext<Values> {
  readonly profile: ProfileFacts
}

export interface PlanContext<Values = Readonly<Record<string, string>>> extends ProfileContext<Values> {
  /** Absent unless asked for under `needs`, and where the switch goes without a login. */
  readonly credentials?: PluginCredentials
}

type Hook<Context, Answer> = (context: Context) => Answer | undefined | Promise<Answer | undefined>

/** A plugin. Every hook may return nothing, which means that it has nothing to say. */
export interface PluginDefinition<Options extends OptionTable | 'any' = OptionTable | 'any'> {
  /** Lower-case letters, digits and `-`; the name of the file, package or program. */
  readonly name: string
  readonly apiVersion: 1
  /** The options that there are; `any` leaves their names to the user. */
  readonly options?: Options
  readonly needs?: Needs
  /**
   * What the switch changes too. A plan that follows from the profile and the options alone may say so with
   * `dependsOn`: it is then worked out ahead of the switch.
   */
  readonly env?:
    | Hook<PlanContext<OptionValues<Options>>, EnvPlan>
    | {
        readonly dependsOn: 'profile'
        readonly plan: Hook<PlanContext<OptionValues<Options>>, EnvPlan>
      }
  /** Whether the switch may happen; called before anything else, a login too. */
  readonly guard?: Hook<ProfileContext<OptionValues<Options>>, GuardDecision>
  /** The code of the MFA device with this serial number or ARN. */
  readonly mfa?: Hook<ProfileContext<OptionValues<Options>> & { readonly serial: string }, { code: string }>
  /** Keys for the profile, in place of the ways that its files name. */
  readonly credentials?: Hook<ProfileContext<OptionValues<Options>>, PluginCredentials>
  /** Profiles that are in no file. */
  readonly profiles?: Hook<HookContext<OptionValues<Options>>, { profiles: readonly ProvidedProfile[] }>
  /** Called when every plan is accepted and the shell is about to apply them. */
  readonly prepared?: Hook<PlanContext<OptionValues<Options>> & ChangedNames, void>
}

/** What each hook answers. */
export interface HookAnswers {
  readonly env: EnvPlan
  readonly guard: GuardDecision
  readonly mfa: { readonly code: string }
  readonly credentials: PluginCredentials
  readonly profiles: { readonly profiles: readonly ProvidedProfile[] }
  readonly prepared: undefined
}

/** A plugin as assume takes it; what it can do is assume's to ask. */
export interface Plugin {
  readonly name: string
  readonly apiVersion: 1
}

/** The definition as it is, with its types checked and those of `options` taken over into the hooks. */
export function definePlugin<const Options extends OptionTable | 'any' = Readonly<Record<never, never>>>(
  definition: PluginDefinition<Options>,
): Plugin {
  return definition
}
