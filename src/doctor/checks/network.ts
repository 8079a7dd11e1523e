import { describeSpan } from '../../text/time.ts'
import type { Facts } from '../facts.ts'
import type { SetUpFinding } from '../finding.ts'
import { formatClock } from './clock.ts'

/** From here on AWS refuses signatures, in milliseconds. */
const refusedOffset = 5 * 60_000
/** More than a request can take. */
const noticedOffset = 60_000

/** What the network says, if it was asked. */
export function checkNetwork(facts: Facts): SetUpFinding[] {
  const { answers = [] } = facts
  const unreached = answers.flatMap(({ needed, failure }): SetUpFinding[] =>
    failure
      ? [
          {
            level: 'error',
            seen: failure.message,
            why: `${needed} cannot be used without it`,
            mend: failure.hint,
          },
        ]
      : [],
  )
  const offsets = answers.flatMap(({ offset, host }) => (offset === undefined ? [] : [{ offset, host }]))
  const worst = offsets.toSorted((one, other) => Math.abs(other.offset) - Math.abs(one.offset))[0]
  if (!worst || Math.abs(worst.offset) < noticedOffset) return unreached
  const isRefused = Math.abs(worst.offset) >= refusedOffset
  const span = describeSpan(Math.abs(worst.offset))
  return [
    ...unreached,
    {
      level: isRefused ? 'error' : 'warning',
      seen: `the clock is ${span} ${worst.offset > 0 ? 'behind' : 'ahead of'} that of ${worst.host}`,
      why: 'AWS refuses signed requests of a clock that is 5 minutes off',
      mend: formatClock(facts),
    },
  ]
}
