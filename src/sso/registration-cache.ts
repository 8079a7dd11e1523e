import { join } from 'node:path'
import { registrationFileName } from '../aws/cache-file-name.ts'
import type { Files } from '../context.ts'
import { writeAtomically } from '../system/files/atomic-write.ts'
import { type CacheWorld, readCacheFile } from '../system/files/cache-file.ts'
import {
  formatRegistration,
  isReusable,
  type LoginFlow,
  parseRegistration,
  type Registration,
} from './registration.ts'

/** What a client is registered for; another in any part needs a registration of its own. */
export interface RegistrationKey {
  readonly region: string
  readonly startUrl: string
  /** As they are asked for, in that order. */
  readonly scopes: readonly string[]
  readonly flow: LoginFlow
}

/**
 * Our registration for `key` in the folder `registrations`; undefined when there is none, it is broken, cannot be read or
 * is not to be believed, or is too near its end at `now` for another login.
 */
export function readRegistration(
  world: CacheWorld,
  registrations: string,
  key: RegistrationKey,
  now: number,
): Registration | undefined {
  const file = readCacheFile(world, join(registrations, fileNameOf(key)))
  const registration = parseRegistration(file?.text, formatKey(key))
  return registration && isReusable(registration, now) ? registration : undefined
}

/** Keeps a registration for later logins. One that cannot be kept costs them a request, so that is no failure. */
export function writeRegistration(
  files: Files,
  registrations: string,
  key: RegistrationKey,
  registration: Registration,
): void {
  const bytes = Buffer.from(formatRegistration(registration, formatKey(key)))
  try {
    writeAtomically(files, join(registrations, fileNameOf(key)), bytes, { isCache: true })
  } catch {
    // The next login registers anew.
  }
}

/** Forgets a registration, for instance when the service no longer knows it. */
export function removeRegistration(files: Files, registrations: string, key: RegistrationKey): void {
  try {
    files.remove(join(registrations, fileNameOf(key)))
  } catch {
    // As with writing: at worst it is tried once more.
  }
}

function fileNameOf({ region, startUrl, scopes, flow }: RegistrationKey): string {
  return `${flow}-${registrationFileName({ region, startUrl, scopes, sessionName: null })}`
}

/** What a file holds of its key: its name is only a digest of that. */
function formatKey({ flow, region, startUrl, scopes }: RegistrationKey): string {
  return [flow, region, startUrl, ...scopes].join(' ')
}
