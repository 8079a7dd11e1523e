import { execFile } from 'node:child_process'
import { readFileSync, writeSync } from 'node:fs'
import { basename } from 'node:path'
import { createJiti } from 'jiti/static'
import { answerRequest, type HookPorts } from './plugins/answer.ts'
import * as api from './plugins/api.ts'
import type { HookRequest } from './plugins/protocol.ts'
import type { ModuleReply, ModuleRequest } from './plugins/transport.ts'

/**
 * The program that runs a user's module, which gets a `ModuleRequest` on stdin and writes an array of
 * `ModuleReply` to descriptor 4. Whoever started it ends it when it takes too long.
 */
const answerDescriptor = 4

/** A folder that can hold nothing, so that a plugin of one file finds no other: only the one file has been looked at. */
const nowhere = '/dev/null'

const jiti = createJiti(nowhere, {
  // What lies in a cache would run unseen.
  fsCache: false,
  tryNative: false,
  virtualModules: { 'assume-cli/plugin': api },
})

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
  if (plugin.form === 'package') return jiti.import(plugin.entry, { default: true })
  const name = basename(plugin.path)
  const module = await jiti.evalModule(plugin.text, { filename: `${nowhere}/${name}`, async: true })
  return (module as { default?: unknown }).default
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
  const message = error instanceof Error ? error.message : String(error)
  const isMissing = /^Cannot find (module|package)/.test(message)
  if (form === 'package' || !isMissing) return message.split('\n')[0] ?? ''
  return `${message.split('\n')[0]}: a plugin of one file imports nothing but Node's own modules and assume-cli/plugin; make it a folder with a package.json`
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
