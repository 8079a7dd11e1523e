import { deviceCodeFlag, dryRunFlag, type Flag, profileFlag, yesFlag } from './command.ts'

/** The options of a switch; `exec` and `env` understand them too. */
export const switchFlags: readonly Flag[] = [
  profileFlag,
  {
    name: 'region',
    short: 'r',
    value: { label: 'REGION', kind: 'region' },
    describe: 'this region instead of the one of the profile',
  },
  { name: 'export', short: 'e', describe: 'temporary keys instead of AWS_PROFILE' },
  {
    name: 'role',
    short: 'R',
    value: { label: 'ARN', kind: 'text' },
    describe: 'assume this role too, with the credentials of the profile; implies --export',
  },
  {
    name: 'account',
    value: { label: 'ID', kind: 'text' },
    describe: 'an account of Identity Center, with --role-name instead of a profile; implies --export',
  },
  {
    name: 'role-name',
    value: { label: 'NAME', kind: 'text' },
    describe: 'the role in that account',
  },
  {
    name: 'session',
    value: { label: 'NAME', kind: 'session' },
    describe: 'the sso-session for --account, where there are several',
  },
  {
    name: 'duration',
    value: { label: 'TIME', kind: ['15m', '1h', '4h', '12h'] },
    describe: 'how long the keys of an assumed role are good, such as 1h or 90m; implies --export',
  },
  {
    name: 'mfa-code',
    value: { label: 'CODE', kind: 'text' },
    describe: 'the code of the MFA device, instead of being asked for it; implies --export',
  },
  { name: 'refresh', describe: 'ignore cached credentials' },
  deviceCodeFlag,
  { name: 'no-login', describe: 'open nothing; switch even without a session' },
  { ...yesFlag, describe: 'ask nothing, where a guard allows that' },
  dryRunFlag,
]
