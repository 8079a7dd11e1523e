import type { Facts } from '../facts.ts'
import type { SetUpFinding } from '../finding.ts'

/** Who else can change what is run and believed, or read what is secret. */
export function checkFiles({ openFiles }: Facts): SetUpFinding[] {
  return openFiles.map(({ seen, command, isSecret }) => ({
    level: 'error',
    seen,
    why: isSecret
      ? 'others on this machine can read credentials there'
      : 'whoever writes there decides which program runs and which account is used',
    mend: command,
  }))
}
