import type { Command } from './command.ts'
import { jsonFlag, mfaCodeFlag, profileFlag, yesFlag } from './flags.ts'

/** `assume keys`. */
export const keysCommand: Command = {
  name: 'keys',
  group: 'configure',
  describe: "Keep long-lived keys in the system's keyring or in encrypted files, and replace them.",
  positionals: [
    {
      name: 'action',
      kind: ['add', 'list', 'rotate', 'passphrase', 'remove'],
      optional: true,
      describe: 'what to do; without it: list',
    },
    {
      name: 'profile',
      kind: 'text',
      kindsAfter: { add: 'profile', rotate: 'profile', remove: 'profile' },
      optional: true,
      describe: 'the profile whose key it is; for add it can be a new one',
    },
  ],
  flags: [
    profileFlag,
    { name: 'from-credentials', describe: 'add: the key that the credentials file has, which leaves it' },
    { name: 'all', describe: 'add --from-credentials: each key of the credentials file in turn' },
    { name: 'stdin', describe: "add: read the console's CSV, or JSON, from stdin" },
    {
      name: 'store',
      value: { label: 'STORE', kind: ['os', 'file'] },
      describe: 'add: os for the keyring of the system, file for encrypted files',
    },
    { name: 'delete', describe: 'rotate: delete the old key too, instead of leaving it inactive' },
    mfaCodeFlag,
    { ...yesFlag, describe: 'ask for no confirmation' },
    jsonFlag,
  ],
  examples: [
    ['assume keys add ci --from-credentials', 'take the key of [ci] out of ~/.aws/credentials'],
    ['assume keys add --from-credentials --all', 'every long-lived key that is there'],
    ['assume keys add ci --stdin < accessKeys.csv', 'the file that the console gives'],
    ['assume keys', 'ids and ages; no store is opened'],
    ['assume keys rotate ci', 'a new key, tried before the old one is made inactive'],
    ['assume keys rotate ci --delete', 'and the old one is deleted'],
  ],
}
