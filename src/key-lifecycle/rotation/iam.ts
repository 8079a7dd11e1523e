import type { IAMClient } from '@aws-sdk/client-iam'
import { readAnswer } from '../../aws/answer.ts'
import { toClientOptions } from '../../aws/client-options.ts'
import type { Credentials } from '../../aws/credentials.ts'
import { endlessAnswer, isNamed, translateFailure } from '../../aws/failure.ts'
import type { Route } from '../../aws/route.ts'
import { AssumeError } from '../../errors.ts'
import type { AccessKey } from '../../keys/stored-key.ts'
import { readWords } from '../../text/answer-forms.ts'
import { printable } from '../../text/redact.ts'
import { type IamKey, type LastUse, parseCreatedKey, parseKeyPage, parseLastUse } from './iam-answer.ts'

/** More pages of keys than there can be: a user has two. */
const mostPages = 10

type Sdk = typeof import('./iam-sdk.ts')

/**
 * The keys of the user whose credentials sign, in IAM. All throw AssumeError `keys-refused`, `network`, `service`; one that IAM does
 * not know, or not yet, is the cause of the error (`isUnknownKey`).
 */
export class UserKeyService {
  readonly #route: Route
  readonly #clients: readonly [usual: IAMClient, once: IAMClient]
  readonly #sdk: Sdk
  readonly #hasSession: boolean

  private constructor(route: Route, sdk: Sdk, credentials: Credentials) {
    const { accessKeyId, secretAccessKey, sessionToken } = credentials
    const signer = { credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } }
    this.#route = route
    this.#sdk = sdk
    this.#hasSession = sessionToken !== undefined
    this.#clients = [
      new sdk.IAMClient({ ...toClientOptions(route), ...signer }),
      new sdk.IAMClient({ ...toClientOptions(route, { attempts: 1 }), ...signer }),
    ]
  }

  static async open(route: Route, credentials: Credentials): Promise<UserKeyService> {
    return new UserKeyService(route, await import('./iam-sdk.ts'), credentials)
  }

  /** All of them, with the inactive ones. */
  async list(): Promise<readonly IamKey[]> {
    const call = this.#describe('list the keys of the user')
    const keys: IamKey[] = []
    let marker: string | undefined
    for (let page = 0; page < mostPages; page += 1) {
      const command = new this.#sdk.ListAccessKeysCommand({ ...(marker !== undefined && { Marker: marker }) })
      const answer = await this.#clients[0].send(command).catch((error) => {
        throw this.#translate(error, call.doing)
      })
      const read = readAnswer(answer, parseKeyPage, call)
      keys.push(...read.keys)
      marker = read.marker
      if (marker === undefined) return keys
    }
    throw endlessAnswer(call)
  }

  /**
   * A new key; `limit` where the user has two. It is asked for once: an answer that was lost may have made one, and to ask again
   * could make another.
   */
  async create(now: number): Promise<AccessKey | 'limit'> {
    const call = this.#describe('make a new key')
    try {
      const answer = await this.#clients[1].send(new this.#sdk.CreateAccessKeyCommand({}))
      return readAnswer(answer, (fields) => parseCreatedKey(fields, now), call)
    } catch (error) {
      if (isNamed(error, 'LimitExceededException', 'LimitExceeded')) return 'limit'
      throw this.#translate(error, call.doing)
    }
  }

  /** When a key was used last; undefined where nobody may know. */
  async findLastUse(accessKeyId: string): Promise<LastUse | undefined> {
    const call = this.#describe(`ask when ${printable(accessKeyId)} was used last`)
    try {
      const command = new this.#sdk.GetAccessKeyLastUsedCommand({ AccessKeyId: accessKeyId })
      return readAnswer(await this.#clients[0].send(command), parseLastUse, call)
    } catch (error) {
      if (isNamed(error, 'AccessDenied', 'AccessDeniedException')) return undefined
      throw this.#translate(error, call.doing)
    }
  }

  /** Says whether the key is there. */
  async deactivate(accessKeyId: string): Promise<boolean> {
    const command = new this.#sdk.UpdateAccessKeyCommand({ AccessKeyId: accessKeyId, Status: 'Inactive' })
    return this.#change(() => this.#clients[0].send(command), `make ${printable(accessKeyId)} inactive`)
  }

  /** Says whether the key was there. */
  async delete(accessKeyId: string): Promise<boolean> {
    const command = new this.#sdk.DeleteAccessKeyCommand({ AccessKeyId: accessKeyId })
    return this.#change(() => this.#clients[0].send(command), `delete ${printable(accessKeyId)}`)
  }

  async #change(send: () => Promise<unknown>, doing: string): Promise<boolean> {
    try {
      await send()
      return true
    } catch (error) {
      if (isNamed(error, 'NoSuchEntityException', 'NoSuchEntity')) return false
      throw this.#translate(error, doing)
    }
  }

  #describe(doing: string) {
    return { doing, settings: 'region', ...this.#route }
  }

  #translate(error: unknown, doing: string): unknown {
    const refusal = describeRefusal(error, this.#hasSession)
    if (refusal === undefined) return translateFailure(error, this.#describe(doing))
    const { reason, hint } = refusal
    return new AssumeError('keys-refused', `cannot ${doing}: ${reason}`, { hint, cause: error })
  }
}

/** Whether a call failed because AWS does not know the key that signed it: there is none, it is inactive, or too new. */
export function isUnknownKey(error: unknown): boolean {
  return error instanceof AssumeError && isNamed(error.cause, 'InvalidClientTokenId')
}

const rights =
  'iam:ListAccessKeys, CreateAccessKey, UpdateAccessKey, DeleteAccessKey and GetAccessKeyLastUsed'

function describeRefusal(error: unknown, hasSession: boolean): { reason: string; hint: string } | undefined {
  if (isNamed(error, 'AccessDenied', 'AccessDeniedException')) {
    const reason = readWords((error as Error).message) ?? 'the policies of the user do not allow it'
    const wish = `the policies of the user have to allow ${rights} for its own keys`
    return { reason, hint: hasSession ? wish : `${wish}; where they want MFA, set mfa_serial in the profile` }
  }
  if (isNamed(error, 'InvalidClientTokenId'))
    return {
      reason: 'AWS does not know the key that asks, or it is inactive',
      hint: hasSession
        ? 'IAM takes a session only if it was made with MFA: set mfa_serial in the profile'
        : 'look at the keys of the user in the IAM console',
    }
  if (isNamed(error, 'ExpiredToken', 'ExpiredTokenException'))
    return { reason: 'the session that asks is over', hint: 'run it again' }
  if (isNamed(error, 'SignatureDoesNotMatch'))
    return {
      reason: 'the secret key is not the one of its id, or the clock of this machine is wrong',
      hint: 'look at the clock of this machine: date',
    }
  return undefined
}
