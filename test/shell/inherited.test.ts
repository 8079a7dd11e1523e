import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { createHome, type Home } from '../support/home.ts'
import { awsOf, describeShells, dumpTo, readDump, runScript, type Shell } from '../support/shell.ts'
import { bash } from '../support/shells/bash.ts'
import { shells } from '../support/shells/index.ts'
import { zsh } from '../support/shells/zsh.ts'

function start(): Home {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  return home
}

/** What a parent can make of the names under which the functions keep what they know. */
const claimed = {
  __assume_own: 'this shell',
  __assume_saved: ' AWS_REGION HOME ',
  __assume_how_AWS_REGION: 'exported',
  __assume_was_AWS_REGION: 'claimed',
  __assume_how: 'exported',
  __assume_was: 'claimed',
  __assume_key: 'AKIACLAIMED',
  __assume_now: '--profile=test-profile',
  __assume_back: '--profile=test-profile',
  __assume_core: '/bin/false',
  __assume_options: 'x',
  __assume_name: 'claimed',
  __assume_code: 'claimed',
}

describeShells('the environment', shells, (shell) => {
  it('is not believed to know an earlier switch of this shell', () => {
    const home = start()
    const result = runScript(
      shell,
      home,
      [
        shell.showPrompt,
        'assume -',
        shell.expectStatus(2),
        'assume --unset',
        shell.expectStatus(0),
        dumpTo(shell, home, 'unset'),
        'assume dev-profile',
        shell.expectStatus(0),
        'assume test-profile',
        shell.load,
        'assume -',
        dumpTo(shell, home, 'back'),
        'assume --unset',
        dumpTo(shell, home, 'after'),
      ],
      { env: { ...claimed, AWS_ACCESS_KEY_ID: 'AKIACLAIMED', ASSUME_PROFILE: 'claimed' } },
    )
    expect(result).toMatchObject({ status: 0, stdout: '(keys from elsewhere) \n' })
    const before = { AWS_ACCESS_KEY_ID: 'AKIACLAIMED', ASSUME_PROFILE: 'claimed' }
    expect(awsOf(readDump(home, 'unset'))).toEqual(before)
    expect(awsOf(readDump(home, 'back'))).toMatchObject({ AWS_PROFILE: 'dev-profile' })
    expect(awsOf(readDump(home, 'after'))).toEqual(before)
    expect(readDump(home, 'after').get('HOME')).toBe(home.path)
    if (shell.name === 'pwsh') return
    expect([...readDump(home, 'back').keys()].filter((name) => name.startsWith('__assume'))).toEqual([])
  })
})

const listOwn = { bash: 'compgen -v', zsh: 'print -l ${(k)parameters[(R)*special*]}' }

describeShells('an ASSUME_VARS that lists what is special to the shell', [bash, zsh], (shell: Shell) => {
  it('takes none of it away', () => {
    const home = start()
    const list = listOwn[shell.name as 'bash' | 'zsh']
    const own = spawnSync(shell.name, [...shell.scriptArguments.slice(0, 1), '-c', list], {
      env: { PATH: process.env['PATH'] },
      encoding: 'utf8',
    }).stdout
    const names = own.split('\n').filter((name) => /^\w+$/.test(name))
    for (const name of ['OPTIND', 'UID', 'RANDOM']) expect(names).toContain(name)
    const result = runScript(
      shell,
      home,
      [
        `${list} | sort >before`,
        'assume dev-profile',
        shell.expectStatus(0),
        'assume --unset',
        shell.expectStatus(0),
        `${list} | sort >after`,
        'grep -v "^__assume\\|^ASSUME_VARS" before | comm -23 - after',
        'echo "$UID $HOME"',
      ],
      { env: { ASSUME_VARS: names.join(' ') } },
    )
    expect(result).toEqual({ status: 0, stdout: `${process.getuid?.()} ${home.path}\n`, stderr: '' })
  })
})
