import { createHash } from 'node:crypto'
import { dirname, join, posix } from 'node:path'
import type { Context, FileStat } from '../context.ts'
import { decodeText } from '../core/config/text.ts'
import { parseJsonObject } from '../core/json-object.ts'
import { AssumeError } from '../errors.ts'
import { printable } from '../redact.ts'
import type { Hint } from '../words.ts'
import { loadBuiltin } from './builtin/registry.ts'
import type { Plugin, PluginSource } from './source.ts'

/** What somebody should know of a plugin before it runs for the first time. */
export interface Inspection {
  readonly plugin: Plugin
  /** Hexadecimal SHA-256 of its content; absent from a built-in one. */
  readonly hash?: string
  /** The id of the user to whom the file or folder belongs. */
  readonly userId?: number
}

type World = Pick<Context, 'files' | 'platform' | 'userId'>
type FileSource = Exclude<PluginSource, { form: 'built-in' }>

/**
 * Looks at a plugin without running any of it. `home` is where the folders end that nobody else may write to.
 * Throws AssumeError `unsafe-plugin` for a file or folder that others can write to or own, and `invalid-plugin` for
 * one that is missing or cannot be a plugin.
 */
export async function inspectPlugin(world: World, source: PluginSource, home: string): Promise<Inspection> {
  if (source.form === 'built-in') {
    return { plugin: { ...source, definition: await loadBuiltin(source.name) } }
  }
  const { path } = source
  const stat = world.files.stat(path)
  if (!stat) throw invalid(path, 'it does not exist')
  if (stat.isDirectory !== (source.form === 'package')) {
    throw invalid(path, stat.isDirectory ? 'it is a folder' : 'it is no folder')
  }
  checkKind(path, stat)
  checkWriters(world, path, home)
  const { userId } = stat
  if (source.form === 'package') return { ...inspectPackage(world, source), userId }
  const bytes = world.files.read(path)
  const hash = digest(bytes)
  if (source.form === 'module')
    return { plugin: { ...source, form: 'module', text: decodeText(bytes) }, hash, userId }
  if (world.platform !== 'win32' && (stat.mode & 0o111) === 0) {
    throw invalid(path, 'it is not executable', (quote) => `chmod +x ${quote(path)}`)
  }
  return { plugin: { ...source, form: 'executable' }, hash, userId }
}

/** All that lies in the folder counts, with its path. */
function inspectPackage(world: World, { name, path }: FileSource): Omit<Inspection, 'userId'> {
  const { files } = world
  const root = files.resolve(path)
  const digests: Record<string, string> = {}
  const lines: string[] = []
  for (const inner of listFiles(world, root).sort()) {
    // With such names other files could have the same lines.
    if (/[\n\r]/.test(inner)) throw invalid(join(path, inner), 'its name has a line break')
    const full = join(root, inner)
    const hash = digest(files.read(full))
    digests[full] = hash
    lines.push(`${hash}  ${inner}\n`)
  }
  const manifest = parseJsonObject(decodeText(files.read(join(path, 'package.json'))))
  return {
    plugin: { name, form: 'package', path, entry: findEntry(path, manifest), files: digests },
    hash: digest(new TextEncoder().encode(lines.join(''))),
  }
}

function checkKind(path: string, { kind }: FileStat): void {
  if (kind === 'pipe' || kind === 'other')
    throw invalid(path, 'it is no file, but a pipe, a socket or a device', (quote) => `ls -l ${quote(path)}`)
}

/** All files below a folder whose path has no link, with `/` in their paths, looked at. */
function listFiles(world: World, root: string, folder = ''): string[] {
  const { files } = world
  return files.list(join(root, folder)).flatMap((name) => {
    const inner = posix.join(folder, name)
    const full = join(root, inner)
    const stat = files.stat(full)
    if (!stat || files.resolve(full) !== full) throw invalid(full, 'a link in a plugin is not followed')
    checkEntry(world, full)
    checkKind(full, stat)
    return stat.isDirectory ? listFiles(world, root, inner) : [inner]
  })
}

/** The module that a package.json names, as Node's `exports` or `main`. */
function findEntry(path: string, { exports, main }: Readonly<Record<string, unknown>>): string {
  const root = typeof exports === 'object' && exports !== null && '.' in exports ? exports['.'] : exports
  const conditions = (typeof root === 'object' && root !== null ? root : {}) as Record<string, unknown>
  const named = [root, conditions['import'], conditions['default'], main].find(
    (each) => typeof each === 'string',
  )
  const entry = posix.join('.', named ?? 'index.js')
  if (!entry.split('/').includes('..')) return `./${entry}`
  throw invalid(join(path, 'package.json'), `${printable(entry)}, which it names, is not in its folder`)
}

/** The file or folder, and the folders above it up to the home folder, on the way of a link and behind it. */
function checkWriters(world: World, path: string, home: string): void {
  if (world.platform === 'win32') return
  const { files } = world
  const end = files.stat(home) ? files.resolve(home) : home
  for (const start of new Set([files.resolve(path), join(files.resolve(dirname(path)), 'x')])) {
    if (start === files.resolve(path)) checkEntry(world, start)
    for (let folder = dirname(start); ; folder = dirname(folder)) {
      checkEntry(world, folder)
      if (folder === end || folder === dirname(folder)) break
    }
  }
}

/** A folder with the sticky bit, like /tmp, is one in which others cannot replace what is ours. */
function checkEntry({ files, platform, userId }: World, path: string): void {
  const stat = files.stat(path)
  if (platform === 'win32' || !stat) return
  const isSticky = stat.isDirectory && (stat.mode & 0o1000) !== 0
  if ((stat.mode & 0o022) !== 0 && !isSticky) {
    throw unsafe(path, 'others can write to it', (quote) => `chmod go-w ${quote(path)}`)
  }
  if (stat.userId !== userId && stat.userId !== 0) {
    throw unsafe(path, `it belongs to another user (${stat.userId})`, (quote) => `ls -ld ${quote(path)}`)
  }
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function unsafe(path: string, reason: string, hint: Hint): AssumeError {
  return new AssumeError('unsafe-plugin', `a plugin from ${printable(path)} is refused: ${reason}`, { hint })
}

function invalid(path: string, reason: string, hint?: Hint): AssumeError {
  return new AssumeError('invalid-plugin', `${printable(path)} is no plugin: ${reason}`, { hint })
}
