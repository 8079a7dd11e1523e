import type { Context } from '../../src/context.ts'
import { changePassphrase } from '../../src/key-lifecycle/change-passphrase.ts'
import { findKeyFacts, listKeyFacts } from '../../src/keys/key-facts.ts'
import type { KeyStoreName } from '../../src/keys/key-store.ts'
import { openKeyStore } from '../../src/keys/open-key-store.ts'
import type { StoredKey } from '../../src/keys/stored-key.ts'
import { locatePaths } from '../../src/system/paths.ts'

/** What a process does with stored keys, one step after the other. */
export type KeyStep =
  | { readonly do: 'write'; readonly store: KeyStoreName; readonly profile: string; readonly key: StoredKey }
  | { readonly do: 'read' | 'remove'; readonly store: KeyStoreName; readonly profile: string }
  | { readonly do: 'facts' }
  | { readonly do: 'passphrase' }

/** What has come of a step. */
export interface KeyAnswer {
  readonly value?: unknown
  readonly code?: string
  readonly message?: string
  readonly hint?: string
}

/** Takes a step with the passphrases that this context has heard of; what it fails with is its answer too. */
export async function takeStep(context: Context, step: KeyStep): Promise<KeyAnswer> {
  return take(context, step).then(
    (value) => ({ value }),
    (error) => {
      if (error === context.interruption.reason) throw error
      return { code: error.code ?? error.stack, message: error.message, hint: error.hint }
    },
  )
}

async function take(context: Context, step: KeyStep): Promise<unknown> {
  const paths = locatePaths(context.env, context.platform)
  if (step.do === 'facts') return listKeyFacts(context, paths)
  if (step.do === 'passphrase') return (await changePassphrase(context)).notices
  const store = await openKeyStore(context, paths, step.store, { mayAsk: true })
  if (step.do === 'write') await store.write(step.profile, step.key)
  if (step.do === 'remove') await store.remove(step.profile)
  return step.do === 'read' ? await store.read(step.profile) : findKeyFacts(context, paths, step.profile)
}
