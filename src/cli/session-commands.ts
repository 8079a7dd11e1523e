import type { Command, Flag } from './command.ts'
import { deviceCodeFlag, dryRunFlag, jsonFlag, profileFlag, yesFlag } from './flags.ts'
import { outputFormats } from './output-format.ts'

const loginFlags: readonly Flag[] = [
  deviceCodeFlag,
  { name: 'no-browser', describe: 'open no browser, print the address' },
]

/** The subcommands for Identity Center, in the order in which the help shows them. */
export const sessionCommands: readonly Command[] = [
  {
    name: 'login',
    group: 'log in',
    describe:
      'Log in to an Identity Center session, or get a session with a stored key; the AWS CLI and the SDKs use it too.',
    positionals: [
      {
        name: 'session',
        kind: 'session-or-profile',
        optional: true,
        describe: 'an sso-session or a profile; without it: that of the active profile, or the only one',
      },
    ],
    flags: [
      profileFlag,
      ...loginFlags,
      { name: 'all', describe: 'log in to every session of the config file' },
    ],
    examples: [
      ['assume login', 'the session of the active profile'],
      ['assume login dev-profile', 'the session that this profile uses'],
      ['assume login --device-code', 'with a code, for example over SSH'],
    ],
  },
  {
    name: 'logout',
    group: 'log in',
    describe: 'End an Identity Center session, or that of a stored key, and remove what was cached with it.',
    positionals: [
      {
        name: 'session',
        kind: 'session-or-profile',
        optional: true,
        describe: 'an sso-session or a profile; without it: that of the active profile, or the only one',
      },
    ],
    flags: [profileFlag, { name: 'all', describe: 'end every session of the config file' }],
    examples: [
      ['assume logout', 'the session of the active profile'],
      ['assume logout --all', 'every session'],
    ],
  },
  {
    name: 'configure',
    group: 'configure',
    describe: 'Write a profile for an account and a role of Identity Center: asks, logs in, shows, writes.',
    positionals: [],
    flags: [
      {
        name: 'session',
        value: { label: 'NAME', kind: 'session' },
        describe: 'the sso-session, one of the config file or a new name',
      },
      {
        name: 'legacy',
        describe: 'the older form: the profile says itself where its session is, no sso-session is written',
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
      deviceCodeFlag,
      { ...yesFlag, describe: 'ask nothing, take the defaults' },
      dryRunFlag,
    ],
    examples: [
      ['assume configure', 'asks for everything'],
      ['assume configure --session my-sso', 'another profile of a session'],
      [
        'assume configure --session my-sso --account 123456789012 --role-name Dev --yes',
        'asks nothing, for scripts',
      ],
    ],
  },
  {
    name: 'sync',
    group: 'configure',
    describe: 'Write a profile for every account and role of an Identity Center session.',
    positionals: [
      {
        name: 'session',
        kind: 'session-or-profile',
        optional: true,
        describe: 'an sso-session or a profile; without it: that of the active profile, or the only one',
      },
    ],
    flags: [
      profileFlag,
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
      deviceCodeFlag,
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
    name: 'sandbox',
    group: 'look',
    describe: 'Try everything without an AWS account: a throw-away home with a local Identity Center.',
    positionals: [
      {
        name: 'command',
        kind: 'command',
        optional: true,
        describe: 'run this there; without it: your shell',
      },
    ],
    flags: [{ name: 'approve', describe: 'allow every login at once, without a page' }],
    examples: [
      ['assume sandbox', 'your shell; try: assume dev-profile'],
      ['assume sandbox --approve -- sh -c "assume exec dev-profile env"', 'one command, for scripts'],
    ],
  },
]
