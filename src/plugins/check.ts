import { basename } from 'node:path'
import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { isPluginName } from '../profiles/plugin-settings.ts'
import type { Paths } from '../system/paths.ts'
import { canAsk } from '../ui/terminal.ts'
import type { HookName } from './api.ts'
import { askUser } from './ask-user.ts'
import { describePlugin } from './describe.ts'
import { describePluginPath } from './discovery.ts'
import { inspectSource } from './inspect-source.ts'
import { findPluginFolders } from './plugin-files.ts'
import type { Manifest } from './runner/protocol.ts'
import { callHook, type HookFacts } from './runner/runner.ts'
import { sampleCredentials, sampleOptions, sampleProfiles } from './samples.ts'
import type { InspectedPlugin, PluginSource } from './source.ts'
import { acceptPlan, noPlans } from './variable-plan.ts'

/** What came of one call. Absent `answer`: nothing to say. */
export interface Finding {
  readonly hook: HookName | 'file' | 'describe'
  /** The sample profile, where the hook is about one. */
  readonly profile?: string
  readonly answer?: unknown
  /** What is wrong. */
  readonly fault?: string
}

/**
 * Runs the plugin at a path, enabled or not: for its manifest, and each of its hooks with sample profiles. It needs no
 * option to be set. Throws AssumeError `cancelled`.
 */
export async function checkPlugin(
  context: Context,
  paths: Paths,
  path: string,
): Promise<{ readonly name: string; readonly findings: readonly Finding[] }> {
  const findings: Finding[] = []
  const attempt = async <Value>(place: Pick<Finding, 'hook' | 'profile'>, body: () => Promise<Value>) => {
    try {
      const answer = await body()
      if (place.hook !== 'file') findings.push({ ...place, ...(answer !== undefined && { answer }) })
      return answer
    } catch (error) {
      if (!(error instanceof AssumeError) || error.code === 'cancelled') throw error
      findings.push({ ...place, fault: error.message })
      return undefined
    }
  }
  const source = findSource(context, path)
  const plugin = await attempt({ hook: 'file' }, async () => (await inspectSource(context, source)).plugin)
  const manifest = plugin && (await attempt({ hook: 'describe' }, () => describePlugin(context, plugin)))
  for (const hook of manifest?.hooks ?? []) {
    for (const profile of hook === 'profiles' ? [undefined] : sampleProfiles) {
      const place = { hook, ...(profile && { profile: profile.name }) }
      await attempt(place, () =>
        tryHook(context, paths, plugin as InspectedPlugin, manifest as Manifest, hook, profile),
      )
    }
  }
  return { name: source.name, findings }
}

function findSource({ files }: Context, path: string): PluginSource {
  const isFolder = files.stat(path)?.isDirectory === true
  const source = isFolder
    ? { name: basename(path), form: 'package' as const, path }
    : describePluginPath(path)
  if (source && isPluginName(source.name) && (isFolder || source.form !== 'package')) return source
  throw new AssumeError('invalid-plugin', `${path} has no name that a plugin can have`, {
    hint: 'NAME.ts, NAME.js, a folder NAME with a package.json, or a program assume-plugin-NAME; NAME: a-z, 0-9, -',
  })
}

async function tryHook(
  context: Context,
  paths: Paths,
  plugin: InspectedPlugin,
  { needs, options }: Manifest,
  hook: HookName,
  profile: HookFacts['profile'],
): Promise<unknown> {
  const sees = hook === 'env' || hook === 'prepared'
  const facts: HookFacts = {
    options: sampleOptions(options),
    folders: findPluginFolders(paths, plugin.name),
    ...(profile && { profile }),
    ...(sees && needs?.credentials && { credentials: sampleCredentials }),
    ...(hook === 'mfa' && { serial: 'arn:aws:iam::111122223333:mfa/sample' }),
    ...(hook === 'prepared' && { set: ['SAMPLE'], unset: [] }),
  }
  const ask = canAsk(context.terminal) ? (label: string) => askUser(context, plugin.name, label) : undefined
  const answer = await callHook(context, plugin, hook, facts, { ask })
  if (hook !== 'env' || !answer) return answer
  const result = acceptPlan(noPlans, plugin.name, answer as object, needs?.variables)
  if ('plans' in result) return answer
  throw new AssumeError('plugin-failed', `plugin ${plugin.name}, env: ${result.fault}`)
}
