import type { RoleSession } from '../../aws/credentials.ts'
import type { Context } from '../../context.ts'
import { AssumeError } from '../../errors.ts'
import type { Profile } from '../../profiles/profile.ts'
import { readText } from '../../system/files/read-text.ts'
import { expandHome, type Paths } from '../../system/paths.ts'
import { printable } from '../../text/redact.ts'
import { nameRoleSession } from '../role-request.ts'
import type { SourceOf } from '../source.ts'
import type { StsService } from '../sts.ts'

/**
 * A session of a role that is assumed with the token in `web_identity_token_file`, which is read anew every time.
 * Throws AssumeError `unreadable-file`, `role-refused`, `network`, `service`.
 */
export async function fetchWebIdentity(
  context: Context,
  paths: Paths,
  { profile, tokenFile, request }: SourceOf<'web-identity'>,
  openSts: () => Promise<StsService>,
): Promise<RoleSession> {
  const path = expandHome(tokenFile, paths)
  await context.files.drain(path)
  const token = readText(context.files, path)?.trim()
  if (!token) {
    throw new AssumeError(
      'unreadable-file',
      `there is no token in ${printable(path)}, which ${namePlace(profile, tokenFile)} names`,
      { hint: (quote) => `ls -l ${quote(path)}` },
    )
  }
  const sts = await openSts()
  return sts.assumeRoleWithWebIdentity(nameRoleSession(request, context.now()), token)
}

/** In an environment as it is the variable goes before the profile. */
function namePlace({ name, properties }: Profile, tokenFile: string): string {
  return properties.get('web_identity_token_file') === tokenFile
    ? `web_identity_token_file of profile ${printable(name)}`
    : 'AWS_WEB_IDENTITY_TOKEN_FILE'
}
