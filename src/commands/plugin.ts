import { resolve } from 'node:path'
import { usageError } from '../cli/mistake.ts'
import type { Arguments } from '../cli/parse.ts'
import type { Context, Outcome, Terminal } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { checkPlugin, type Finding } from '../plugins/check.ts'
import { agreeOnPlugin, disablePlugin } from '../plugins/consent.ts'
import { discoverPlugins } from '../plugins/discovery.ts'
import { listPlugins, type PluginState, readPluginSettings } from '../plugins/list.ts'
import type { PluginSource } from '../plugins/source.ts'
import type { PluginSettings } from '../profiles/plugin-settings.ts'
import { leaveIndex } from '../switch/known-profiles.ts'
import { locatePaths, type Paths, shortenPath } from '../system/paths.ts'
import { formatJson } from '../text/json-text.ts'
import { findNearest } from '../text/matching.ts'
import { printable } from '../text/redact.ts'
import { formatSuggestion } from '../text/suggestion.ts'
import { formatColumns } from '../ui/columns.ts'

/** `assume plugin [list] | enable NAME | disable NAME | check PATH`. */
export async function run({ positionals, flags }: Arguments, context: Context): Promise<Outcome> {
  const [action = 'list', word] = positionals
  const paths = locatePaths(context.env, context.platform)
  const isJson = flags['json'] === true
  if (action === 'list' && word === undefined) {
    const states = await listPlugins(context, paths)
    return { output: isJson ? formatJson(states) : await formatStates(states, paths, context.terminal) }
  }
  if (action === 'check' && word !== undefined) return check(context, paths, resolve(word), isJson)
  if (action === 'enable' && word !== undefined) {
    await enable(context, paths, word, flags['yes'] === true)
    leaveIndex(context, { paths })
    const states = await listPlugins(context, paths)
    return { ...report(states, word, isJson), notices: tellReach(states, paths, word) }
  }
  if (action === 'disable' && word !== undefined) {
    const known = readPluginSettings(context, paths)
    if (!known.some(({ name }) => name === word)) await findPlugin(context, paths, known, word)
    await disablePlugin(context, paths, word)
    leaveIndex(context, { paths })
    return report(await listPlugins(context, paths), word, isJson)
  }
  throw usageError('plugin', 'say "list", "enable NAME", "disable NAME" or "check PATH"')
}

async function enable(context: Context, paths: Paths, name: string, saysYes: boolean): Promise<void> {
  const source = await findPlugin(context, paths, readPluginSettings(context, paths), name)
  const hint = `assume plugin enable ${name} --yes`
  await agreeOnPlugin(context, paths, source, { reason: `plugin ${name}, not run so far:`, saysYes, hint })
}

async function findPlugin(
  context: Context,
  paths: Paths,
  known: readonly PluginSettings[],
  name: string,
): Promise<PluginSource> {
  const sources = await discoverPlugins(context, paths.plugins, known)
  const source = sources.get(name)
  if (source) return source
  const suggestion = formatSuggestion(findNearest(name, sources.keys(), 1))
  const folder = shortenPath(paths.plugins, paths)
  throw new AssumeError(
    'unknown-plugin',
    `there is no plugin ${printable(name) || '""'}, neither a built-in one nor in ${folder}${suggestion}`,
    { hint: 'assume plugin' },
  )
}

/** A guard that nobody has told what to guard asks everywhere. */
function tellReach(states: readonly PluginState[], paths: Paths, name: string): string[] {
  const state = states.find((each) => each.name === name)
  if (!state?.hooks?.includes('guard') || state.profiles) return []
  const file = shortenPath(paths.settings, paths)
  return [
    `${name} guards every profile until "profiles =" is set below [plugin ${name}]\n  in ${file}, as in: profiles = prod-*, *-admin`,
  ]
}

function report(states: readonly PluginState[], name: string, isJson: boolean): Outcome {
  const state = states.find((each) => each.name === name)
  if (isJson) return { output: formatJson(state) }
  return { output: `plugin ${name} is ${state?.state === 'enabled' ? 'enabled' : 'disabled'}\n` }
}

async function check(context: Context, paths: Paths, path: string, isJson: boolean): Promise<Outcome> {
  context.notify(`running ${printable(path)}`)
  const { findings, name } = await checkPlugin(context, paths, path)
  const isGood = findings.every(({ fault }) => fault === undefined)
  const output = isJson
    ? formatJson({ name, path, good: isGood, findings })
    : `${findings.map(formatFinding).join('')}${isGood ? 'good' : 'not good'}\n`
  return { output, exitStatus: isGood ? 0 : 1 }
}

function formatFinding({ hook, profile, answer, fault }: Finding): string {
  const what = profile === undefined ? hook : `${hook} for ${profile}`
  const result = fault ?? (answer === undefined ? 'nothing to say' : JSON.stringify(answer))
  return printable(`${fault === undefined ? 'ok  ' : 'BAD '} ${what}: ${result}`).concat('\n')
}

function formatStates(
  states: readonly PluginState[],
  paths: Paths,
  { stdoutColumns: width }: Terminal,
): Promise<string> {
  const column = (title: string, read: (state: PluginState) => string) => ({ title, cells: states.map(read) })
  return formatColumns(
    [
      column('PLUGIN', ({ name }) => name),
      column('KIND', ({ form }) => form),
      column('STATE', ({ state }) => state),
      column('DOES', ({ describe = '' }) => describe),
      column('PATH', ({ path }) => (path === undefined ? '' : shortenPath(path, paths))),
    ],
    { width },
  )
}
