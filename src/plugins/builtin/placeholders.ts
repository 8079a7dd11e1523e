import type { ProfileFacts } from '../api.ts'

/**
 * A text with `{profile}`, `{account}`, `{role}`, `{region}`, and the names in `more`, filled in; all other braces stay,
 * for they are common in the values of other tools. Throws an Error for a fact that the profile lacks.
 */
export function fillPlaceholders(
  text: string,
  { name, accountId, roleName, region }: ProfileFacts,
  more: Readonly<Record<string, string>> = {},
): string {
  const facts = new Map(
    Object.entries({ profile: name, account: accountId, role: roleName, region, ...more }),
  )
  return text.replace(/\{(\w+)\}/g, (placeholder, field) => {
    if (!facts.has(field)) return placeholder
    const fact = facts.get(field)
    if (fact === undefined) throw new Error(`the profile has no ${field} for ${placeholder}`)
    return fact
  })
}
