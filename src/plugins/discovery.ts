import { basename, extname, join } from 'node:path'
import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { isPluginName, type PluginSettings } from '../profiles/plugin-settings.ts'
import { printable } from '../text/redact.ts'
import { isBuiltin, listBuiltins } from './builtin/registry.ts'
import type { PluginSource } from './source.ts'

const moduleExtensions = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs']
const executablePrefix = 'assume-plugin-'

/**
 * The plugins that there are, by name: the built-in ones, those in the plugin folder, and the npm packages that the
 * settings name. Reads names of files, no content. Throws AssumeError `invalid-plugin` where two have one name.
 */
export async function discoverPlugins(
  { files, glob }: Pick<Context, 'files' | 'glob'>,
  folder: string,
  settings: readonly PluginSettings[],
): Promise<ReadonlyMap<string, PluginSource>> {
  const found = new Map<string, PluginSource>(
    listBuiltins().map((name) => [name, { name, form: 'built-in' }] as const),
  )
  const add = (source: PluginSource) => {
    const other = found.get(source.name)
    if (other) throw sameName(source, other)
    found.set(source.name, source)
  }
  if (files.stat(folder)?.isDirectory) {
    const patterns = [`*.{${moduleExtensions.join(',')}}`, `${executablePrefix}*`, '*/package.json']
    for (const path of await glob(folder, patterns)) {
      const source = describePluginPath(join(folder, path.replace(/[/\\]package\.json$/, '')))
      if (source && isPluginName(source.name)) add(source)
    }
  }
  for (const { name, package: packageName } of settings) {
    if (packageName === undefined || isBuiltin(name)) continue
    add({ name, form: 'package', path: join(folder, 'node_modules', ...packageName.split('/')) })
  }
  return found
}

/** The plugin that lies at a path, by the path alone; undefined for what can be none. */
export function describePluginPath(path: string): PluginSource | undefined {
  const file = basename(path)
  if (file.startsWith(executablePrefix)) {
    const name = file.slice(executablePrefix.length).replace(/\.(exe|cmd|bat)$/i, '')
    return { name, form: 'executable', path }
  }
  const extension = extname(file)
  if (moduleExtensions.includes(extension.slice(1))) {
    return { name: basename(file, extension), form: 'module', path }
  }
  return extension === '' ? { name: file, form: 'package', path } : undefined
}

function sameName({ name, ...source }: PluginSource, other: PluginSource): AssumeError {
  const place = (each: object) => ('path' in each ? printable(String(each.path)) : 'a built-in one')
  return new AssumeError(
    'invalid-plugin',
    `there are two plugins called ${name}: ${place(other)} and ${place(source)}`,
    { hint: 'rename one of them' },
  )
}
