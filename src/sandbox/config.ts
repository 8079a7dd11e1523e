import { exampleCiUser } from './sts/role.ts'

/**
 * The AWS config file of a throw-away home: the profiles of `examples/sso-session`, a production one and that of a user with a
 * key, with the services at `url`. The start URL stays AWS's: newer AWS CLIs refuse one without https.
 */
export function sandboxConfig(url: string): string {
  const session = 'devto-article'
  return [
    writeProfile('dev-profile', session, '123456789011', 'FullAccess'),
    writeProfile('test-profile', session, '123456789012', 'ReadOnly'),
    writeProfile('production', session, '999988887777', 'Admin'),
    writeSection(`profile ${exampleCiUser.name}`, ['region = eu-west-1', 'services = sandbox']),
    writeSection(`sso-session ${session}`, [
      'sso_region = eu-west-2',
      'sso_start_url = https://sso-portal.awsapps.com/start',
      'sso_registration_scopes = sso:account:access',
    ]),
    writeSection(
      'services sandbox',
      ['sso', 'sso_oidc', 'sts', 'iam', 'signin'].flatMap((service) => [
        `${service} =`,
        `  endpoint_url = ${url}`,
      ]),
    ),
  ].join('\n')
}

/** The credentials file of that home: a key in plain text, as people have them. */
export function sandboxCredentials(): string {
  const { name, accessKeyId, secretAccessKey } = exampleCiUser
  return writeSection(name, [
    `aws_access_key_id = ${accessKeyId}`,
    `aws_secret_access_key = ${secretAccessKey}`,
  ])
}

/** What leads programs to the sandbox that do not know `services` sections, or use no profile. */
export function sandboxEnvironment(url: string): Record<string, string> {
  return Object.fromEntries(
    ['SSO', 'SSO_OIDC', 'STS', 'IAM', 'SIGNIN'].map((service) => [`AWS_ENDPOINT_URL_${service}`, url]),
  )
}

function writeProfile(name: string, session: string, accountId: string, roleName: string): string {
  return writeSection(`profile ${name}`, [
    `sso_session = ${session}`,
    `sso_account_id = ${accountId}`,
    `sso_role_name = ${roleName}`,
    'region = eu-west-1',
    'output = json',
    'services = sandbox',
  ])
}

function writeSection(name: string, lines: readonly string[]): string {
  return `[${name}]\n${lines.join('\n')}\n`
}
