import { createHash } from 'node:crypto'
import { join, posix } from 'node:path'
import type { Context, FileStat } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { describeObjection, formatRemedy, type Objection } from '../system/files/objection.ts'
import { parseJsonObject } from '../text/json-object.ts'
import { printable } from '../text/redact.ts'
import { decodeText } from '../text/utf-8.ts'
import type { Hint } from '../text/words.ts'
import { loadBuiltin } from './builtin/registry.ts'
import type { InspectedPlugin, PluginSource } from './source.ts'

/** What somebody should know of a plugin before it runs for the first time. */
export interface Inspection {
  readonly plugin: InspectedPlugin
  /** Hexadecimal SHA-256 of its content; absent from a built-in one. */
  readonly hash?: string
  /** The id of the user to whom the file or folder belongs. */
  readonly userId?: number
}

type World = Pick<Context, 'files' | 'platform' | 'user'>
/** What speaks against a file or folder, with those above it. */
type Judge = (path: string) => Objection | undefined
/** Throws what speaks against it. */
type Check = (path: string) => void
type FileSource = Exclude<PluginSource, { form: 'built-in' }>

/**
 * Looks at a plugin without running any of it. Throws AssumeError `unsafe-plugin` for a file or folder that is objected to,
 * and `invalid-plugin` for one that is missing or cannot be a plugin.
 */
export async function inspectPlugin(
  world: World,
  source: PluginSource,
  findObjection: Judge,
): Promise<Inspection> {
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
  const check = (place: string) => refuse(findObjection(place), world.user)
  check(path)
  const { userId } = stat
  if (source.form === 'package') return { ...inspectPackage(world, source, check), userId }
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
function inspectPackage(world: World, { name, path }: FileSource, check: Check): Omit<Inspection, 'userId'> {
  const { files } = world
  const root = files.resolve(path)
  const digests: Record<string, string> = {}
  const lines: string[] = []
  for (const inner of listFiles(world, root, check).sort()) {
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
  if (kind !== 'file' && kind !== 'directory')
    throw invalid(path, 'it is no file, but a pipe, a socket or a device', (quote) => `ls -l ${quote(path)}`)
}

/** All files below a folder whose path has no link, with `/` in their paths, looked at. */
function listFiles(world: World, root: string, check: Check, folder = ''): string[] {
  const { files } = world
  return files.list(join(root, folder)).flatMap((name) => {
    const inner = posix.join(folder, name)
    const full = join(root, inner)
    const stat = files.stat(full)
    if (!stat || files.resolve(full) !== full) throw invalid(full, 'a link in a plugin is not followed')
    check(full)
    checkKind(full, stat)
    return stat.isDirectory ? listFiles(world, root, check, inner) : [inner]
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

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function refuse(objection: Objection | undefined, user: World['user']): void {
  if (!objection) return
  const what = `a plugin from ${printable(objection.path)} is refused: ${describeObjection(objection)}`
  throw new AssumeError('unsafe-plugin', what, {
    hint: (quote) => formatRemedy(objection, user?.id ?? 0, quote),
  })
}

function invalid(path: string, reason: string, hint?: Hint): AssumeError {
  return new AssumeError('invalid-plugin', `${printable(path)} is no plugin: ${reason}`, { hint })
}
