import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, realpathSync, writeSync } from 'node:fs'
import Module, { isBuiltin } from 'node:module'
import { basename, join } from 'node:path'
import * as api from '../api.ts'
import { answerRequest, type HookPorts } from './answer.ts'
import { ModuleLoader, type PluginFiles } from './module-loader.ts'
import type { HookRequest } from './protocol.ts'
import type { ModuleReply, ModuleRequest } from './transport.ts'

/**
 * The program that runs a user's module, which gets a `ModuleRequest` on stdin and writes an array of
 * `ModuleReply` to descriptor 4. Whoever started it ends it when it takes too long.
 */
const answerDescriptor = 4

/** A folder that can hold nothing, so that a plugin of one file finds no other: only the one file has been looked at. */
const nowhere = '/dev/null'

async function main(): Promise<void> {
  const { plugin, requests, abortsAt } = JSON.parse(readFileSync(0, 'utf8')) as ModuleRequest
  const ports = createPorts(abortsAt)
  const replies: ModuleReply[] = []
  for (const request of requests) replies.push(await answer(plugin, request, ports))
  send(replies)
}

async function answer(
  plugin: ModuleRequest['plugin'],
  request: HookRequest,
  ports: HookPorts,
): Promise<ModuleReply> {
  try {
    definition ??= load(plugin)
    const answer = await answerRequest(await definition, request, ports)
    return answer === undefined ? {} : { answer }
  } catch (error) {
    return { error: describeError(error, plugin) }
  }
}

let definition: Promise<unknown> | undefined

async function load(plugin: ModuleRequest['plugin']): Promise<unknown> {
  const files = plugin.form === 'package' ? keepToFolder(plugin.files) : keepToText(plugin)
  confineNode(files)
  const loader = new ModuleLoader(files, new Map([['assume-cli/plugin', api]]))
  const [entry, folder] =
    plugin.form === 'package'
      ? [plugin.entry, realpathSync(plugin.path)]
      : [`./${basename(plugin.path)}`, nowhere]
  const exports = await loader.import(entry, join(folder, 'package.json'))
  return (exports as { default?: unknown } | undefined)?.default ?? exports
}

function keepToText({ path, text }: { readonly path: string; readonly text: string }): PluginFiles {
  const only = join(nowhere, basename(path))
  return { has: (other) => other === only, read: () => text }
}

function keepToFolder(digests: Readonly<Record<string, string>>): PluginFiles {
  return {
    has: (path) => Object.hasOwn(digests, path),
    read(path) {
      const bytes = readFileSync(path)
      if (createHash('sha256').update(bytes).digest('hex') === digests[path]) return bytes.toString()
      throw new Error(`${path} is not as it was when it was looked at`)
    },
  }
}

/** A `require` of Node's own, which a module can make itself, leads nowhere else either. */
function confineNode(files: PluginFiles): void {
  const loader = Module as unknown as { _resolveFilename(id: string, ...rest: unknown[]): string }
  const resolve = loader._resolveFilename
  loader._resolveFilename = function (id, ...rest) {
    const path = resolve.call(this, id, ...rest)
    if (isBuiltin(path) || files.has(path)) return path
    throw Object.assign(new Error(`Cannot find module '${id}' in the plugin`), { code: 'MODULE_NOT_FOUND' })
  }
}

/** The hook hears of its end a little earlier, so that it can clean up. */
function createPorts(abortsAt: number): HookPorts {
  const lateness = new AbortController()
  setTimeout(
    () => lateness.abort(new DOMException('the hook takes too long', 'TimeoutError')),
    Math.max(0, abortsAt - Date.now()),
  )
  return {
    signal: lateness.signal,
    log: (message) => process.stderr.write(`${message}\n`),
    exec: (program, args, input) =>
      new Promise((resolve, reject) => {
        const child = execFile(program, args, { encoding: 'utf8' }, (error, stdout, stderr) => {
          process.stderr.write(stderr)
          if (!error) resolve({ status: 0, stdout })
          else if (typeof error.code === 'number') resolve({ status: error.code, stdout })
          else reject(error)
        })
        child.stdin?.on('error', () => {}).end(input)
      }),
  }
}

function describeError(error: unknown, { form }: ModuleRequest['plugin']): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  if (!/^Cannot find (module|package)/.test(line)) return line
  return form === 'package'
    ? `${line}: a package imports nothing from outside of its folder; bundle what it needs`
    : `${line}: a plugin of one file imports nothing but Node's own modules and assume-cli/plugin; make it a folder with a package.json`
}

function send(replies: readonly ModuleReply[]): void {
  const bytes = Buffer.from(JSON.stringify(replies))
  for (let written = 0; written < bytes.length; ) written += writeSync(answerDescriptor, bytes, written)
  process.exit(0)
}

main().catch((error) => {
  process.stderr.write(`${error}\n`)
  process.exit(1)
})
