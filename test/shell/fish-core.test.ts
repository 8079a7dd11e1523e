import { chmodSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createHome, type Home } from '../support/home.ts'
import { startSession } from '../support/session.ts'
import { awsOf, describeShells, dumpTo, readDump, runScript, type ShellResult } from '../support/shell.ts'
import { fish } from '../support/shells/fish.ts'

function start(): Home {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  return home
}

function run(home: Home, lines: readonly string[], options?: Parameters<typeof runScript>[3]): ShellResult {
  const result = runScript(fish, home, lines, options)
  expect(result).toMatchObject({ status: 0 })
  return result
}

const dump = (home: Home, name: string) => dumpTo(fish, home, name)

describeShells('a core that does not finish', [fish], () => {
  /** Makes the function call this program in place of the core. */
  function replaceCore(home: Home, script: string): string {
    const path = home.write('core', `#!/bin/sh\n${script}\n`)
    chmodSync(path, 0o755)
    return `functions -q assume; set -g __assume_core ${path}`
  }

  it.each([
    ['fails after half of its text', "printf 'set -gx AWS_PROFILE half' >&3; exit 4", 4],
    ['says nothing', 'exit 0', 0],
    ['is killed', "printf 'set -gx AWS_PROFILE half' >&3; kill -9 $$", 137],
    ['is not there', '', 126],
  ])('changes nothing when it %s', (_title, script, status) => {
    const home = start()
    const lines = [
      'assume dev-profile',
      replaceCore(home, script),
      ...(script === '' ? ['chmod -x $__assume_core'] : []),
      'assume unknown',
      fish.expectStatus(status),
      dump(home, 'at'),
    ]
    run(home, lines)
    expect(awsOf(readDump(home, 'at'))).toMatchObject({ AWS_PROFILE: 'dev-profile', AWS_REGION: 'eu-west-1' })
  })

  it('keeps stdin, stdout and stderr, and its words', () => {
    const home = start()
    const script =
      'cat; printf "<%s>" "$@"; echo error >&2; echo "__assume_apply done -- \'AWS_PROFILE=a  b\'" >&3'
    const result = run(home, [
      replaceCore(home, script),
      "echo input | assume 'two words' '' '*' -x",
      'echo $AWS_PROFILE',
    ])
    expect(result).toMatchObject({ stdout: 'input\n<two words><><*><-x>a  b\n', stderr: 'error\n' })
  })

  it('is told its shell and contract, and nothing else of ours reaches it or later programs', () => {
    const home = start()
    run(home, [replaceCore(home, 'env -0 >told'), 'assume x', dump(home, 'later')])
    const told = (name: string) => [...readDump(home, name)].filter(([key]) => /assume/i.test(key))
    expect(told('told')).toEqual([
      ['ASSUME_CONTRACT', '4'],
      ['ASSUME_SHELL', 'fish'],
      ['ASSUME_KEY_ID', ''],
    ])
    expect(told('later')).toEqual([])
  })

  it.each(['echo waiting; exec sleep 30', "trap 'exit 130' INT; echo waiting; while :; do sleep 0.1; done"])(
    'leaves the shell whole on Ctrl-C: %s',
    async (script) => {
      const home = start()
      const session = await startSession(fish, home)
      await session.run('assume dev-profile', '(dev-profile) ')
      await session.run(
        replaceCore(home, `printf 'set -gx AWS_PROFILE half' >&3; ${script}`),
        '(dev-profile) ',
      )
      session.terminal.type('assume unknown\r')
      await session.terminal.waitFor(/^waiting$/m)
      session.terminal.type('\u0003')
      await session.prompt('(dev-profile) ')
      await session.run(
        'source $__fish_config_dir/conf.d/assume.fish; set -e __assume_core',
        '(dev-profile) ',
      )
      await session.run('assume --unset', '')
    },
  )
})
