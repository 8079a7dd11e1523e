import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createHome, repository } from '../support/home.ts'
import { baseEnvironment } from '../support/shell.ts'
import { TerminalScreen } from '../support/terminal-screen.ts'

const config = Array.from(
  { length: 40 },
  (_, index) =>
    `[profile team-${index}-PowerUserAccess]\nregion = eu-west-1\nsso_session = work\nsso_account_id = ${111122220000 + index}\nsso_role_name = PowerUserAccess\n`,
).join('')

it.skipIf(spawnSync('tmux', ['-V']).error !== undefined).each([
  ['with free rows below', 'echo before'],
  ['at the bottom', 'seq 40'],
])(
  'the picker leaves nothing in a pane of tmux that becomes narrower and wider, %s',
  async (_title, command) => {
    const home = createHome()
    home.writeAws(`${config}[sso-session work]\nsso_region = eu-west-1\nsso_start_url = https://x/start\n`)
    const socket = join(home.path, 'socket')
    const env = baseEnvironment(home)
    const tmux = (...args: string[]) =>
      spawnSync('tmux', ['-S', socket, ...args], { env, encoding: 'utf8' }).stdout
    const options = home.write('tmux.conf', 'set -g status off\n')
    const rc = home.write('rc', `PS1='READY> ' HISTFILE=; . '${repository}/shell/bash/assume.bash'\n`)
    const screen = TerminalScreen.spawn(
      'tmux',
      ['-S', socket, '-f', options, 'new-session', `bash --rcfile '${rc}' -i`],
      {
        env,
        cols: 100,
        rows: 24,
      },
    )
    onTestFinished(() => void tmux('kill-server'))
    onTestFinished(() => screen.dispose())
    await screen.waitFor('READY>')
    screen.type(`${command}; echo done-$((6 * 7))\r`)
    await screen.waitFor(/^done-42\nREADY>/m)
    const told = () => tmux('capture-pane', '-p', '-S', '-').trimEnd()
    const before = told()
    screen.type('assume\r')
    await screen.waitFor('40/40 >')
    for (const [width, query] of [
      [90, 't'],
      [70, 'te'],
      [50, 'tea'],
      [100, 'team'],
    ] as const) {
      screen.resize(width, 24)
      screen.type(query.slice(-1))
      await screen.waitFor(`40/40 > ${query}`)
    }
    screen.type('\u001b')
    await screen.waitFor(/^READY> assume\nREADY>\s*$/m)
    expect(told()).toBe(`${before} assume\nREADY>`)
    // Closed, the terminal would leave the server behind.
    screen.type('exit\r')
    await screen.exit
  },
)
