import type { AssumeRoleResponse, STSClient } from '@aws-sdk/client-sts'
import { readAnswer } from '../aws/answer.ts'
import type { RoleRequest } from '../aws/cache-key.ts'
import { toClientOptions } from '../aws/client-options.ts'
import type { Credentials, RoleSession } from '../aws/credentials.ts'
import { isNamed, translateFailure } from '../aws/failure.ts'
import type { Route } from '../aws/route.ts'
import { AssumeError } from '../errors.ts'
import { readWords } from '../text/answer-forms.ts'
import { printable } from '../text/redact.ts'
import { parseAssumedRole } from './sts-answer.ts'

/** A role and the name of the session of it, which AWS wants in every case. */
export type NamedRequest = RoleRequest & { readonly RoleSessionName: string }

/** STS of one region. Both throw AssumeError `role-refused`, `network`, `service`. */
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
