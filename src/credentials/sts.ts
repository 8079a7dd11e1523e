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
import { parseAssumedRole, parseFederatedUser } from './sts-answer.ts'

/** A role and the name of the session of it, which AWS wants in every case. */
export type NamedRequest = RoleRequest & { readonly RoleSessionName: string }

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

function describeTask({ RoleArn }: NamedRequest): string {
  return `assume role ${printable(RoleArn)}`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : ''
}
