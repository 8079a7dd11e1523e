import { browserNames } from '../settings/settings.ts'
import type { Command, Flag } from './command.ts'
import {
  deviceCodeFlag,
  mfaCodeFlag,
  noLoginFlag,
  profileFlag,
  refreshFlag,
  regionFlag,
  roleFlag,
  yesFlag,
} from './flags.ts'

/** What `--container` and `assume_container` can be. */
export const containerAddOns = ['granted', 'container', 'off'] as const

const serviceFlag: Flag = {
  name: 'service',
  short: 's',
  value: { label: 'PAGE', kind: 'service' },
  repeats: true,
  describe: 'what to open: a service, a path, an ARN, or a URL of the console; several: -s s3 -s ec2',
}

/** How a console is opened; a switch that asks for one understands these too. */
const openingFlags: readonly Flag[] = [
  {
    name: 'url',
    describe:
      'print the address instead of opening it; but for a link to the portal, whoever has it is signed in',
  },
  { name: 'copy', describe: 'put the address on the clipboard of this terminal' },
  { name: 'federate', describe: 'sign in with keys also where a link to the portal would do' },
  {
    name: 'browser',
    value: { label: 'BROWSER', kind: browserNames },
    describe: 'a browser by its name, or a command with %s for the address',
  },
  {
    name: 'browser-profile',
    value: { label: 'NAME', kind: 'text' },
    describe: 'which profile of the browser',
  },
  {
    name: 'container',
    value: { label: 'ADD-ON', kind: containerAddOns },
    describe: 'a container of Firefox, by its add-on',
  },
]

/** The flags of the switch that open a console instead. */
export const consoleSwitchFlags: readonly Flag[] = [
  { name: 'console', short: 'c', describe: 'open the AWS console instead of switching' },
  { ...serviceFlag, describe: `${serviceFlag.describe}; implies --console` },
  ...openingFlags.map((flag) => ({ ...flag, describe: `${flag.describe}; with --console` })),
]

/** `assume console`. */
export const consoleCommand: Command = {
  name: 'console',
  group: 'run',
  describe: 'Open the AWS console as a profile, in its own browser.',
  positionals: [
    {
      name: 'profile',
      kind: 'profile',
      optional: true,
      repeats: true,
      describe: 'the profiles; without one: the active one, or the keys in the environment',
    },
  ],
  flags: [
    profileFlag,
    serviceFlag,
    regionFlag,
    ...openingFlags,
    {
      name: 'duration',
      value: { label: 'TIME', kind: ['1h', '4h', '12h'] },
      describe: 'how long the console lasts, where AWS lets that be said',
    },
    {
      name: 'account',
      value: { label: 'ID', kind: 'text' },
      describe: 'an account of Identity Center, with --role-name instead of a profile',
    },
    { name: 'role-name', value: { label: 'NAME', kind: 'text' }, describe: 'the role in that account' },
    {
      name: 'session',
      value: { label: 'NAME', kind: 'session' },
      describe: 'the sso-session for --account, where there are several',
    },
    roleFlag,
    mfaCodeFlag,
    refreshFlag,
    deviceCodeFlag,
    { ...noLoginFlag, describe: 'log in nowhere; fail where keys need a session' },
    { ...yesFlag, describe: 'ask nothing, where a guard allows that' },
  ],
  examples: [
    ['assume console prod', 'the console, in the browser of prod'],
    ['assume console prod -s ec2 -s s3', 'two pages of it'],
    ['assume console dev test', 'two consoles'],
    ['assume console -s arn:aws:sqs:eu-west-1:123456789012:jobs', 'a resource, as the active profile'],
    ['assume console prod --url', 'the address, for another browser'],
    ['assume -c prod', 'the same as assume console prod'],
  ],
}
