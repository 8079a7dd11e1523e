import { identifier } from './config/header.ts'
import { isRegionName } from './region.ts'

/** What is wrong with an answer, in a sentence to show below it; undefined when it is good. */
export type Check = (answer: string) => string | undefined

/** What is typed to leave region or output out of the profile. */
export const noAnswer = 'none'

/** The formats of the AWS CLI. */
export const outputFormats = ['json', 'yaml', 'yaml-stream', 'text', 'table'] as const

const scope = /^[^\s,]+$/
const accountId = /^\d{12}$/
/** As IAM Identity Center names permission sets and IAM its roles. */
const roleName = /^[\w+=,.@-]{1,64}$/

/** New names are such that every AWS tool reads them: several ignore sections with other characters. */
export const checkName: Check = (answer) =>
  identifier.test(answer) ? undefined : 'a name is of letters, digits and - _ / . % @ : +'

export const checkStartUrl: Check = (answer) => {
  const isUrl = URL.canParse(answer) && !/\s/.test(answer)
  if (isUrl && new URL(answer).protocol === 'https:') return undefined
  return 'a start URL begins with https://, as in https://my-company.awsapps.com/start'
}

export const checkRegion: Check = (answer) =>
  isRegionName(answer) ? undefined : 'a region is written like eu-west-1'

export const checkScopes: Check = (answer) =>
  splitScopes(answer).every((each) => scope.test(each))
    ? undefined
    : 'scopes are separated by commas, as in sso:account:access'

export const checkAccountId: Check = (answer) =>
  accountId.test(answer) ? undefined : 'an account id has twelve digits'

export const checkRoleName: Check = (answer) =>
  roleName.test(answer) ? undefined : 'a role name is of letters, digits and + = , . @ - _'

export const checkOutput: Check = (answer) =>
  answer === noAnswer || outputFormats.some((format) => format === answer)
    ? undefined
    : `the formats are ${outputFormats.join(', ')}; ${noAnswer} leaves it out`

/** The scopes of a comma-separated list, as the AWS CLI reads it. */
export function splitScopes(list: string): string[] {
  return list.split(',').map((each) => each.trim())
}
