import { printable } from '../../text/redact.ts'
import { describeSpan } from '../../text/time.ts'
import type { Facts } from '../facts.ts'
import type { SetUpFinding } from '../finding.ts'

/** The command that sets the clock by the network. */
export function formatClock({ platform, isWsl }: Pick<Facts, 'platform' | 'isWsl'>): string {
  if (isWsl) return 'sudo hwclock --hctosys'
  if (platform === 'darwin') return 'sudo sntp -sS time.apple.com'
  return platform === 'win32' ? 'w32tm /resync' : 'sudo timedatectl set-ntp true'
}

/** Whether the clock is behind: files cannot have been written in the future. */
export function checkClock(facts: Facts): SetUpFinding[] {
  const latest = facts.futureFiles.toSorted((one, other) => other.ahead - one.ahead)[0]
  if (!latest) return []
  return [
    {
      level: 'warning',
      seen: `${printable(latest.path)} was written ${describeSpan(latest.ahead)} from now: the clock is behind, or was ahead`,
      why: 'AWS refuses requests of a clock that is 5 minutes off, and sessions end at the wrong time',
      mend: formatClock(facts),
    },
  ]
}
