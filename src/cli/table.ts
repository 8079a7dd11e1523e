import { shellNames } from '../emit/shell.ts'
import type { OwnWord } from '../profiles/resolve.ts'
import { settingTable } from '../settings/settings.ts'
import type { Command, Flag, Positional } from './command.ts'
import { consoleCommand, consoleSwitchFlags } from './console-command.ts'
import { credentialCommands } from './credential-commands.ts'
import { doctorCommand } from './doctor-command.ts'
import { dryRunFlag, jsonFlag, yesFlag } from './flags.ts'
import { hereCommand } from './here-command.ts'
import { importCommand } from './import-command.ts'
import { keysCommand } from './keys-command.ts'
import { pluginCommand } from './plugin-command.ts'
import { serveCommand } from './serve-command.ts'
import { sessionCommands } from './session-commands.ts'
import { switchFlags } from './switch-flags.ts'

const optionalProfile: Positional = {
  name: 'profile',
  kind: 'profile',
  optional: true,
  describe: 'the profile to switch to; without it: a picker',
}

/** `assume [PROFILE]`, the command without a name. */
export const switchCommand: Command = {
  name: '',
  group: 'switch',
  describe: 'Switch the AWS profile of this shell.',
  positionals: [{ ...optionalProfile, repeats: ['console', 'service'] }],
  flags: [
    ...switchFlags,
    ...consoleSwitchFlags,
    { name: 'unset', short: 'u', describe: 'give this shell back what it had before the first switch' },
  ],
  examples: [
    ['assume dev-profile', 'every AWS tool in this terminal works as dev-profile'],
    ['assume', 'pick a profile from a list'],
    ['assume -', 'back to the switch before this one'],
    ['assume -r us-west-2', 'the active profile, in another region'],
    ['assume --export dev-profile', 'temporary keys instead of AWS_PROFILE'],
    ['assume dev-profile --role ROLE_ARN', 'one more role on top'],
    ['assume --account 123456789012 --role-name Admin', 'a role that has no profile'],
    ['assume -c dev-profile -s ec2', 'the AWS console as dev-profile, without a switch'],
    ['assume --unset', 'as if nothing had been switched'],
  ],
}

const namedCommands: readonly Command[] = [
  {
    name: 'list',
    group: 'look',
    describe: 'Show the profiles with account, role, region, kind and session.',
    positionals: [
      {
        name: 'pattern',
        kind: 'text',
        optional: true,
        describe: 'part of a name, or a pattern with * and ?',
      },
    ],
    flags: [{ name: 'names', describe: 'print the names only, one a line' }, jsonFlag],
    examples: [
      ['assume list', 'all profiles'],
      ['assume list --names', 'their names, for scripts'],
      ['assume list prod', 'those whose name contains "prod"'],
      ["assume list '*-admin' --json", 'as an array of objects'],
    ],
  },
  {
    name: 'status',
    group: 'look',
    describe: 'Show what is active in this shell and where it comes from.',
    positionals: [],
    flags: [jsonFlag],
    examples: [
      ['assume status', 'the active profile, its account, role, region and session'],
      ['assume status --json', 'the same as one object'],
    ],
  },
  doctorCommand,
  hereCommand,
  {
    name: 'exec',
    group: 'run',
    describe: 'Run one command as a profile; this shell stays as it is.',
    positionals: [
      { name: 'profile', kind: 'profile', describe: 'the profile' },
      {
        name: 'command',
        kind: 'command',
        optional: true,
        describe: 'the command and its arguments, taken as they are; without it: your shell',
      },
    ],
    flags: switchFlags.filter((flag) => flag !== dryRunFlag),
    examples: [
      ['assume exec dev-profile -- terraform plan', 'one command; its exit status is that of the command'],
      ['assume exec -r us-west-2 dev-profile aws s3 ls', 'in another region'],
      ['assume exec --export dev-profile -- docker compose up', 'with temporary keys'],
      ['assume exec dev-profile', 'a shell of its own'],
    ],
  },
  {
    name: 'env',
    group: 'run',
    describe: 'Print a switch for eval in scripts and CI.',
    positionals: [{ ...optionalProfile, describe: 'the profile to switch to; without it: the active one' }],
    flags: [
      ...switchFlags.filter((flag) => flag !== dryRunFlag),
      {
        name: 'shell',
        short: 's',
        value: { label: 'SHELL', kind: shellNames },
        describe: 'the shell that will evaluate it',
      },
      {
        name: 'format',
        short: 'f',
        value: { label: 'FORMAT', kind: ['shell', 'json', 'dotenv'] },
        describe: 'json and dotenv are for other programs',
      },
    ],
    examples: [
      ['eval "$(assume env dev-profile --shell bash)"', 'in a bash script'],
      ['assume env dev-profile --shell fish | source', 'in a fish script'],
      [
        'assume env dev-profile --shell powershell | Out-String | Invoke-Expression',
        'in a PowerShell script',
      ],
      ['assume env --format dotenv > .env', 'the active profile, for a container'],
      ['assume env dev-profile --format json', '{"set":{"NAME":"value"},"unset":["NAME"]}'],
    ],
  },
  serveCommand,
  consoleCommand,
  ...credentialCommands,
  ...sessionCommands,
  pluginCommand,
  keysCommand,
  importCommand,
  {
    name: 'setup',
    group: 'configure',
    describe: 'Load assume in your shells: shows the changes to the rc files, asks, makes them.',
    positionals: [],
    flags: [
      dryRunFlag,
      { name: 'uninstall', describe: 'take out again what setup put in' },
      {
        name: 'shell',
        short: 's',
        value: { label: 'SHELL', kind: shellNames },
        describe: 'only this shell (several: --shell bash,zsh); otherwise all that are installed',
      },
      { name: 'no-prompt', describe: 'leave the prompt alone' },
      { name: 'directories', describe: 'take the profile that each directory names: assume here --help' },
      { name: 'no-directories', describe: 'no longer do that' },
      yesFlag,
    ],
    examples: [
      ['assume setup --dry-run', 'show the changes only'],
      ['assume setup --shell zsh', 'only ~/.zshrc'],
      ['assume setup --directories', 'cd into a project and be in its account'],
      ['assume setup --uninstall', 'the rc files as they were before'],
    ],
  },
  {
    name: 'settings',
    group: 'configure',
    describe: "Show and change assume's own settings.",
    positionals: [
      {
        name: 'action',
        kind: ['list', 'get', 'set'],
        optional: true,
        describe: 'what to do; without it: list',
      },
      {
        name: 'name',
        kind: 'text',
        kindsAfter: { get: 'setting', set: 'setting' },
        optional: true,
        describe: 'the setting',
      },
      {
        name: 'value',
        kind: 'text',
        kindsAfter: Object.fromEntries(
          settingTable.flatMap(({ name, values, suggestions = values }) =>
            suggestions ? [[`set ${name}`, suggestions]] : [],
          ),
        ),
        optional: true,
        describe: 'its new value',
      },
    ],
    flags: [jsonFlag],
    examples: [
      ['assume settings', 'every setting with its value'],
      ['assume settings set assume_region off', 'switches leave AWS_REGION alone'],
    ],
  },
]

const helpCommand: Command = {
  name: 'help',
  group: 'look',
  yields: true,
  describe: 'Show what there is, or the help of one command.',
  positionals: [
    {
      name: 'command',
      kind: [...namedCommands.map(({ name }) => name), 'help'],
      optional: true,
      describe: 'the command; without it: all',
    },
  ],
  flags: [],
  examples: [
    ['assume help', 'the commands, and the options of a switch'],
    ['assume help exec', 'the same as assume exec --help'],
  ],
}

/** Every subcommand, in the order in which the help shows those of a group. */
export const subcommands: readonly Command[] = [...namedCommands, helpCommand]

/** Flags that every command understands. */
export const commonFlags: readonly Flag[] = [
  { name: 'verbose', describe: 'say what is done, on stderr' },
  { name: 'help', short: 'h', describe: 'show help' },
  { name: 'version', describe: 'show the version' },
]

/** All that the first word of `assume` can be besides a profile. */
export const ownWords: readonly OwnWord[] = [
  ...subcommands.map(({ name }) => ({ word: name })),
  ...[...switchCommand.flags, ...commonFlags].map(({ name, value }) => ({
    word: `--${name}`,
    value: value?.label,
  })),
]

/** The subcommand called `name`; undefined when there is none. */
export function findSubcommand(name: string | undefined): Command | undefined {
  return subcommands.find((command) => command.name === name)
}
