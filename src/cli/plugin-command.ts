import type { Command } from './command.ts'
import { jsonFlag, yesFlag } from './flags.ts'

/** The subcommand for plugins. */
export const pluginCommand: Command = {
  name: 'plugin',
  group: 'extend',
  describe: 'Show, enable, disable and try plugins: what else changes with the profile.',
  positionals: [
    {
      name: 'action',
      kind: ['list', 'enable', 'disable', 'check'],
      optional: true,
      describe: 'what to do; without it: list',
    },
    {
      name: 'plugin',
      kind: 'text',
      kindsAfter: { enable: 'plugin', disable: 'plugin', check: 'file' },
      optional: true,
      describe: 'its name; for check the path of its file or folder',
    },
  ],
  flags: [jsonFlag, yesFlag],
  examples: [
    ['assume plugin', 'every plugin, what it does and whether it is enabled; runs none'],
    ['assume plugin enable kube', 'shows what it is, asks, shows what it wants, asks again'],
    ['assume plugin disable kube', 'its options stay in the settings'],
    ['assume plugin check ./stage.ts', 'run it with sample profiles, and say what is wrong'],
  ],
}
