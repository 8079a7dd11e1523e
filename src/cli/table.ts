import { outputFormats } from '../core/output-format.ts'

/** What can stand at a place of the command line; completion offers it. */
export type ValueKind = 'profile' | 'region' | 'setting' | 'command' | 'text' | readonly string[]

export interface Flag {
  readonly name: string
  readonly short?: string
  /** Absent for a switch that takes no value. */
  readonly value?: { readonly label: string; readonly kind: ValueKind }
  readonly describe: string
}

export interface Positional {
  readonly name: string
  readonly kind: ValueKind
  readonly optional?: boolean
  readonly describe: string
}

export interface Command {
  /** The first word; empty for the switch itself. */
  readonly name: string
  readonly describe: string
  readonly positionals: readonly Positional[]
  readonly flags: readonly Flag[]
  /** Command lines and what they do, shown by `--help`. */
  readonly examples: readonly (readonly [line: string, describe: string])[]
}

const shells = ['bash', 'zsh', 'fish', 'powershell'] as const

const profileFlag: Flag = {
  name: 'profile',
  short: 'p',
  value: { label: 'NAME', kind: 'profile' },
  describe: 'the profile, also one that is called like a subcommand',
}
const jsonFlag: Flag = { name: 'json', describe: 'print JSON' }
const yesFlag: Flag = { name: 'yes', short: 'y', describe: 'ask nothing' }
const dryRunFlag: Flag = { name: 'dry-run', describe: 'show what would change, change nothing' }

const switchFlags: readonly Flag[] = [
  profileFlag,
  {
    name: 'region',
    short: 'r',
    value: { label: 'REGION', kind: 'region' },
    describe: 'this region instead of the one of the profile',
  },
  { name: 'no-login', describe: 'switch even without a session, open nothing' },
  dryRunFlag,
]

const loginFlags: readonly Flag[] = [
  { name: 'device-code', describe: 'log in with a code, on any device, instead of this browser' },
  { name: 'no-browser', describe: 'open no browser, print the address' },
]

const optionalProfile: Positional = {
  name: 'profile',
  kind: 'profile',
  optional: true,
  describe: 'the profile to switch to; without it: a picker',
}

/** `assume [PROFILE]`, the command without a name. */
export const switchCommand: Command = {
  name: '',
  describe: 'Switch the AWS profile of this shell.',
  positionals: [optionalProfile],
  flags: [
    ...switchFlags,
    { name: 'unset', short: 'u', describe: 'give this shell back what it had before the first switch' },
  ],
  examples: [
    ['assume dev-profile', 'every AWS tool in this terminal works as dev-profile'],
    ['assume', 'pick a profile from a list'],
    ['assume -', 'back to the switch before this one'],
    ['assume -r us-west-2', 'the active profile, in another region'],
    ['assume --unset', 'as if nothing had been switched'],
  ],
}

/** Every subcommand, in the order in which the help shows them. */
export const subcommands: readonly Command[] = [
  {
    name: 'list',
    describe: 'Show the profiles with account, role, region, kind and session.',
    positionals: [
      {
        name: 'pattern',
        kind: 'text',
        optional: true,
        describe: 'part of a name, or a pattern with * and ?',
      },
    ],
    flags: [jsonFlag],
    examples: [
      ['assume list', 'all profiles'],
      ['assume list prod', 'those whose name contains "prod"'],
      ["assume list '*-admin' --json", 'as an array of objects'],
    ],
  },
  {
    name: 'status',
    describe: 'Show what is active in this shell and where it comes from.',
    positionals: [],
    flags: [jsonFlag],
    examples: [
      ['assume status', 'the active profile, its account, role, region and session'],
      ['assume status --json', 'the same as one object'],
    ],
  },
  {
    name: 'exec',
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
    flags: switchFlags.filter((flag) => flag !== dryRunFlag && flag !== profileFlag),
    examples: [
      ['assume exec dev-profile -- terraform plan', 'one command; its exit status is that of the command'],
      ['assume exec -r us-west-2 dev-profile aws s3 ls', 'in another region'],
      ['assume exec dev-profile', 'a shell of its own'],
    ],
  },
  {
    name: 'env',
    describe: 'Print a switch for eval in scripts and CI.',
    positionals: [{ ...optionalProfile, describe: 'the profile to switch to' }],
    flags: [
      ...switchFlags.filter((flag) => flag !== dryRunFlag),
      {
        name: 'shell',
        short: 's',
        value: { label: 'SHELL', kind: shells },
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
      ['assume env dev-profile --format json', '{"set":{"NAME":"value"},"unset":["NAME"]}'],
    ],
  },
  {
    name: 'login',
    describe: 'Log in to an Identity Center session; the AWS CLI and the SDKs are logged in too.',
    positionals: [
      {
        name: 'session',
        kind: 'profile',
        optional: true,
        describe: 'an sso-session or a profile; without it: that of the active profile, or the only one',
      },
    ],
    flags: [...loginFlags, { name: 'all', describe: 'log in to every session of the config file' }],
    examples: [
      ['assume login', 'the session of the active profile'],
      ['assume login dev-profile', 'the session that this profile uses'],
      ['assume login --device-code', 'with a code, for example over SSH'],
    ],
  },
  {
    name: 'logout',
    describe: 'End an Identity Center session and remove what was cached with it.',
    positionals: [
      {
        name: 'session',
        kind: 'profile',
        optional: true,
        describe: 'an sso-session or a profile; without it: that of the active profile, or the only one',
      },
    ],
    flags: [{ name: 'all', describe: 'end every session of the config file' }],
    examples: [
      ['assume logout', 'the session of the active profile'],
      ['assume logout --all', 'every session'],
    ],
  },
  {
    name: 'sandbox',
    describe: 'Try everything without an AWS account: a throw-away home with a local Identity Center.',
    positionals: [
      {
        name: 'command',
        kind: 'command',
        optional: true,
        describe: 'run this there; without it: your shell',
      },
    ],
    flags: [{ name: 'approve', describe: 'allow every login at once, without the page' }],
    examples: [
      ['assume sandbox', 'your shell; try: assume dev-profile'],
      ['assume sandbox --approve -- sh -c "assume exec dev-profile env"', 'one command, for scripts'],
    ],
  },
  {
    name: 'sync',
    describe: 'Write a profile for every account and role of an Identity Center session.',
    positionals: [
      {
        name: 'session',
        kind: 'profile',
        optional: true,
        describe: 'an sso-session or a profile; without it: that of the active profile, or the only one',
      },
    ],
    flags: [
      {
        name: 'template',
        short: 't',
        value: { label: 'TEMPLATE', kind: 'text' },
        describe:
          'names of new profiles, by default {account_name}-{role}; also account_id, email, session, and slug, lower, upper behind a |',
      },
      {
        name: 'region',
        short: 'r',
        value: { label: 'REGION', kind: 'region' },
        describe: 'the region of new profiles, or none; by default that of the session',
      },
      {
        name: 'filter',
        short: 'f',
        value: { label: 'PATTERN', kind: 'text' },
        describe: 'only these accounts, roles or profiles: part of a name, or a pattern with * and ?',
      },
      { name: 'prune', describe: 'remove profiles that sync wrote and whose role is gone' },
      dryRunFlag,
      yesFlag,
      jsonFlag,
    ],
    examples: [
      ['assume sync', 'show the new profiles, ask, write them'],
      ['assume sync work --prune --dry-run', 'what has come and gone in the session work'],
      ["assume sync -t '{account_name|slug}-{role|lower}'", 'names like my-account-admin'],
      ["assume sync --filter '*-prod' --region eu-west-1 --yes", 'some accounts, without a question'],
    ],
  },
  {
    name: 'configure',
    describe: 'Write a profile for an account and a role of Identity Center: asks, logs in, shows, writes.',
    positionals: [],
    flags: [
      {
        name: 'session',
        value: { label: 'NAME', kind: 'text' },
        describe: 'the sso-session, one of the config file or a new name',
      },
      {
        name: 'start-url',
        value: { label: 'URL', kind: 'text' },
        describe: 'start URL of a new session, as in https://my-company.awsapps.com/start',
      },
      {
        name: 'sso-region',
        value: { label: 'REGION', kind: 'region' },
        describe: 'where Identity Center of a new session is',
      },
      {
        name: 'scopes',
        value: { label: 'LIST', kind: 'text' },
        describe: 'registration scopes of a new session, separated by commas',
      },
      {
        name: 'account',
        value: { label: 'ID', kind: 'text' },
        describe: 'the account; together with --role-name taken as it is, without a login',
      },
      { name: 'role-name', value: { label: 'NAME', kind: 'text' }, describe: 'the role in the account' },
      {
        name: 'region',
        short: 'r',
        value: { label: 'REGION', kind: 'region' },
        describe: 'default region of the profile; "none" for none',
      },
      {
        name: 'output',
        value: { label: 'FORMAT', kind: [...outputFormats, 'none'] },
        describe: 'output format of the AWS CLI',
      },
      { ...profileFlag, describe: 'the name of the profile, a new one or one to update' },
      { ...yesFlag, describe: 'ask nothing, take the defaults' },
      dryRunFlag,
    ],
    examples: [
      ['assume configure', 'asks for everything'],
      ['assume configure --session my-sso', 'another profile of a session'],
      [
        'assume configure --session my-sso --account 123456789012 --role-name ReadOnly --profile test --yes',
        'asks nothing, for scripts',
      ],
    ],
  },
  {
    name: 'setup',
    describe: 'Load assume in your shells: shows the changes to the rc files, asks, makes them.',
    positionals: [],
    flags: [
      dryRunFlag,
      { name: 'uninstall', describe: 'take out again what setup put in' },
      {
        name: 'shell',
        short: 's',
        value: { label: 'SHELL', kind: shells },
        describe: 'only this shell (several: --shell bash,zsh); otherwise all that are installed',
      },
      { name: 'no-prompt', describe: 'leave the prompt alone' },
      yesFlag,
    ],
    examples: [
      ['assume setup --dry-run', 'show the changes only'],
      ['assume setup --shell zsh', 'only ~/.zshrc'],
      ['assume setup --uninstall', 'the rc files as they were before'],
    ],
  },
  {
    name: 'settings',
    describe: "Show and change assume's own settings.",
    positionals: [
      { name: 'action', kind: ['list', 'get', 'set'], describe: 'what to do' },
      { name: 'name', kind: 'setting', optional: true, describe: 'the setting' },
      { name: 'value', kind: 'text', optional: true, describe: 'its new value' },
    ],
    flags: [jsonFlag],
    examples: [
      ['assume settings list', 'every setting with its value'],
      ['assume settings set assume_region off', 'switches leave AWS_REGION alone'],
    ],
  },
]

/** Flags that every command understands. */
export const commonFlags: readonly Flag[] = [
  { name: 'verbose', describe: 'say what is done, on stderr' },
  { name: 'help', short: 'h', describe: 'show help' },
  { name: 'version', describe: 'show the version' },
]

/** The subcommand called `name`; undefined when there is none. */
export function findSubcommand(name: string | undefined): Command | undefined {
  return subcommands.find((command) => command.name === name)
}
