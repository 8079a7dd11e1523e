import type { Command } from './command.ts'
import { jsonFlag } from './flags.ts'

/** What `assume doctor` looks at, by the words that choose it, in the order in which it does. */
export const checkNames = [
  'shell',
  'path',
  'node',
  'config',
  'profiles',
  'files',
  'environment',
  'clock',
  'sessions',
  'keys',
  'directory',
  'tools',
  'plugins',
  'network',
] as const

export type CheckName = (typeof checkNames)[number]

export const doctorCommand: Command = {
  name: 'doctor',
  group: 'look',
  describe: 'Say what is wrong with the set-up, and the command that mends it.',
  positionals: [
    {
      name: 'check',
      kind: checkNames,
      optional: true,
      repeats: true,
      describe: 'what to look at; without it: all',
    },
  ],
  flags: [
    { name: 'online', describe: 'ask the network, too: endpoints, proxy, certificates, clock' },
    jsonFlag,
  ],
  examples: [
    ['assume doctor', 'what is wrong, worst first; exit status 1 if something does not work'],
    ['assume doctor shell files', 'these two checks alone'],
    ['assume doctor --verbose', 'what is as it should be, too'],
    ['assume doctor --online', 'whether Identity Center can be reached, too'],
    ['assume doctor --json', 'the findings for other programs'],
  ],
}
