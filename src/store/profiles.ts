import type { Context, Files } from '../context.ts'
import { parseDocument } from '../core/config/document.ts'
import { type AwsConfig, mergeDocuments } from '../core/config/merge.ts'
import { type ReadAs, viewDocuments } from '../core/config/reader-view.ts'
import { findGuarded, findPluginsInSwitch, type SettingsSections } from '../core/plugin-settings.ts'
import { describeProfile, type Profile } from '../core/profile.ts'
import { formatRow } from '../core/profile-row.ts'
import { planRow } from '../core/row-plan.ts'
import type { Settings } from '../core/settings.ts'
import { printable } from '../redact.ts'
import { locatePaths, type Paths, shortenPath } from './paths.ts'
import { findFreshIndex, isFreshWithoutRows, writeIndex } from './profile-index.ts'
import { readText } from './read-text.ts'
import { updateExpiries } from './session-expiries.ts'
import { readSettingsFile, type SettingsFile } from './settings.ts'
import { findHindrances, type SourceSnapshot, snapshotSources } from './source-guards.ts'

/** The user's profiles and settings, as the files hold them now. */
export interface Profiles {
  readonly paths: Paths
  readonly config: AwsConfig
  /** The files as the tools read them. */
  readonly readAs: ReadAs
  readonly settings: Settings
  /** The sections of the settings file: what there is of plugins. */
  readonly sections: SettingsSections
  /** What of the AWS files is not understood, one line each with file and line number; not the line that the AWS CLI rejects a file for. */
  readonly warnings: readonly string[]
  /** Whether the profile index was stale and has been built anew. */
  readonly rebuilt: boolean
  /** The files as they were before they were read. */
  readonly snapshot: SourceSnapshot
}

/**
 * Reads config, credentials and settings, and brings the profile index up to date.
 * Throws AssumeError `unreadable-file`, `unsafe-file`; lines that are not understood are warnings.
 */
export function loadProfiles(context: Context): Profiles {
  const paths = locatePaths(context.env, context.platform)
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
  const index = findFreshIndex(context, paths)
  const isHindered = findHindrances(context, paths, snapshot).some(({ isLasting }) => isLasting)
  const rebuilt = isHindered ? !isFreshWithoutRows(context, paths) : !index
  context.trace(`${config.profiles.size} profiles in ${documents.map(({ path }) => path).join(' and ')}`)
  context.trace(`the profile index is ${rebuilt ? 'built anew' : 'fresh'}`)
  if (index) updateExpiries(context, index.folder)
  if (rebuilt) rebuildIndex(context, { paths, snapshot, config, settings, sections, isHindered })
  const rejection = config.rejections['aws-cli']
  const warnings = documents.flatMap(({ path, document: { kind, problems } }) =>
    problems
      .filter(({ line }) => line !== rejection?.line || kind !== rejection.file)
      .map(({ line, message }) => `${shortenPath(path, paths)}:${line}: ${printable(message)}`),
  )
  const readAs = viewDocuments([documents[0].document, documents[1].document], context.env)
  return { paths, config, readAs, settings, sections, warnings, rebuilt, snapshot }
}

interface Rebuilding extends SettingsFile {
  readonly paths: Paths
  readonly snapshot: SourceSnapshot
  readonly config: AwsConfig
  /** Whether there can be no rows. */
  readonly isHindered: boolean
}

function rebuildIndex(
  context: Context,
  { paths, snapshot, config, settings, sections, isHindered }: Rebuilding,
): void {
  const profiles = describeProfiles(config)
  const { platform } = context
  const isLeftToPlugins = findPluginsInSwitch(sections)
  const rows = (isHindered ? [] : profiles).flatMap((profile) => {
    const row = isLeftToPlugins(profile) ? undefined : planRow({ config, settings, platform }, profile)
    return row ? formatRow(row) : []
  })
  const sessions = [...config.sessions.keys()]
  writeIndex(context, paths, snapshot, { profiles, sessions, rows, isGuarded: findGuarded(sections) })
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
