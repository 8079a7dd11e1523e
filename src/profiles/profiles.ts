import type { Context, Files } from '../context.ts'
import type { Settings } from '../settings/settings.ts'
import { readSettingsFile } from '../settings/settings-file.ts'
import { readText } from '../system/files/read-text.ts'
import { locatePaths, type Paths, shortenPath } from '../system/paths.ts'
import { type SourceSnapshot, snapshotSources } from '../system/source-stamps.ts'
import { printable } from '../text/redact.ts'
import { type ConfigDocument, type ConfigProblem, parseDocument } from './config/document.ts'
import type { FileKind } from './config/header.ts'
import { type AwsConfig, mergeDocuments } from './config/merge.ts'
import { type ReadAs, viewDocuments } from './config/reader-view.ts'
import { type PluginSections, parsePluginSections } from './plugin-settings.ts'
import { describeProfile, type Profile } from './profile.ts'

/** The two AWS files as they were read, whole or what concerns some profiles. */
export type AwsDocuments = readonly [config: ConfigDocument, credentials: ConfigDocument]

/** The user's profiles and settings, as the files held them. */
export interface Profiles {
  readonly paths: Paths
  readonly documents: AwsDocuments
  readonly config: AwsConfig
  /** The files as the tools read them. */
  readonly readAs: ReadAs
  readonly settings: Settings
  /** What the settings file says of plugins. */
  readonly plugins: PluginSections
  /** The files as they were before they were read. */
  readonly snapshot: SourceSnapshot
  /** Whether only what concerns some profiles was read. */
  readonly isExcerpt?: boolean
}

/**
 * Reads config, credentials and settings, and writes nothing. `paths` are those of the environment as it is unless told.
 * Throws AssumeError `unreadable-file`, `unsafe-file`; lines that are not understood are left out (`listWarnings`).
 */
export function loadProfiles(
  context: Context,
  paths: Paths = locatePaths(context.env, context.platform),
): Profiles {
  const snapshot = snapshotSources(context, paths)
  const read = (path: string, kind: FileKind) => parseDocument(readText(context.files, path) ?? '', kind)
  const documents = [read(paths.awsConfig, 'config'), read(paths.awsCredentials, 'credentials')] as const
  const profiles = assembleProfiles(context, paths, { documents, snapshot })
  const count = profiles.config.profiles.size
  context.trace(`${count} profiles in ${paths.awsConfig} and ${paths.awsCredentials}`)
  return profiles
}

/**
 * What AWS files that have been read make together with the settings. Throws AssumeError `unreadable-file`, `unsafe-file`
 * for the settings.
 */
export function assembleProfiles(
  context: Context,
  paths: Paths,
  { documents, snapshot }: Pick<Profiles, 'documents' | 'snapshot'>,
): Profiles {
  const { settings, sections } = readSettingsFile(context, paths.settings)
  const config = { ...mergeDocuments(...documents), settings }
  return {
    paths,
    documents,
    config,
    readAs: viewDocuments(documents, context.env),
    settings,
    plugins: parsePluginSections(sections),
    snapshot,
  }
}

/** What of the AWS files is not understood, a line each with file and line number; not the line that the AWS CLI rejects a file for. */
export function listWarnings({ paths, documents, config }: Profiles): string[] {
  return documents.flatMap((document) =>
    listFaults(document, config).map(
      ({ line, message }) => `${nameFile(paths, document.kind)}:${line}: ${printable(message)}`,
    ),
  )
}

/** How many lines of each file are not understood, one line for each file that has such. */
export function countFaults({ paths, documents, config }: Profiles): string[] {
  return documents.flatMap((document) => {
    const count = new Set(listFaults(document, config).map(({ line }) => line)).size
    if (count === 0) return []
    const what = count === 1 ? '1 line is' : `${count} lines are`
    return [`${nameFile(paths, document.kind)}: ${what} not understood; assume doctor config`]
  })
}

/** What is wrong with lines, but for the one that the AWS CLI rejects the file for. */
function listFaults({ kind, problems }: ConfigDocument, { rejections }: AwsConfig): ConfigProblem[] {
  const rejection = rejections['aws-cli']
  return problems.filter(({ line }) => line !== rejection?.line || kind !== rejection.file)
}

function nameFile(paths: Paths, kind: FileKind): string {
  return shortenPath(kind === 'config' ? paths.awsConfig : paths.awsCredentials, paths)
}

/**
 * Both AWS files as one, where the config file has this text; undefined: there is none.
 * Throws AssumeError `unreadable-file` for the credentials file.
 */
export function mergeWithCredentials(
  files: Files,
  { awsCredentials }: Pick<Paths, 'awsCredentials'>,
  configText: string | undefined,
): AwsConfig {
  return mergeDocuments(
    parseDocument(configText ?? '', 'config'),
    parseDocument(readText(files, awsCredentials) ?? '', 'credentials'),
  )
}

/** Every profile, in the order of the files. */
export function describeProfiles(config: AwsConfig): Profile[] {
  return [...config.profiles.keys()]
    .map((name) => describeProfile(config, name))
    .filter((each) => each !== undefined)
}
