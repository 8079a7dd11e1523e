import type { Settings } from '../../settings/settings.ts'
import type {
  ConfigDocument,
  ConfigProblem,
  ConfigProperty,
  ConfigSection,
  StrictReader,
} from './document.ts'
import type { FileKind } from './header.ts'

/** What the files say of one profile. */
export interface ProfileProperties {
  readonly values: ReadonlyMap<string, string>
  /** The files that have a section for it. */
  readonly files: readonly FileKind[]
  /** The keys whose values are from the credentials file; absent: none. */
  readonly fromCredentials?: ReadonlySet<string>
  /** Those of them that the config file has, too; absent: none. */
  readonly inBoth?: ReadonlySet<string>
}

/** A problem and the file that it is in. */
export interface FileProblem extends ConfigProblem {
  readonly file: FileKind
}

/** Both files as one: what the AWS tools know of profiles, SSO sessions and services. */
export interface AwsConfig {
  readonly profiles: ReadonlyMap<string, ProfileProperties>
  readonly sessions: ReadonlyMap<string, ReadonlyMap<string, string>>
  readonly services: ReadonlyMap<string, ReadonlyMap<string, string>>
  readonly problems: readonly FileProblem[]
  /** Why a reader rejects one of the files, and with it both. */
  readonly rejections: Readonly<Partial<Record<StrictReader, FileProblem>>>
  /** The sections that the AWS CLI reads otherwise, by type and name with a space between. */
  readonly unlikeCli: ReadonlyMap<string, SectionOfCli>
  /** Our own settings, which hold for whatever profile says nothing else; absent where only the AWS files are looked at. */
  readonly settings?: Settings
}

/** What the AWS CLI makes of a section that is read otherwise here. */
export interface SectionOfCli {
  /** That it does not find the section; here is what stands between the brackets, without the blanks. */
  readonly hidden?: string
  /** The keys with a comment behind the value, which stays in it. */
  readonly commented: readonly string[]
}

interface MutableProfile {
  readonly values: Map<string, string>
  readonly files: FileKind[]
  fromCredentials?: Set<string>
  inBoth?: Set<string>
}

/**
 * Merges the two files by the rules that the AWS SDKs share: the last section and key of a name wins, the
 * credentials file wins per key, and `[profile default]` replaces a `[default]` of the config file.
 * The order is that of first appearance, the config file first.
 */
export function mergeDocuments(config: ConfigDocument, credentials: ConfigDocument): AwsConfig {
  const profiles = new Map<string, MutableProfile>()
  const sessions = new Map<string, Map<string, string>>()
  const services = new Map<string, Map<string, string>>()
  const unlikeCli = new Map<string, SectionOfCli>()
  const rejections: Partial<Record<StrictReader, FileProblem>> = {}
  for (const document of [config, credentials]) {
    for (const reader of ['aws-cli', 'java-and-rust'] as const) {
      const problem = document.rejections[reader]
      if (problem) rejections[reader] ??= { ...problem, file: document.kind }
    }
    const hasProfileDefault = document.sections.some(isProfileDefault)
    for (const section of document.sections) {
      const { type, name } = section
      if (section.hidden || section.properties.some(hasComment)) noteForCli(unlikeCli, section)
      if (type !== 'profile') {
        assign(obtain(type === 'sso-session' ? sessions : services, name, newValues), section)
        continue
      }
      const profile = obtain(profiles, name, newProfile)
      if (!profile.files.includes(document.kind)) profile.files.push(document.kind)
      const isReplaced = hasProfileDefault && section.bare && name === 'default'
      if (isReplaced) continue
      if (document.kind === 'credentials') noteOrigin(profile, section)
      assign(profile.values, section)
    }
  }
  const problems = [...listProblems(config), ...listProblems(credentials)]
  return { profiles, sessions, services, problems, rejections, unlikeCli }
}

function noteForCli(
  unlikeCli: Map<string, SectionOfCli>,
  { type, name, text, hidden, properties }: ConfigSection,
): void {
  const earlier = unlikeCli.get(`${type} ${name}`)
  const commented = properties.filter(hasComment).map(({ key }) => key)
  unlikeCli.set(`${type} ${name}`, {
    ...earlier,
    ...(hidden && { hidden: text }),
    commented: [...(earlier?.commented ?? []), ...commented],
  })
}

/** Before the values of a section of the credentials file are assigned. */
function noteOrigin(profile: MutableProfile, { properties }: ConfigSection): void {
  profile.fromCredentials ??= new Set()
  for (const { key } of properties) {
    if (profile.values.has(key) && !profile.fromCredentials.has(key)) {
      profile.inBoth ??= new Set()
      profile.inBoth.add(key)
    }
    profile.fromCredentials.add(key)
  }
}

function hasComment({ comment }: ConfigProperty): boolean {
  return comment !== undefined
}

/** The file that the value of a key of a profile is from; undefined where neither file has the key. */
export function findFile(
  { values, files, fromCredentials }: ProfileProperties,
  key: string,
): FileKind | undefined {
  if (!values.has(key) || files.length === 0) return undefined
  return fromCredentials?.has(key) ? 'credentials' : 'config'
}

/** Whether a file has a key of a profile, be it that the other one has it, too. */
export function hasInFile(profile: ProfileProperties, key: string, file: FileKind): boolean {
  return findFile(profile, key) === file || (file === 'config' && (profile.inBoth?.has(key) ?? false))
}

/** Whether a section is `[profile default]`, which makes the readers forget `[default]`. */
export function isProfileDefault(section: ConfigSection): boolean {
  return section.type === 'profile' && section.name === 'default' && !section.bare
}

function listProblems(document: ConfigDocument): FileProblem[] {
  return document.problems.map(({ line, message }) => ({ file: document.kind, line, message }))
}

function assign(values: Map<string, string>, section: ConfigSection): void {
  for (const { key, value } of section.properties) values.set(key, value)
}

function obtain<Value>(map: Map<string, Value>, name: string, make: () => Value): Value {
  const known = map.get(name)
  if (known !== undefined) return known
  const made = make()
  map.set(name, made)
  return made
}

function newValues(): Map<string, string> {
  return new Map()
}

function newProfile(): MutableProfile {
  return { values: new Map(), files: [] }
}
