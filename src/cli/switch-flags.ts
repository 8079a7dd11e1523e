import type { Flag } from './command.ts'
import {
  deviceCodeFlag,
  dryRunFlag,
  durationFlag,
  mfaCodeFlag,
  profileFlag,
  refreshFlag,
  regionFlag,
  roleFlag,
  yesFlag,
} from './flags.ts'

/** The options of a switch; `exec` and `env` understand them too. */
export const switchFlags: readonly Flag[] = [
  profileFlag,
  regionFlag,
  { name: 'export', short: 'e', describe: 'temporary keys instead of AWS_PROFILE' },
  impliesExport(roleFlag),
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
  impliesExport(durationFlag),
  impliesExport(mfaCodeFlag),
  refreshFlag,
  deviceCodeFlag,
  { name: 'no-login', describe: 'open nothing; switch even without a session' },
  { ...yesFlag, describe: 'ask nothing, where a guard allows that' },
  dryRunFlag,
]

function impliesExport(flag: Flag): Flag {
  return { ...flag, describe: `${flag.describe}; implies --export` }
}
