import type { Flag } from './command.ts'

// Flags that mean the same wherever they are.

export const profileFlag: Flag = {
  name: 'profile',
  short: 'p',
  value: { label: 'NAME', kind: 'profile' },
  describe: 'the profile, also one that is called like a subcommand',
}
export const deviceCodeFlag: Flag = {
  name: 'device-code',
  alias: 'use-device-code',
  describe: 'log in with a code, on any device, instead of this browser',
}
export const jsonFlag: Flag = { name: 'json', describe: 'print JSON' }
export const yesFlag: Flag = { name: 'yes', short: 'y', describe: 'ask nothing' }
export const dryRunFlag: Flag = { name: 'dry-run', describe: 'show what would change, change nothing' }

export const regionFlag: Flag = {
  name: 'region',
  short: 'r',
  value: { label: 'REGION', kind: 'region' },
  describe: 'this region instead of the one of the profile',
}
export const roleFlag: Flag = {
  name: 'role',
  short: 'R',
  value: { label: 'ARN', kind: 'text' },
  describe: 'assume this role too, with the credentials of the profile',
}
export const durationFlag: Flag = {
  name: 'duration',
  value: { label: 'TIME', kind: ['15m', '1h', '4h', '12h'] },
  describe: 'how long the keys of an assumed role are good, such as 1h or 90m',
}
export const mfaCodeFlag: Flag = {
  name: 'mfa-code',
  value: { label: 'CODE', kind: 'text' },
  describe: 'the code of the MFA device, instead of being asked for it',
}
export const refreshFlag: Flag = { name: 'refresh', describe: 'ignore cached credentials' }
export const noLoginFlag: Flag = { name: 'no-login', describe: 'open nothing; fail without a session' }
