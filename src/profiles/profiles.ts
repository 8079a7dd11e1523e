import type { Context, Files } from '../context.ts'
import { readText } from '../system/files/read-text.ts'
import { locatePaths, type Paths, shortenPath } from '../system/paths.ts'
import { type SourceSnapshot, snapshotSources } from '../system/source-stamps.ts'
import { printable } from '../text/redact.ts'
import { parseDocument } from './config/document.ts'
import { type AwsConfig, mergeDocuments } from './config/merge.ts'
import { type ReadAs, viewDocuments } from './config/reader-view.ts'
import { type PluginSections, parsePluginSections } from './plugin-settings.ts'
import { describeProfile, type Profile } from './profile.ts'
import type { Settings } from './settings.ts'
import { readSettingsFile } from './settings-file.ts'

/** The user's profiles and settings, as the files held them. */
export interface Profiles {
  readonly paths: Paths
  readonly config: AwsConfig
  /** The files as the tools read them. */
  readonly readAs: ReadAs
  readonly settings: Settings
  /** What the settings file says of plugins. */
  readonly plugins: PluginSections
  /** What of the AWS files is not understood, one line each with file and line number; not the line that the AWS CLI rejects a file for. */
  readonly warnings: readonly string[]
  /** The files as they were before they were read. */
  readonly snapshot: SourceSnapshot
}

/**
 * Reads config, credentials and settings, and writes nothing. `paths` are those of the environment as it is unless told.
 * Throws AssumeError `unreadable-file`, `unsafe-file`; lines that are not understood are warnings.
 */
export function loadProfiles(
  context: Context,
  paths: Paths = locatePaths(context.env, context.platform),
): Profiles {
  const snapshot = snapshotSources(context, paths)
  const documents = [
    {
      path: paths.awsConfig,
      document: parseDocument(readText(context.files, paths.awsConfig) ?? '', 'config'),
    },
    {
      path: paths.awsCredentials,
      document: parseDocument(readText(context.files, paths.awsCredentials) ?? '', 'credentials'),
    },
  ] as const
  const config = mergeDocuments(documents[0].document, documents[1].document)
  const { settings, sections } = readSettingsFile(context, paths.settings)
  const plugins = parsePluginSections(sections)
  context.trace(`${config.profiles.size} profiles in ${documents.map(({ path }) => path).join(' and ')}`)
  const rejection = config.rejections['aws-cli']
  const warnings = documents.flatMap(({ path, document: { kind, problems } }) =>
    problems
      .filter(({ line }) => line !== rejection?.line || kind !== rejection.file)
      .map(({ line, message }) => `${shortenPath(path, paths)}:${line}: ${printable(message)}`),
  )
  const readAs = viewDocuments([documents[0].document, documents[1].document], context.env)
  return { paths, config, readAs, settings, plugins, warnings, snapshot }
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
