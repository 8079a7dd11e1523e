import { findPartition, partitionOfArn } from '../aws/partition.ts'
import { describeUnknownRegion, parseTypedRegion } from '../aws/region.ts'
import { ownWords } from '../cli/table.ts'
import { AssumeError } from '../errors.ts'
import type { AwsConfig } from '../profiles/config/merge.ts'
import { followChain, type Profile } from '../profiles/profile.ts'
import { resolveProfile } from '../profiles/resolve.ts'
import { guessRegion } from '../profiles/written-region.ts'
import { printable } from '../text/redact.ts'
import { formatProfileFlag, formatProfileWord, type Hint, type QuoteWord } from '../text/words.ts'
import { noProfile, type Wish } from './wish.ts'

/** Why a wish can never be granted: a code for other programs, and the error with the next command. */
export interface WishFault {
  readonly code: 'unknown-profile' | 'unknown-region' | 'other-partition' | 'region-of-none'
  readonly error: AssumeError
}

/** What speaks against a wish by the user's profiles; undefined where nothing does. `configPath` is the file that a message names. */
export function findWishFault(config: AwsConfig, configPath: string, wish: Wish): WishFault | undefined {
  const { name, region } = wish
  if (name === noProfile) {
    if (region === undefined) return undefined
    const message = `${noProfile} means no profile, which has no region`
    return { code: 'region-of-none', error: invalidRegion(message, `assume here ${noProfile}`) }
  }
  try {
    resolveProfile(config, name, configPath)
  } catch (error) {
    if (!(error instanceof AssumeError)) throw error
    return { code: 'unknown-profile', error }
  }
  return region === undefined ? undefined : findRegionFault(followChain(config, name), name, region)
}

/** A region is taken as it stands: shells look nothing up, and a shorthand is written out by `assume here PROFILE` alone. */
function findRegionFault(chain: readonly Profile[], name: string, region: string): WishFault | undefined {
  const known = parseTypedRegion(region)
  if (known?.name !== region) {
    const guess = known ?? parseTypedRegion(guessRegion(region)?.name ?? '')
    const instead = guess?.name ?? 'us-east-1'
    const hint: Hint = (quote) => `assume here ${formatProfileWord(name, quote)} --region ${instead}`
    return { code: 'unknown-region', error: invalidRegion(describeUnknownRegion(region), hint) }
  }
  const own = findOwnPartition(chain)
  const other = findPartition(known.plainName)?.id
  if (own === undefined || own === other) return undefined
  return {
    code: 'other-partition',
    error: invalidRegion(
      `region ${region} is of partition ${other}, and profile ${printable(name)} of ${own}`,
      (quote) => `assume here ${formatProfileWord(name, quote)}`,
    ),
  }
}

function invalidRegion(message: string, hint: Hint): AssumeError {
  return new AssumeError('invalid-region', message, { hint })
}

/** By the role, else by Identity Center, else by the profile's region; undefined where only the keys themselves can tell. */
function findOwnPartition(chain: readonly Profile[]): string | undefined {
  const [profile] = chain
  const root = chain.at(-1)
  if (profile?.roleArn !== undefined) return partitionOfArn(profile.roleArn).id
  const region = root?.session?.region ?? profile?.region
  return region === undefined ? undefined : findPartition(region)?.id
}

/** The command that switches to what a directory asks for. */
export function formatSwitch({ name, region }: Wish, quote: QuoteWord): string {
  if (name === noProfile) return 'assume --unset'
  const isOwnWord = ownWords.some(({ word }) => word === name)
  const words = isOwnWord ? formatProfileFlag(name, quote) : formatProfileWord(name, quote)
  return `assume ${words}${region === undefined ? '' : ` --region ${quote(region)}`}`
}
