import { safe } from 'ini'
import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { agreedKeys, type PluginSettings, titlePlugin } from '../profiles/plugin-settings.ts'
import { editSettingsText } from '../settings/settings.ts'
import { editText } from '../system/files/edit-file.ts'
import { type Paths, shortenPath } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import { confirm } from '../ui/confirm.ts'
import { canAsk, holdTerminal, needYes } from '../ui/terminal.ts'
import { describePlugin } from './describe.ts'
import type { Inspection } from './inspect-plugin.ts'
import { inspectSource } from './inspect-source.ts'
import type { Manifest } from './runner/protocol.ts'
import type { InspectedPlugin, PluginSource } from './source.ts'

/** What the user agreed to when a plugin was enabled, as it stands in the settings. */
export type Agreement = Pick<
  PluginSettings,
  'hash' | 'hooks' | 'mayUseCredentials' | 'variables' | 'hides' | 'isStatic'
>

export interface ConsentOptions {
  /** Why there is something to agree to, a line shown first. */
  readonly reason: string
  /** Whether every question is answered with yes. */
  readonly saysYes: boolean
  /** The command that says yes, for where nobody can be asked. */
  readonly hint: string
}

/**
 * Has the user agree to a plugin as it is now, and writes that to the settings: shows what it is, asks, only then runs
 * it for its manifest, shows what it wants, and asks again. A built-in plugin is assume's own and needs no asking.
 * Throws AssumeError `confirmation-needed` without a terminal, `cancelled` for a no, and what `inspectPlugin` and
 * `describePlugin` throw.
 */
export async function agreeOnPlugin(
  context: Context,
  paths: Paths,
  source: PluginSource,
  options: ConsentOptions,
): Promise<{ readonly plugin: InspectedPlugin; readonly agreement: Agreement }> {
  const inspection = await inspectSource(context, source)
  const { plugin } = inspection
  if (plugin.form !== 'built-in') {
    const lines = [options.reason, ...describeInspection(inspection, paths)]
    await agree(context, lines, `Run ${plugin.name} to see what it wants?`, options)
  }
  const manifest = await describePlugin(context, plugin)
  if (plugin.form !== 'built-in') {
    await agree(context, describeWishes(manifest), `Enable ${plugin.name}?`, options)
  }
  const agreement = {
    ...agreementOf(manifest),
    ...(inspection.hash !== undefined && { hash: inspection.hash }),
  }
  await writeAgreement(context, paths, plugin.name, agreement)
  return { plugin, agreement }
}

/** What somebody who enables a plugin with this manifest agrees to. */
export function agreementOf({ hooks, needs, dependsOn, options }: Manifest): Agreement {
  const hides = Object.entries(typeof options === 'object' ? options : {}).flatMap(([name, { secret }]) =>
    secret ? [name] : [],
  )
  return {
    hooks,
    mayUseCredentials: needs?.credentials ?? false,
    ...(needs?.variables && { variables: needs.variables }),
    ...(hides.length > 0 && { hides }),
    isStatic: dependsOn === 'profile',
  }
}

/** Takes a plugin out of use; its options stay. */
export function disablePlugin(context: Context, paths: Paths, name: string): Promise<void> {
  const none = Object.fromEntries(agreedKeys.map((key) => [key, undefined]))
  return writeSection(context, paths, name, { enabled: 'no', ...none })
}

/** Lines on a plugin that nobody has run. */
export function describeInspection({ plugin, hash, userId }: Inspection, paths: Paths): string[] {
  return [
    `  kind    ${plugin.form}`,
    ...('path' in plugin ? [`  path    ${printable(shortenPath(plugin.path, paths))}`] : []),
    ...(userId === undefined ? [] : [`  owner   user ${userId}`]),
    ...(hash === undefined ? [] : [`  sha256  ${hash}`]),
  ]
}

/** Lines on what a plugin does and wants, by its own account. */
export function describeWishes({ name, hooks, needs, options }: Manifest): string[] {
  const optionLines =
    typeof options === 'object'
      ? Object.entries(options).map(([option, { describe }]) => `              ${option}: ${describe}`)
      : []
  return [
    `${name} says of itself:`,
    `  hooks        ${hooks.join(', ')}`,
    `  credentials  ${needs?.credentials ? 'YES: it gets the keys of the profile' : 'none'}`,
    `  variables    ${needs?.variables?.join(', ') ?? 'any but those of AWS and of the shell'}`,
    `  programs     ${needs?.programs?.join(', ') ?? 'none that it names'}`,
    ...(optionLines.length > 0 ? ['  options', ...optionLines] : []),
  ].map((line) => printable(line))
}

async function agree(
  context: Context,
  lines: readonly string[],
  question: string,
  { saysYes, hint }: ConsentOptions,
): Promise<void> {
  const text = `${lines.join('\n')}\n`
  if (saysYes || !canAsk(context.terminal)) {
    for (const line of lines) context.notify(line)
    if (saysYes) return
    throw needYes(hint)
  }
  const isAgreed = await holdTerminal(context.terminal, (session) => {
    session.output.write(text)
    return confirm(session, question)
  })
  if (!isAgreed) throw new AssumeError('cancelled', 'nothing was changed')
}

function writeAgreement(context: Context, paths: Paths, name: string, agreement: Agreement): Promise<void> {
  const { hash, hooks, mayUseCredentials, variables, hides, isStatic } = agreement
  return writeSection(context, paths, name, {
    enabled: 'yes',
    hash,
    hooks: hooks?.join(', '),
    allow: mayUseCredentials ? 'credentials' : undefined,
    variables: variables?.join(', '),
    hide: hides?.join(', '),
    plan: isStatic ? 'profile' : undefined,
  })
}

async function writeSection(
  context: Context,
  paths: Paths,
  name: string,
  values: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  await editText(context, paths, paths.settings, (before) =>
    Object.entries(values).reduce(
      (text, [key, value]) =>
        editSettingsText(text, key, value === undefined ? undefined : safe(value), titlePlugin(name)),
      before,
    ),
  )
}
