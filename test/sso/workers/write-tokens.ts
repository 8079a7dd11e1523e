/** Writes tokens without end: `SSO-CACHE`. Their access tokens are long, so that a part of one would be noticed. */

import { writeToken } from '../../../src/sso/token-cache.ts'
import { nodeFiles } from '../../../src/system/files/files.ts'

const [ssoCache = ''] = process.argv.slice(2)

for (let count = 0; ; count += 1) {
  const accessToken = String(count % 10).repeat(100_000)
  writeToken(
    nodeFiles,
    ssoCache,
    { name: 'my-sso', startUrl: 'x' },
    { accessToken, expiresAt: 4_000_000_000_000 },
  )
  process.stdout.write('.')
}
