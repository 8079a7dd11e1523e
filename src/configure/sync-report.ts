import { printable } from '../text/redact.ts'
import { formatSessionWord, type QuoteWord } from '../text/words.ts'
import type { SyncEntry, SyncPlan, SyncRequest } from './sync-plan.ts'

/** What sync did or would do, as numbers: `3 added, 1 removed`; empty when there is nothing. */
export function summarizePlan({ added, changed, removed }: SyncPlan): string {
  return [
    [added, 'added'],
    [changed, 'changed'],
    [removed, 'removed'],
  ]
    .filter(([entries]) => entries?.length)
    .map(([entries, verb]) => `${entries?.length} ${verb}`)
    .join(', ')
}

/** What the user should know besides the diff, one line each. */
export function describeRest(
  plan: SyncPlan,
  request: Pick<SyncRequest, 'session' | 'assignments' | 'closedAccounts'> & { readonly odd: number },
  quote: QuoteWord,
): string[] {
  const { stale, needed, displaced, renamed } = plan
  const { assignments, closedAccounts, odd } = request
  const session = printable(request.session)
  const lines: string[] = []
  const unpruned = stale.filter((entry) => !needed.includes(entry))
  if (assignments.length === 0) {
    lines.push(`Identity Center tells of no role in ${session}; profiles are not removed for that`)
  } else if (odd === 0 && unpruned.length > 0) {
    lines.push(
      `profiles of roles that are gone: ${listNames(unpruned)}; to remove them: assume sync --prune ${formatSessionWord(request.session, quote)}`,
    )
  }
  if (odd > 0) lines.push(`${describeOdd(odd)}; no profile is removed for that`)
  if (needed.length > 0) {
    lines.push(
      `the role is gone, but another profile has it as its source_profile, so it stays: ${listNames(needed)}`,
    )
  }
  if (displaced.length > 0) {
    const pairs = listPairs(displaced, (wished, name) => `${wished} (the new one is ${name})`)
    lines.push(`other profiles have the name already: ${pairs}`)
  }
  if (renamed.length > 0) {
    const pairs = listPairs(renamed, (wished, name) => `${name} (${wished})`)
    lines.push(`profiles keep their names, though the template now gives others: ${pairs}`)
  }
  if (closedAccounts.length > 0) {
    lines.push(
      `the roles of ${closedAccounts.map((id) => printable(id)).join(', ')} are not told; profiles of these accounts stay as they are`,
    )
  }
  return lines
}

/** What is said of so many entries that Identity Center lists and that cannot be an account or a role. */
export function describeOdd(count: number): string {
  return `Identity Center lists what cannot be an account or a role, which is left out (${count})`
}

const shownNames = 5

function listNames(entries: readonly SyncEntry[]): string {
  return shorten(entries.map(({ name }) => printable(name)))
}

function listPairs(pairs: SyncPlan['renamed'], format: (wished: string, name: string) => string): string {
  return shorten(pairs.map(({ entry, wished }) => format(printable(wished), printable(entry.name))))
}

function shorten(words: readonly string[]): string {
  const more = words.length - shownNames
  const shown = words.slice(0, shownNames).join(', ')
  return more > 0 ? `${shown} and ${more} more` : shown
}
