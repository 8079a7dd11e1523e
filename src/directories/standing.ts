import type { AssumeError } from '../errors.ts'
import { printable } from '../text/redact.ts'
import { refuseFile } from './file-fault.ts'
import type { ProfileFile, ProfileFileFault } from './place.ts'
import { type DirectoryRecord, isPlainName, matchesPatterns, type TreeRecord } from './record.ts'
import { describeWish, parseWish, type Wish } from './wish.ts'
import type { WishFault } from './wish-check.ts'

/** Whether a file is in force, and why. */
export interface Standing {
  readonly isInForce: boolean
  readonly code:
    | 'allowed'
    | 'tree'
    | 'denied'
    | 'unrecorded'
    | 'changed'
    | 'tree-denied'
    | 'tree-region'
    | 'tree-pattern'
    | ProfileFileFault['code']
    | WishFault['code']
  /** A clause on the file. */
  readonly reason: string
  /** Whether it would be in force if it were allowed as it is. */
  readonly canBeAllowed: boolean
  /** Why it can never be in force, with the next command; absent where it can. */
  readonly error?: AssumeError
  /** What it asks for; absent where that cannot be told. */
  readonly wish?: Wish
}

/** What decides about a file besides what it says. */
export interface StandingFacts {
  readonly record?: DirectoryRecord | undefined
  readonly tree?: TreeRecord | undefined
  /** What speaks against a wish by the user's profiles. */
  readonly findFault: (wish: Wish) => WishFault | undefined
  /** A directory as a person reads it. */
  readonly shorten: (path: string) => string
}

/** Whether a file is in force: a record of its directory goes before the tree, and a file that can count for nothing before both, denied ones excepted. */
export function judgeFile({ path, text }: ProfileFile, facts: StandingFacts): Standing {
  const wish = typeof text === 'string' ? parseWish(text) : text
  const fault = 'code' in wish ? wish : facts.findFault(wish)
  const standing = judgeTrust(typeof text === 'string' ? text : undefined, wish, facts)
  const known = 'code' in wish ? {} : { wish }
  if (!fault || standing.code === 'denied') return { ...standing, ...known, canBeAllowed: !fault }
  const { error, reason } =
    'error' in fault
      ? { ...fault, reason: fault.error.message }
      : { error: refuseFile(path, fault), ...fault }
  return { isInForce: false, code: fault.code, reason, error, canBeAllowed: false, ...known }
}

function judgeTrust(
  text: string | undefined,
  wish: Wish | ProfileFileFault,
  { record, tree, shorten }: StandingFacts,
): Pick<Standing, 'isInForce' | 'code' | 'reason'> {
  if (record?.kind === 'deny') return { isInForce: false, code: 'denied', reason: 'it is denied' }
  if (record) {
    return record.content === text
      ? { isInForce: true, code: 'allowed', reason: 'it is allowed as it is' }
      : {
          isInForce: false,
          code: 'changed',
          reason: `it has changed since it was allowed${tellChange(record, wish)}`,
        }
  }
  if (!tree || 'code' in wish) {
    return { isInForce: false, code: 'unrecorded', reason: 'it has not been allowed' }
  }
  const where = `tree ${printable(shorten(tree.directory))}`
  if (tree.kind === 'deny') return { isInForce: false, code: 'tree-denied', reason: `${where} is denied` }
  const allows = `${where} allows ${tree.patterns.join(',')}`
  if (wish.region !== undefined) {
    return { isInForce: false, code: 'tree-region', reason: `${allows}, and no file with a region` }
  }
  if (matchesPatterns(wish.name, tree.patterns)) return { isInForce: true, code: 'tree', reason: allows }
  const why = isPlainName(wish.name)
    ? `which ${wish.name} does not match`
    : 'which a name with other characters cannot match'
  return { isInForce: false, code: 'tree-pattern', reason: `${allows}, ${why}` }
}

/** What it said, where that is another profile or region than now. */
function tellChange(allowed: Wish, wish: Wish | ProfileFileFault): string {
  if (!('code' in wish) && wish.name === allowed.name && wish.region === allowed.region) {
    return ', but not in what it asks for'
  }
  return `, when it said: ${describeWish(allowed)}`
}
