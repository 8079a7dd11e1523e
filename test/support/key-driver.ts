import { changePassphrase } from '../../src/key-lifecycle/change-passphrase.ts'
import { findKeyFacts, listKeyFacts } from '../../src/keys/key-facts.ts'
import type { KeyStoreName } from '../../src/keys/key-store.ts'
import { openKeyStore } from '../../src/keys/open-key-store.ts'
import type { StoredKey } from '../../src/keys/stored-key.ts'
import { endBySignal, takeInterruption } from '../../src/system/interruption.ts'
import { locatePaths } from '../../src/system/paths.ts'
import { createContext } from './context.ts'
import type { Home } from './home.ts'

/** What a process does with stored keys, one step after the other. */
export type KeyStep =
  | { readonly do: 'write'; readonly store: KeyStoreName; readonly profile: string; readonly key: StoredKey }
  | { readonly do: 'read' | 'remove'; readonly store: KeyStoreName; readonly profile: string }
  | { readonly do: 'facts' }
  | { readonly do: 'passphrase' }

export interface KeyJob {
  readonly installation: string
  readonly steps: readonly KeyStep[]
  /** What is typed; absent: there is no terminal. */
  readonly answers?: readonly string[]
}

/** What has come of a step. */
export interface KeyAnswer {
  readonly value?: unknown
  readonly code?: string
  readonly message?: string
  readonly hint?: string
}

const job = JSON.parse(process.env['KEY_JOB'] ?? '{}') as KeyJob
const { signal, cleanups } = takeInterruption()
const home = { path: process.env['HOME'] ?? '' } as Home
const screen: string[] = []
const context = {
  ...createContext(home, {
    env: process.env as Record<string, string>,
    screen,
    ...(job.answers && { answers: job.answers }),
  }),
  installation: job.installation,
  interruption: signal,
  cleanups,
  notify: (line: string) => void process.stderr.write(`${line}\n`),
}
const paths = locatePaths(context.env, context.platform)

async function take(step: KeyStep): Promise<unknown> {
  if (step.do === 'facts') return listKeyFacts(context, paths)
  if (step.do === 'passphrase') return (await changePassphrase(context)).notices
  const store = await openKeyStore(context, paths, step.store, { mayAsk: true })
  if (step.do === 'write') await store.write(step.profile, step.key)
  if (step.do === 'remove') await store.remove(step.profile)
  return step.do === 'read' ? await store.read(step.profile) : findKeyFacts(context, paths, step.profile)
}

for (const step of job.steps) {
  const answer = await take(step).then(
    (value): KeyAnswer => ({ value }),
    (error): KeyAnswer => {
      // As main.ts does.
      if (error === signal.reason) endBySignal('SIGINT')
      return { code: error.code ?? error.stack, message: error.message, hint: error.hint }
    },
  )
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}
