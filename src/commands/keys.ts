import { usageError } from '../cli/mistake.ts'
import { chooseProfileName } from '../cli/names.ts'
import type { Arguments } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'

/** What goes with each action. */
const flagsOf: Readonly<Record<string, readonly string[]>> = {
  add: ['profile', 'from-credentials', 'all', 'stdin', 'store', 'yes'],
  list: ['json'],
  rotate: ['profile', 'delete', 'mfa-code', 'yes'],
  passphrase: [],
  remove: ['profile', 'yes'],
}

/** `assume keys [list] | add [NAME] | rotate NAME | passphrase | remove NAME`. */
export async function run({ positionals, flags }: Arguments, context: Context): Promise<Outcome> {
  const [action = 'list', word] = positionals
  checkFlags(action, flags)
  const name = chooseProfileName(word, flags, 'keys')
  switch (action) {
    case 'list': {
      if (name !== undefined) break
      const { listKeys } = await import('../key-lifecycle/list-keys.ts')
      return listKeys(context, flags['json'] === true)
    }
    case 'add': {
      const { addKeys } = await import('../key-lifecycle/add-key.ts')
      return addKeys(context, name, flags)
    }
    case 'rotate': {
      if (name === undefined) break
      const { rotateKey } = await import('../key-lifecycle/rotation/rotate-key.ts')
      return rotateKey(context, name, flags)
    }
    case 'passphrase': {
      if (name !== undefined) break
      const { changePassphrase } = await import('../key-lifecycle/change-passphrase.ts')
      return changePassphrase(context)
    }
    case 'remove': {
      if (name === undefined) break
      const { removeKey } = await import('../key-lifecycle/remove-key.ts')
      return removeKey(context, name, flags['yes'] === true)
    }
  }
  throw usageError('keys', 'say "list", "add NAME", "rotate NAME", "passphrase" or "remove NAME"')
}

function checkFlags(action: string, flags: Arguments['flags']): void {
  const allowed = [...(flagsOf[action] ?? []), 'verbose']
  const other = Object.keys(flags).find((flag) => !allowed.includes(flag))
  if (other !== undefined) throw usageError('keys', `${action} takes no --${other}`)
}
