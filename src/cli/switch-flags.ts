import { dryRunFlag, type Flag, profileFlag } from './command.ts'

/** The options of a switch; `exec` and `env` understand them too. */
export const switchFlags: readonly Flag[] = [
  profileFlag,
  {
    name: 'region',
    short: 'r',
    value: { label: 'REGION', kind: 'region' },
    describe: 'this region instead of the one of the profile',
  },
  { name: 'no-login', describe: 'open nothing; switch even without a session' },
  dryRunFlag,
]
