import type { AssumeRoleResponse, STSClient } from '@aws-sdk/client-sts'
import { readAnswer } from '../aws/answer.ts'
import type { RoleRequest } from '../aws/cache-file-name.ts'
import { toClientOptions } from '../aws/client-options.ts'
import type { Credentials, RoleSession } from '../aws/credentials.ts'
import { isNamed, translateFailure } from '../aws/failure.ts'
import type { Route } from '../aws/route.ts'
import { AssumeError } from '../errors.ts'
import { readWords } from '../text/answer-forms.ts'
import { printable } from '../text/redact.ts'
import { formatProfileFlag, formatProfileWord, type Hint, type QuoteWord } from '../text/words.ts'
import { parseAssumedRole, parseFederatedUser, parseUserSession } from './sts-answer.ts'

/** A role and the name of the session of it, which AWS wants in every case. */
export type NamedRequest = RoleRequest & { readonly RoleSessionName: string }

/** A session in front of the long-lived key of a profile. */
export interface SessionRequest {
  readonly profileName: string
  readonly durationSeconds: number
  /** Of the device whose code is sent; absent for none. */
  readonly serial: string | undefined
}

/** STS of one region. All throw AssumeError `role-refused`, `network`, `service`. */
export class StsService {
  readonly #route: Route
  readonly #client: STSClient
  readonly #sdk: typeof import('@aws-sdk/client-sts')

  private constructor(route: Route, client: STSClient, sdk: typeof import('@aws-sdk/client-sts')) {
    this.#route = route
    this.#client = client
    this.#sdk = sdk
  }

  /** `credentials` sign the requests; absent for those that nobody signs. */
  static async open(route: Route, credentials?: Credentials): Promise<StsService> {
    const sdk = await import('@aws-sdk/client-sts')
    const { accessKeyId = '', secretAccessKey = '', sessionToken } = credentials ?? {}
    const client = new sdk.STSClient({
      ...toClientOptions(route),
      credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) },
    })
    return new StsService(route, client, sdk)
  }

  /** A session of a role; `wrong-code` where the MFA code `tokenCode` is not right, or was used before. */
  async assumeRole(request: NamedRequest, tokenCode?: string): Promise<RoleSession | 'wrong-code'> {
    const command = new this.#sdk.AssumeRoleCommand({ ...request, TokenCode: tokenCode })
    try {
      return this.#read(request, await this.#client.send(command))
    } catch (error) {
      if (isNamed(error, 'AccessDenied') && wrongCode.test(messageOf(error))) return 'wrong-code'
      throw this.#translate(request, error)
    }
  }

  /** A session of a role for somebody whom another service vouches for with `token`. */
  async assumeRoleWithWebIdentity(request: NamedRequest, token: string): Promise<RoleSession> {
    const { RoleArn, RoleSessionName, DurationSeconds } = request
    const command = new this.#sdk.AssumeRoleWithWebIdentityCommand({
      RoleArn,
      RoleSessionName,
      DurationSeconds,
      WebIdentityToken: token,
    })
    try {
      return this.#read(request, await this.#client.send(command))
    } catch (error) {
      throw this.#translate(request, error)
    }
  }

  /**
   * A session of the user whose keys sign, called `name` (2 to 32 characters), with all rights that the user has
   * (https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html). Throws AssumeError `keys-refused` too.
   */
  async getFederationToken(name: string, durationSeconds: number): Promise<RoleSession['credentials']> {
    const call = { doing: 'get a session for the console', settings: 'region', ...this.#route }
    const command = new this.#sdk.GetFederationTokenCommand({
      Name: name,
      DurationSeconds: durationSeconds,
      Policy: JSON.stringify(everything),
    })
    try {
      return readAnswer(await this.#client.send(command), parseFederatedUser, call)
    } catch (error) {
      if (!isNamed(error, 'AccessDenied')) throw translateFailure(error, call)
      throw new AssumeError(
        'keys-refused',
        `cannot ${call.doing}: the policies of ${printable(name)} do not allow sts:GetFederationToken, which keys of a user need for it`,
        { hint: 'with a role it is not needed: assume console --role ARN', cause: error },
      )
    }
  }

  /**
   * A session of the user whose long-lived key signs (https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html);
   * `wrong-code` as for a role. Throws AssumeError `keys-refused` too.
   */
  async getSessionToken(request: SessionRequest, tokenCode?: string): Promise<RoleSession | 'wrong-code'> {
    const doing = `get a session with the key of profile ${printable(request.profileName)}`
    const call = { doing, settings: 'region', ...this.#route }
    const command = new this.#sdk.GetSessionTokenCommand({
      DurationSeconds: request.durationSeconds,
      SerialNumber: request.serial,
      TokenCode: tokenCode,
    })
    try {
      return readAnswer(await this.#client.send(command), parseUserSession, call)
    } catch (error) {
      if (isNamed(error, 'AccessDenied') && wrongCode.test(messageOf(error))) return 'wrong-code'
      const refusal = explainRefusal(request, error)
      if (!refusal) throw translateFailure(error, call)
      const { reason, hint } = refusal
      throw new AssumeError('keys-refused', `cannot ${doing}: ${reason}`, { hint, cause: error })
    }
  }

  #read(request: NamedRequest, answer: AssumeRoleResponse): RoleSession {
    return readAnswer(answer, parseAssumedRole, { doing: describeTask(request), ...this.#route })
  }

  #translate(request: NamedRequest, error: unknown): unknown {
    const doing = describeTask(request)
    const advice = refusals.find(([name]) => error instanceof Error && name.test(error.name))?.[1]
    if (advice === undefined) return translateFailure(error, { doing, settings: 'region', ...this.#route })
    const reason = readWords(messageOf(error)) ?? 'AWS does not say why'
    return new AssumeError('role-refused', `cannot ${doing}: ${reason}`, { hint: advice, cause: error })
  }
}

/** The session has what both this and the user's own policies allow. */
const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }

/** What AWS answers to a code that is wrong, and to one that was used already. */
const wrongCode = /MultiFactorAuthentication failed with invalid MFA one time pass code/

/** STS's refusals by name, and what mends them. */
const refusals: readonly (readonly [name: RegExp, advice: string])[] = [
  [/^AccessDenied$/, 'its trust policy has to allow it: look at external_id, mfa_serial and source_profile'],
  [/^ValidationError$/, 'look at duration_seconds, role_session_name and external_id of the profile'],
  [/^ExpiredToken/, 'the keys that ask for it are over; get new ones with --refresh'],
  [/^InvalidClientTokenId$/, 'AWS does not know the keys that ask for it; get new ones with --refresh'],
  [/^SignatureDoesNotMatch$/, 'look at the secret key of the source, and at the clock of this machine: date'],
  [/^InvalidIdentityToken/, 'the file that web_identity_token_file names has to hold a new token'],
]

/** What STS says to a key that is not good, and what mends it. */
const keyRefusals = new Map<string, (profileName: string) => Hint>([
  [
    'InvalidClientTokenId',
    (profileName) => (quote) =>
      `AWS does not know the key, or it is inactive: assume keys add ${formatProfileWord(profileName, quote)}`,
  ],
  ['SignatureDoesNotMatch', () => 'look at the secret key, and at the clock of this machine: date'],
])

/** Why there is no session; undefined for what says nothing of the key or the policies of its user. */
function explainRefusal(
  { profileName, serial }: SessionRequest,
  error: unknown,
): { readonly reason: string; readonly hint: Hint } | undefined {
  const name = nameOf(error)
  const reason = readWords(messageOf(error)) ?? 'AWS does not say why'
  const set = (key: string, value: string, quote: QuoteWord) =>
    `aws configure set ${key} ${value} ${formatProfileFlag(profileName, quote)}`
  const setSerial: Hint = (quote) => set('mfa_serial', 'ARN', quote)
  if (name !== 'AccessDenied') {
    const advise = keyRefusals.get(name)
    return advise && { reason, hint: advise(profileName) }
  }
  if (/^MultiFactorAuthentication/.test(messageOf(error))) return { reason, hint: setSerial }
  const remedy = 'with assume_session_token = off tools get the key itself'
  if (serial !== undefined)
    return { reason: `${reason}; ${remedy}`, hint: (quote) => set('assume_session_token', 'off', quote) }
  return {
    reason: `${reason}; a policy can want mfa_serial, and where it forbids GetSessionToken, ${remedy}`,
    hint: (quote) => [set('mfa_serial', 'ARN', quote), set('assume_session_token', 'off', quote)].join('\n'),
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : ''
}

function describeTask({ RoleArn }: NamedRequest): string {
  return `assume role ${printable(RoleArn)}`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : ''
}
