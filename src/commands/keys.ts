import { usageError } from '../cli/mistake.ts'
import { chooseProfileName } from '../cli/names.ts'
import type { Arguments } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'

/** `assume keys [list] | add [NAME] | rotate NAME | passphrase | remove NAME`. */
export async function run({ positionals, flags }: Arguments, context: Context): Promise<Outcome> {
  const [action = 'list', word] = positionals
  switch (action) {
    case 'list': {
      if (word !== undefined) break
      const { listKeys } = await import('../key-lifecycle/list-keys.ts')
      return listKeys(context, flags['json'] === true)
    }
    case 'rotate': {
      const name = chooseProfileName(word, flags, 'keys')
      if (name === undefined) break
      const { rotateKey } = await import('../key-lifecycle/rotate-key.ts')
      return rotateKey(context, name, flags)
    }
    case 'passphrase': {
      if (word !== undefined) break
      const { changePassphrase } = await import('../key-lifecycle/change-passphrase.ts')
      return changePassphrase(context)
    }
  }
  throw usageError('keys', 'say "list", "add NAME", "rotate NAME", "passphrase" or "remove NAME"')
}
