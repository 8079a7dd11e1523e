import type { Command } from './command.ts'
import { dryRunFlag, yesFlag } from './flags.ts'

/** The tools that one can come over from, in the order in which they are looked for. */
export const importToolNames = [
  'granted',
  'aws-vault',
  'aws-sso-cli',
  'awsume',
  'aws-sso-util',
  'saml2aws',
  'leapp',
  'oh-my-zsh',
] as const

/** `assume import`. */
export const importCommand: Command = {
  name: 'import',
  group: 'configure',
  describe: 'Come over from another tool: shows what becomes of its profiles, asks, changes them.',
  positionals: [
    {
      name: 'tool',
      kind: importToolNames,
      optional: true,
      describe: 'the tool; without it: all that have left something here',
    },
  ],
  flags: [dryRunFlag, { ...yesFlag, describe: 'ask nothing; what needs an answer is left out and listed' }],
  examples: [
    ['assume import', 'what is found here, one diff for each tool'],
    ['assume import granted --dry-run', 'show only what would become of the profiles of Granted'],
    ['assume import aws-sso-cli --yes', 'without a question'],
  ],
}
