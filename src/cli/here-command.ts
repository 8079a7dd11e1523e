import type { Command } from './command.ts'
import { jsonFlag, profileFlag, regionFlag, yesFlag } from './flags.ts'

/** `assume here`. */
export const hereCommand: Command = {
  name: 'here',
  group: 'switch',
  describe: 'Show or set the profile of this directory, and say whether its file counts.',
  positionals: [
    {
      name: 'profile',
      kind: 'profile',
      optional: true,
      describe: 'write it to .aws-profile in this directory, and allow it; none for no profile',
    },
  ],
  flags: [
    profileFlag,
    { ...regionFlag, describe: 'with PROFILE: this region instead of its own' },
    { name: 'allow', describe: 'the file that counts here is in force, as long as it says what it says now' },
    { name: 'deny', describe: 'it never is, and nothing is said of it' },
    { name: 'forget', describe: 'as if neither had been said' },
    {
      name: 'tree',
      value: { label: 'DIR', kind: 'file' },
      describe: 'with these: not for this directory, but for all files in DIR and below',
    },
    {
      name: 'profiles',
      value: { label: 'PATTERNS', kind: 'text' },
      describe: "with --allow --tree: for which profiles, as in 'dev,*-readonly'",
    },
    { ...yesFlag, describe: 'with PROFILE: change a file that says something else without asking' },
    jsonFlag,
  ],
  examples: [
    ['assume here', 'which file counts, what it says, whether it is in force; asks whether to allow it'],
    ['assume here dev-profile', 'write .aws-profile, and allow it'],
    ['assume here dev-profile --region us-west-2', 'with a region of its own'],
    ['assume here none', 'no profile in this directory and below'],
    ['assume here --allow', 'allow the file that is there, as it is now'],
    ["assume here --allow --tree ~/code --profiles 'dev,*-readonly'", 'many clones, these profiles'],
    ['assume here --json', 'the same as one object'],
  ],
}
