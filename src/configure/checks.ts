import { describeUnknownRegion, parseKnownRegion, parseTypedRegion } from '../aws/region.ts'
import { writeOutRegion } from '../aws/region-shorthand.ts'
import { outputFormats } from '../cli/output-format.ts'
import { identifier } from '../profiles/config/header.ts'
import { isAccountId, isRoleName } from '../text/answer-forms.ts'

/** What is wrong with an answer, in a sentence to show below it; undefined when it is good. */
export type Check = (answer: string) => string | undefined

/** A check of what is typed: what is proposed is good as it is. */
export function exceptFor(proposal: string, check: Check): Check {
  return (answer) => (answer === proposal ? undefined : check(answer))
}

/** What is typed to leave region or output out of the profile. */
export const noAnswer = 'none'

const scope = /^[^\s,]+$/

/** New names are such that every AWS tool reads them: several ignore sections with other characters. */
export const checkName: Check = (answer) =>
  identifier.test(answer) ? undefined : 'a name is of letters, digits and - _ / . % @ : +'

export const checkStartUrl: Check = (answer) => {
  const isUrl = URL.canParse(answer) && !/\s/.test(answer)
  if (isUrl && new URL(answer).protocol === 'https:') return undefined
  return 'a start URL begins with https://, as in https://my-company.awsapps.com/start'
}

export const checkSsoRegion: Check = (answer) =>
  parseTypedRegion(answer) ? undefined : describeUnknownRegion(answer)

export const checkRegion: Check = (answer) => (answer === noAnswer ? undefined : checkSsoRegion(answer))

/** A region as it is written to the file: a shorthand is written out, but what was proposed is taken as it is. */
export function readRegionAnswer(answer: string, proposal?: string): string {
  return answer === proposal ? answer : writeOutRegion(answer)
}

export const checkScopes: Check = (answer) => {
  const scopes = splitScopes(answer)
  const region = scopes.find(parseKnownRegion)
  if (region !== undefined) return `${region} is a region, not a scope such as sso:account:access`
  return scopes.every((each) => scope.test(each))
    ? undefined
    : 'scopes are separated by commas, as in sso:account:access'
}

export const checkAccountId: Check = (answer) =>
  isAccountId(answer) ? undefined : 'an account id has twelve digits'

export const checkRoleName: Check = (answer) =>
  isRoleName(answer) ? undefined : 'a role name is of letters, digits and + = , . @ - _'

export const checkOutput: Check = (answer) =>
  answer === noAnswer || outputFormats.some((format) => format === answer)
    ? undefined
    : `the formats are ${outputFormats.join(', ')}; ${noAnswer} leaves it out`

/** The scopes of a comma-separated list, as the AWS CLI reads it. */
export function splitScopes(list: string): string[] {
  return list.split(',').map((each) => each.trim())
}

/** The flags that answer a question. Names are checked later: one that is in the config file already is good. */
export const flagChecks = {
  session: () => undefined,
  'start-url': checkStartUrl,
  'sso-region': checkSsoRegion,
  scopes: checkScopes,
  account: checkAccountId,
  'role-name': checkRoleName,
  region: checkRegion,
  output: checkOutput,
  profile: () => undefined,
} as const satisfies Record<string, Check>

export type AnswerFlag = keyof typeof flagChecks

/** The answers that flags give. */
export type GivenAnswers = Readonly<Partial<Record<AnswerFlag, string>>>

/**
 * The flags without which nothing can be written unless somebody is asked. Whether account and role are among them
 * is known only after a login. A profile in the legacy form has no session.
 */
export function listMissing(
  given: GivenAnswers,
  isKnownSession: (name: string) => boolean,
  isLegacy: boolean,
): AnswerFlag[] {
  const isNew = given.session !== undefined && !isKnownSession(given.session)
  const portal = ['start-url', 'sso-region'] as const
  const needed: AnswerFlag[] = [
    ...(isLegacy ? portal : (['session'] as const)),
    ...(isNew ? ([...portal, 'scopes'] as const) : []),
    'region',
    'output',
    'profile',
  ]
  return needed.filter((name) => given[name] === undefined)
}
