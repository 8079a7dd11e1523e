import type { Command } from './command.ts'
import { deviceCodeFlag, mfaCodeFlag, profileFlag, yesFlag } from './flags.ts'

/** `assume serve`. */
export const serveCommand: Command = {
  name: 'serve',
  group: 'run',
  describe: 'Give credentials to containers, remote hosts and programs that read no profiles.',
  positionals: [
    { name: 'profile', kind: 'profile', describe: 'the profile whose credentials are served' },
    {
      name: 'command',
      kind: 'command',
      optional: true,
      isBehindDashes: true,
      describe: 'a command that gets them by its environment; the server ends with it',
    },
  ],
  flags: [
    profileFlag,
    {
      name: 'port',
      value: { label: 'N', kind: 'text' },
      describe: 'listen on this port of 127.0.0.1 too, with a token; 0 for any',
    },
    {
      name: 'socket',
      value: { label: 'PATH', kind: 'file' },
      describe: 'the place of the socket; with a command: a socket beside its port',
    },
    mfaCodeFlag,
    deviceCodeFlag,
    { ...yesFlag, describe: 'ask nothing, where a guard allows that' },
  ],
  examples: [
    ['assume serve dev-profile', 'until Ctrl-C, at a socket of your own; says what to paste where'],
    ['assume serve dev-profile -- ./integration-tests', 'for one command'],
    ['assume serve dev-profile --port 9911', 'for programs that know the port'],
  ],
}
