import { AssumeError } from '../errors.ts'
import { printable } from '../text/redact.ts'

/** The version of what shells and core say to each other; a shell file names the one that it speaks. */
const contractVersion = '4'

/** Earlier ones whose functions apply a switch just the same; they cannot read the profile index of today. */
const earlierVersions = new Set(['1', '2', '3'])

/** Whether the functions of a shell that speaks this version are those of this program. */
export function isCurrentContract(contract: string): boolean {
  return contract === contractVersion
}

/**
 * Whether the functions of a shell that speaks this version are out of date. Throws AssumeError `contract-mismatch` where
 * they could not apply a switch.
 */
export function isOutdatedContract(contract: string | undefined): boolean {
  if (contract === contractVersion) return false
  if (contract !== undefined && earlierVersions.has(contract)) return true
  throw new AssumeError(
    'contract-mismatch',
    `this shell loaded the files of another version of assume (contract ${printable(contract ?? 'none')}, not ${contractVersion})`,
    { hint: 'open a new shell' },
  )
}
