import { generateKeyPairSync } from 'node:crypto'
import { formatTimestamp } from '../../text/time.ts'
import { refuseSignin } from '../refusal.ts'
import type { Secrets } from '../secrets.ts'
import type { Identities, TemporaryKeys } from '../sts/identity.ts'
import type { IamUser } from '../sts/role.ts'
import { computeThumbprint, type Proof } from './proof.ts'

/** Seconds; AWS gives no more. */
const lifetime = 900

/** The client that `aws login` is. */
const clientId = 'arn:aws:signin:::devtools/same-device'

interface LoginSession {
  readonly user: IamUser
  /** Of the one key with which the session can be renewed. */
  readonly thumbprint: string
}

/** What a renewal gives. */
export interface Renewal {
  readonly keys: TemporaryKeys
  readonly expiresIn: number
  readonly refreshToken: string
}

/** The sessions that `aws login` starts, by refresh token. */
export class LoginSessions {
  readonly #secrets: Secrets
  readonly #identities: Identities
  readonly #users: readonly IamUser[]
  readonly #sessions = new Map<string, LoginSession>()
  readonly #usedProofs = new Set<string>()

  constructor(secrets: Secrets, identities: Identities, users: readonly IamUser[]) {
    this.#secrets = secrets
    this.#identities = identities
    this.#users = users
  }

  /** The ARN of the session, and the text of its file in `~/.aws/login/cache`, as AWS CLI 2.36 writes it. */
  start(): { arn: string; text: string } {
    const [user] = this.#users
    if (!user) throw new Error('there is no user to log in')
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const dpopKey = String(privateKey.export({ type: 'sec1', format: 'pem' }))
    this.#secrets.remember('private-key', dpopKey)
    const thumbprint = computeThumbprint(publicKey.export({ format: 'jwk' }))
    const { keys, refreshToken } = this.#renew({ user, thumbprint })
    const { accessKeyId, secretAccessKey, sessionToken, accountId, arn, expiresAt } = keys
    const file = {
      accessToken: {
        accessKeyId,
        secretAccessKey,
        sessionToken,
        accountId,
        expiresAt: formatTimestamp(expiresAt),
      },
      tokenType: 'aws_sigv4',
      clientId,
      refreshToken,
      idToken: this.#secrets.issue('id-token'),
      dpopKey,
    }
    return { arn, text: JSON.stringify(file) }
  }

  /** Throws a Refusal for a token that is no longer good, or is not this key's, and for a proof that was used. */
  refresh(refreshToken: string, proof: Proof): Renewal {
    if (this.#usedProofs.has(proof.id)) throw refuseSignin('INVALID_REQUEST', 'The DPoP proof has been used')
    this.#usedProofs.add(proof.id)
    const session = this.#sessions.get(refreshToken)
    if (session?.thumbprint !== proof.thumbprint) throw refuseSignin('TOKEN_EXPIRED')
    this.#sessions.delete(refreshToken)
    return this.#renew(session)
  }

  endAll(): void {
    this.#sessions.clear()
  }

  #renew(session: LoginSession): Renewal {
    const refreshToken = this.#secrets.issue('refresh-token')
    this.#sessions.set(refreshToken, session)
    return { keys: this.#identities.issueForUser(session.user, lifetime), expiresIn: lifetime, refreshToken }
  }
}
