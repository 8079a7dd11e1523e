import { usageError } from '../cli/mistake.ts'
import type { Arguments } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'

/** `assume keys [list] | add [NAME] | rotate NAME | passphrase | remove NAME`. */
export async function run({ positionals }: Arguments, _context: Context): Promise<Outcome> {
  const [_action = 'list'] = positionals
  throw usageError('keys', 'say "list", "add NAME", "rotate NAME", "passphrase" or "remove NAME"')
}
