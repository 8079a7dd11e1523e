/** What signs a browser in to the console; the token is as good as a password for 15 minutes. */
export interface LoginForm {
  /** The `/federation` of the sign-in host. */
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
  /** Where the sign-in host may lead on to, as `form-action` of a Content-Security-Policy has it. */
  readonly targets: readonly string[]
}

/**
 * The login with a token ("Enable custom identity broker access to the AWS console" of the IAM guide). `issuer` is where the
 * console leads when the session ends; absent for nowhere.
 */
export function buildLoginForm(
  endpoint: string,
  { token, destination, issuer, consoleDomain }: LoginFacts,
): LoginForm {
  return {
    action: `${endpoint}/federation`,
    fields: {
      Action: 'login',
      ...(issuer !== undefined && { Issuer: issuer }),
      Destination: destination,
      SigninToken: token,
    },
    targets: [new URL(endpoint).origin, `https://*.${consoleDomain}`],
  }
}

export interface LoginFacts {
  readonly token: string
  readonly destination: string
  readonly issuer?: string | undefined
  /** Of the partition, such as `aws.amazon.com`. */
  readonly consoleDomain: string
}

/** The same login as one URL, which is as secret as the token in it. */
export function formatLoginUrl({ action, fields }: LoginForm): string {
  const query = Object.entries(fields).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `${action}?${query.join('&')}`
}
