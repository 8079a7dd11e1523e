import type { Command, Flag } from './command.ts'
import {
  deviceCodeFlag,
  durationFlag,
  jsonFlag,
  mfaCodeFlag,
  noLoginFlag,
  profileFlag,
  refreshFlag,
  regionFlag,
  roleFlag,
} from './flags.ts'

/** How keys are got, whoever gets them. */
const fetchFlags: readonly Flag[] = [mfaCodeFlag, refreshFlag, deviceCodeFlag, noLoginFlag]

/** The subcommands that hand out keys or ask about them, in the order in which the help shows them. */
export const credentialCommands: readonly Command[] = [
  {
    name: 'credential-process',
    group: 'run',
    describe: 'Print keys as the SDKs read them from the program that credential_process names.',
    positionals: [{ name: 'profile', kind: 'profile', optional: true, describe: 'the profile' }],
    flags: [
      profileFlag,
      { name: 'login', describe: 'log in when there is no session; otherwise nothing is ever opened' },
      deviceCodeFlag,
    ],
    examples: [
      ['assume credential-process dev-profile', 'keys as JSON, from the cache while they are good'],
      ['credential_process = assume credential-process dev', 'in ~/.aws/config'],
    ],
  },
  {
    name: 'credentials-file',
    group: 'run',
    describe: 'Write the keys of a profile to the AWS credentials file, for tools that read nothing else.',
    positionals: [
      {
        name: 'profile',
        kind: 'profile',
        optional: true,
        describe: 'the profile; without it: the active one',
      },
    ],
    flags: [
      {
        name: 'as',
        value: { label: 'NAME', kind: 'text' },
        describe: 'the section of the credentials file: a new one, or one that this command wrote',
      },
      { name: 'remove', describe: 'take the section out again' },
      profileFlag,
      regionFlag,
      roleFlag,
      durationFlag,
      ...fetchFlags,
    ],
    examples: [
      ['assume credentials-file dev-profile --as dev-keys', 'the tool is told to use profile dev-keys'],
      ['assume credentials-file --as dev-keys', 'the active profile; again before the keys end'],
      ['assume credentials-file --as dev-keys --remove', 'the section is gone'],
    ],
  },
  {
    name: 'whoami',
    group: 'look',
    describe: 'Ask AWS who you are: account, alias, ARN.',
    positionals: [
      {
        name: 'profile',
        kind: 'profile',
        optional: true,
        describe: 'the profile; without it: whoever the AWS CLI is in this shell',
      },
    ],
    flags: [profileFlag, ...fetchFlags, jsonFlag],
    examples: [
      ['assume whoami', 'whoever the AWS CLI is in this shell'],
      ['assume whoami dev-profile', 'who dev-profile is'],
      ['assume whoami --json', 'as one object'],
    ],
  },
]
