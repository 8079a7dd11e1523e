import { type ConfigDocument, parseDocument } from '../profiles/config/document.ts'
import { type AwsConfig, mergeDocuments } from '../profiles/config/merge.ts'
import type { Settings, SettingsSections } from '../settings/settings.ts'
import type { OwnFile } from '../tool-files/own-file.ts'

/** A file that a shell reads when it starts. */
export type StartUpFile = OwnFile

/** All that a tool's plan follows from. */
export interface ImportFacts {
  /** The text of the config file; undefined where there is none. */
  readonly configText: string | undefined
  /** What the config file says by itself. */
  readonly config: AwsConfig
  /** What the credentials file says by itself. */
  readonly credentials: AwsConfig
  /** The sections of the config file, by type and name, that Granted writes anew from a registry. */
  readonly fed: ReadonlySet<string>
  readonly registries: readonly string[]
  readonly settings: Settings
  /** The sections of the settings file. */
  readonly sections: SettingsSections
  readonly startUp: readonly StartUpFile[]
  /** The tool's own files by what they are to it; absent where there is none. */
  readonly own: ReadonlyMap<string, OwnFile>
  /** The names in folders of the tool's own, by what they are to it. */
  readonly listings: ReadonlyMap<string, readonly string[]>
  /** Ids of this machine, as Leapp makes its key from one. */
  readonly machineIds: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
}

type ConfigFacts = Pick<ImportFacts, 'configText' | 'config' | 'fed' | 'registries'>

const empty = (kind: 'config' | 'credentials') => parseDocument('', kind)

/** What follows from the text of the config file. */
export function readConfigFacts(configText: string | undefined): ConfigFacts {
  const document = parseDocument(configText ?? '', 'config')
  return {
    configText,
    config: mergeDocuments(document, empty('credentials')),
    ...findRegistries(document),
  }
}

/** What follows from the text of the credentials file. */
export function readCredentialsFacts(text: string | undefined): AwsConfig {
  return mergeDocuments(empty('config'), parseDocument(text ?? '', 'credentials'))
}

const startMarker = /^\[granted_registry_start ([^\]]+)\]/
const endMarker = /^\[granted_registry_end /

/** What lies between the marker sections of Granted; behind a start without an end it takes all for its own. */
function findRegistries({ lines, sections }: ConfigDocument): Pick<ImportFacts, 'fed' | 'registries'> {
  const registries: string[] = []
  const fed = new Set<string>()
  let isInside = false
  let next = 0
  for (const [index, line] of lines.entries()) {
    const start = startMarker.exec(line)?.[1]
    if (start !== undefined) registries.push(start)
    if (start !== undefined || endMarker.test(line)) isInside = start !== undefined
    const section = sections[next]
    if (section?.line !== index + 1) continue
    next += 1
    if (isInside) fed.add(`${section.type} ${section.name}`)
  }
  return { fed, registries }
}

/** What the config file says of a profile; undefined where it says nothing, or where Granted feeds it. */
export function readOwnProfile(
  { config, fed }: ImportFacts,
  name: string,
): ReadonlyMap<string, string> | undefined {
  return fed.has(`profile ${name}`) ? undefined : config.profiles.get(name)?.values
}

/** Every profile of the config file that is the user's to change. */
export function listOwnProfiles(facts: ImportFacts): [name: string, values: ReadonlyMap<string, string>][] {
  return [...facts.config.profiles]
    .filter(([name]) => !facts.fed.has(`profile ${name}`))
    .map(([name, { values }]) => [name, values])
}

/** Whether there is a profile of that name, in either file. */
export function isTaken({ config, credentials }: ImportFacts, name: string): boolean {
  return config.profiles.has(name) || credentials.profiles.has(name)
}

/** How the credentials file has keys for a profile. */
export function findKeys(
  { credentials }: Pick<ImportFacts, 'credentials'>,
  name: string,
): 'none' | 'temporary' | 'lasting' {
  const values = credentials.profiles.get(name)?.values
  if (!values?.get('aws_access_key_id')) return 'none'
  return values.get('aws_session_token') ? 'temporary' : 'lasting'
}

/** A variable as the environment has it, else as a start-up file sets it, read and never run; undefined for neither. */
export function readVariable({ env, startUp }: ImportFacts, name: string): string | undefined {
  if (env[name] !== undefined) return env[name]
  const line = new RegExp(
    String.raw`^[ \t]*(?:(?:export[ \t]+)?${name}=|set[ \t]+-\w+[ \t]+${name}[ \t]+)(["']?)([^"'$\`\s;]*)\1[ \t]*;?[ \t]*$`,
    'm',
  )
  return startUp.map(({ text }) => line.exec(text)?.[2]).find((value) => value !== undefined)
}
