import { cleanName } from './name-template.ts'

/** The name that is wanted for the profile of a role in an account. */
export interface NameWish {
  readonly accountId: string
  readonly roleName: string
  readonly name: string
}

/** The names that a wish can lead to, and the one that it is at. */
interface Choice {
  readonly candidates: readonly string[]
  level: number
}

/** What a new profile is never called: it would change what tools do that are given no profile. */
const reserved = 'default'

/**
 * A name of its own for each wish, in the same order. Where several want one name, or it is taken, each of them gets
 * the account id behind it, then the role, then a number: what comes out depends on the set of wishes, not their order.
 */
export function chooseNames(wishes: readonly NameWish[], taken: ReadonlySet<string>): string[] {
  const choices = wishes.map((wish) => ({ candidates: listCandidates(wish), level: 0 }))
  for (let isSettled = false; !isSettled; ) {
    isSettled = true
    for (const [name, rivals] of groupByName(choices)) {
      if (rivals.length === 1 && name !== reserved && !taken.has(name)) continue
      for (const rival of rivals.filter(({ candidates, level }) => level < candidates.length - 1)) {
        rival.level += 1
        isSettled = false
      }
    }
  }
  return numberRepetitions(wishes, choices.map(nameOf), taken)
}

/** The names that a wish can lead to, without the numbers; the best first. */
export function listCandidates({ accountId, roleName, name }: NameWish): string[] {
  const withAccount = `${name}-${cleanName(accountId)}`
  return [name, withAccount, `${withAccount}-${cleanName(roleName)}`]
}

function nameOf({ candidates, level }: Choice): string {
  return candidates[level] as string
}

function groupByName(choices: readonly Choice[]): Map<string, Choice[]> {
  const groups = new Map<string, Choice[]>()
  for (const choice of choices) {
    const name = nameOf(choice)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [choice])
    else group.push(choice)
  }
  return groups
}

/** In the order of account and role. The first keeps a name that is free. */
function numberRepetitions(
  wishes: readonly NameWish[],
  names: readonly string[],
  taken: ReadonlySet<string>,
): string[] {
  const used = new Set(taken)
  const keyOf = (index: number) => `${wishes[index]?.accountId} ${wishes[index]?.roleName}`
  const order = [...names.keys()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const result = [...names]
  for (const index of order) {
    const base = names[index] as string
    let name = base
    for (let number = 2; used.has(name); number++) name = `${base}-${number}`
    used.add(name)
    result[index] = name
  }
  return result
}
