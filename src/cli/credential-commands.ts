import type { Command } from './command.ts'

/** The subcommands that hand out keys, in the order in which the help shows them. */
export const credentialCommands: readonly Command[] = [
  {
    name: 'credential-process',
    describe: 'Print keys as the SDKs read them from the program that credential_process names.',
    positionals: [{ name: 'profile', kind: 'profile', describe: 'the profile' }],
    flags: [{ name: 'login', describe: 'log in when there is no session; otherwise nothing is ever opened' }],
    examples: [
      ['assume credential-process dev-profile', 'keys as JSON, from the cache while they are good'],
      ['credential_process = assume credential-process dev', 'in ~/.aws/config'],
    ],
  },
]
