/** Fetches what a helper prints, as `assume` does at a terminal: `COMMAND`. */

import { fetchProcessCredentials } from '../../../../src/credentials/from/credential-process.ts'
import { AssumeError } from '../../../../src/errors.ts'
import { askProgram } from '../../../../src/programs/ask.ts'
import { createTerminal } from '../../../../src/system/terminal.ts'

const interruption = new AbortController()
process.on('SIGINT', () => interruption.abort(new AssumeError('cancelled', 'cancelled')))

try {
  const credentials = await fetchProcessCredentials(
    { profile: 'dev', command: process.argv[2] ?? '' },
    {
      askProgram,
      ownEnv: process.env,
      interruption: interruption.signal,
      now: Date.now,
      platform: process.platform,
      terminal: createTerminal(process.platform),
      trace: () => {},
    },
  )
  process.stdout.write(`${JSON.stringify(credentials)}\n`)
} catch (error) {
  process.stdout.write(`${(error as Error).message}\n`)
  process.exitCode = error instanceof AssumeError ? error.exitStatus : 70
}
