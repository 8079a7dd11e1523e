import { expect } from 'vitest'
import type { SandboxOptions } from '../../src/sandbox/options.ts'
import { type RunAssume, World } from '../interop/world.ts'
import { readFacts } from '../sandbox/console/world.ts'
import { readStarted, writeStubBrowser } from '../support/stub-browser.ts'

const keyLines =
  'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n'

/** Every kind of profile, with the services at `url`. */
function writeConfig(url: string): string {
  const services = 'services = sandbox\nregion = eu-west-1\n'
  return `
[profile dev-profile]
sso_session = devto-article
sso_account_id = 123456789011
sso_role_name = FullAccess
${services}
[profile deploy]
role_arn = arn:aws:iam::999988887777:role/Deploy
source_profile = dev-profile
${services}
[profile admin]
role_arn = arn:aws:iam::777788889999:role/Admin
source_profile = user
mfa_serial = arn:aws:iam::111122223333:mfa/me
${services}
[profile user]
${keyLines}${services}
[profile process]
credential_process = /bin/cat "keys.json"
${services}
[sso-session devto-article]
sso_region = eu-west-2
sso_start_url = https://sso-portal.awsapps.com/start
sso_registration_scopes = sso:account:access
[services sandbox]
${['sso', 'sso_oidc', 'sts', 'iam', 'signin'].map((service) => `${service} =\n  endpoint_url = ${url}\n`).join('')}`
}

/** A home with a profile of every kind, logged in to the sandbox, and a browser that only keeps what it is started with. */
export async function openWorld(options: SandboxOptions = {}, run?: RunAssume): Promise<ConsoleWorld> {
  const world = await World.open(options, run)
  world.home.writeAws(writeConfig(world.sandbox.url))
  await world.logIn('devto-article')
  return new ConsoleWorld(world)
}

export class ConsoleWorld {
  readonly world: World
  readonly browser: string

  constructor(world: World) {
    this.world = world
    this.browser = writeStubBrowser(world.home, 'bin/stub')
  }

  /** Runs `assume console` with a browser that can be started. */
  open(words: readonly string[], env: Record<string, string> = {}) {
    return this.world.assume(['console', '--browser', this.browser, ...words], env)
  }

  /** The address that the browser was started with. */
  async readAddress(): Promise<string> {
    const [, address = ''] = await readStarted(this.world.home)
    return address
  }

  /** What the page of a console says that a form leads to, which is fetched as a browser does. */
  async follow(address: string): Promise<Record<string, string>> {
    const page = await fetch(address)
    expect(page.status).toBe(200)
    return this.submit(readForm(await page.text()))
  }

  async submit({ action, fields }: ReturnType<typeof readForm>): Promise<Record<string, string>> {
    const login = await fetch(action, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
    })
    const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? ''
    const location = new URL(login.headers.get('location') ?? '', action)
    return readFacts(await (await fetch(location, { headers: { cookie } })).text())
  }
}

const unescapeMarkup = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

export function readForm(page: string): { action: string; fields: Record<string, string> } {
  const action = unescapeMarkup(/<form method="post" action="([^"]*)"/.exec(page)?.[1] ?? '')
  const inputs = page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)
  return {
    action,
    fields: Object.fromEntries([...inputs].map(([, name = '', value = '']) => [name, unescapeMarkup(value)])),
  }
}
