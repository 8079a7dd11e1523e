import { join } from 'node:path'
import type { Files } from '../context.ts'
import { writeAtomically } from '../system/files/atomic-write.ts'
import type { ServerAddress } from './client-environment.ts'

/**
 * Writes the two files, without a secret, that a command reads in the place of the AWS files, into a folder of theirs. Throws
 * AssumeError `unwritable-file`.
 */
export function writeClientFiles(
  files: Files,
  folder: string,
  configText: string,
): Pick<ServerAddress, 'configFile' | 'credentialsFile'> {
  const configFile = join(folder, 'config')
  const credentialsFile = join(folder, 'credentials')
  writeAtomically(files, configFile, Buffer.from(configText), { isCache: true })
  writeAtomically(files, credentialsFile, new Uint8Array(), { isCache: true })
  return { configFile, credentialsFile }
}
