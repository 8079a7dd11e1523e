import type { Arguments } from '../cli/parse.ts'
import { openConsoles } from '../console/open-consoles.ts'
import { readConsoleRequest } from '../console/request.ts'
import type { Context, Outcome } from '../context.ts'

/** `assume console [PROFILE …]`: opens the AWS console, or prints the address that does. */
export function run(args: Arguments, context: Context): Promise<Outcome> {
  return openConsoles(context, readConsoleRequest(args, 'console'), { picksFirst: false })
}
