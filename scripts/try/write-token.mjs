// Writes the token file of the session in scripts/try/config as the AWS CLI does, valid for eight hours. Its argument
// is the home folder. The tokens are made up: AWS would refuse them.
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const session = 'devto-article'
const formatTime = (time) => `${new Date(time).toISOString().slice(0, 19)}Z`
const hours = 3600 * 1000

const token = {
  startUrl: 'https://sso-portal.awsapps.com/start',
  region: 'eu-west-2',
  accessToken: 'not-a-real-token',
  expiresAt: formatTime(Date.now() + 8 * hours),
  clientId: 'not-a-real-client',
  clientSecret: 'not-a-real-secret',
  registrationExpiresAt: formatTime(Date.now() + 90 * 24 * hours),
  refreshToken: 'not-a-real-token',
}
const fields = Object.entries(token).map(
  ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`,
)

const folder = join(process.argv[2], '.aws', 'sso', 'cache')
mkdirSync(folder, { recursive: true, mode: 0o700 })
const file = join(folder, `${createHash('sha1').update(session).digest('hex')}.json`)
writeFileSync(file, `{${fields.join(', ')}}`, { mode: 0o600 })
