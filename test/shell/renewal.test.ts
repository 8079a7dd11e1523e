import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { sandboxConfig } from '../../src/sandbox/config.ts'
import { openWorld, type World } from '../sso/login/world.ts'
import { makeFifo } from '../support/fifo.ts'
import { countProcesses, type ShellSession, startSession } from '../support/session.ts'
import { describeShells, type Shell } from '../support/shell.ts'
import { bash } from '../support/shells/bash.ts'
import { shells } from '../support/shells/index.ts'

/** Moves the moment from which the keys of this shell are to be renewed. */
const makeDue: Record<Shell['name'], string> = {
  bash: '__assume_renew_at=1',
  zsh: '__assume_renew_at=1',
  fish: 'set -g __assume_renew_at 1',
  pwsh: "$global:__AssumeState['RenewAt'] = 1",
}

const status = { bash: '$?', zsh: '$?', fish: '$status', pwsh: '$LASTEXITCODE' }

/** Keys that are good for ten minutes, which no cache hands out again. */
async function openShortLived(keys = 'assume_renew = on'): Promise<World> {
  const world = await openWorld({ roleSessionLifetime: 600 })
  const config = sandboxConfig(world.sandbox.url)
  world.home.writeAws(config.replace('[profile dev-profile]', `$&\n${keys}`))
  await world.logIn()
  return world
}

/** A session in which keys have been exported, and are older than those that the sandbox gives from now on. */
async function exportKeys(shell: Shell, world: World, trace?: string): Promise<ShellSession> {
  const session = await startSession(shell, world.home, {
    cols: 200,
    rows: 500,
    ...(trace !== undefined && { trace }),
  })
  await enter(session, 'assume test-profile', /^(\(test-profile\) )?$/)
  await enter(session, 'assume --export dev-profile', /^(\(dev-profile ([5-9]|10)m\) )?$/)
  world.sandbox.advance(3 * 60_000)
  world.sandbox.requests.clear()
  return session
}

/** Types a line, and waits for the prompt behind it. */
async function enter(session: ShellSession, line: string, segment: string | RegExp): Promise<void> {
  const count = readPrompts(session).length
  session.terminal.type(`${line}\r`)
  await session.terminal.waitFor(() => readPrompts(session).length > count)
  const last = readPrompts(session).at(-1)
  if (typeof segment === 'string') expect(last).toBe(segment)
  else expect(last).toMatch(segment)
}

/**
 * Types a line behind which the keys are renewed. A busy machine may need longer for that than the three seconds that it may take,
 * which is said: then they are due once more.
 */
async function renew(
  shell: Shell,
  { session, world }: { session: ShellSession; world: World },
  line: string,
  segment: string | RegExp,
): Promise<void> {
  const countLate = () => session.terminal.text().split('three seconds were not enough').length
  const before = countLate()
  await enter(session, line, /^/)
  for (let late = before; countLate() > late; ) {
    late = countLate()
    world.sandbox.requests.clear()
    await enter(session, makeDue[shell.name], /^/)
  }
  await enter(session, '', segment)
}

/** The segments of all prompts on the screen. */
function readPrompts({ terminal }: ShellSession): string[] {
  return [...terminal.text().matchAll(/^(.*)READY>/gm)].map(([, segment = '']) => segment)
}

function countNewKeys(world: World): number {
  return world.sandbox.requests.count('GetRoleCredentials')
}

describeShells('the renewal of exported keys', shells, (shell) => {
  it('comes at the first prompt at which it is due, once, and leaves all else', async () => {
    const world = await openShortLived()
    const trace = `${world.home.path}/trace`
    const session = await exportKeys(shell, world, trace)
    const before = countProcesses(trace)
    await enter(session, '', /^\(dev-profile ([5-9]|10)m\) $/)
    await enter(session, '', /^\(dev-profile ([5-9]|10)m\) $/)
    expect(countProcesses(trace)).toBe(before)
    await enter(session, shell.setExported('AWS_REGION', 'us-west-2'), /^\(dev-profile ([5-9]|10)m\) $/)
    await renew(shell, { session, world }, makeDue[shell.name], /^\(dev-profile 1[0-3]m\) $/)
    expect(session.terminal.text()).toMatch(/^assume: dev-profile · new keys until \d\d:\d\d$/m)
    expect(countNewKeys(world)).toBe(1)
    const renewed = countProcesses(trace)
    await enter(session, '', /^\(dev-profile 1[0-3]m\) $/)
    expect(countProcesses(trace)).toBe(renewed)
    await enter(
      session,
      shell.name === 'pwsh' ? '"region $env:AWS_REGION"' : 'echo "region $AWS_REGION"',
      /^\(dev/,
    )
    expect(session.terminal.text()).toMatch(/^region us-west-2$/m)
    await enter(session, `sh -c 'env | grep -c "^__assume\\|^ASSUME_RENEW"'`, /^\(dev/)
    expect(session.terminal.text()).toMatch(/^0$/m)
    await enter(session, 'assume -', '(test-profile) ')
    await enter(session, makeDue[shell.name], '(test-profile) ')
    await enter(session, 'assume --unset', '')
    await enter(session, makeDue[shell.name], '')
    expect(countNewKeys(world)).toBe(1)
    world.expectNoSecret(session.terminal.output.toString())
  })

  it.each([
    [
      'the session has ended',
      (world: World) => world.sandbox.endSessions(),
      /^assume: no new keys for dev-profile: .*: assume login devto-article$/m,
    ],
    [
      'nobody answers',
      (world: World) => world.sandbox.fail('GetRoleCredentials', 'hang'),
      /^assume: no new keys for dev-profile: .*: assume --export dev-profile$/m,
    ],
    [
      'a guard would ask',
      ({ home }: World) => {
        home.write('.config/assume/config', '[plugin protect]\nenabled = yes\nhooks = guard\n')
        home.writeAws(
          readFileSync(join(home.path, '.aws/config'), 'utf8').replace(
            'assume_renew',
            'assume_protect = on\n$&',
          ),
        )
      },
      /^assume: no new keys for dev-profile: plugin protect: .*: assume --export dev-profile$/m,
    ],
  ])('where %s is told in one line, and not tried again soon', async (_, spoil, line) => {
    const world = await openShortLived()
    const session = await exportKeys(shell, world)
    spoil(world)
    const failure = { bash: 'false', zsh: 'false', fish: 'false', pwsh: 'sh -c "exit 1"' }[shell.name]
    await enter(session, `${makeDue[shell.name]}; ${failure}`, /^\(dev-profile ([5-9]|10)m\) $/)
    await enter(session, `echo "status <${status[shell.name]}>"`, /^\(dev-profile ([5-9]|10)m\) $/)
    const text = session.terminal.text()
    expect(text).toMatch(line)
    expect(text).toContain('status <1>')
    expect(text.match(/^assume: /gm)).toHaveLength(1)
    const asked = world.sandbox.requests.all.length
    await enter(session, '', /^\(dev-profile ([5-9]|10)m\) $/)
    expect(world.sandbox.requests.all.length).toBe(asked)
    expect(session.terminal.text().match(/^assume: /gm)).toHaveLength(1)
  })

  it('ends with Ctrl-C, which gives the prompt', async () => {
    const world = await openShortLived()
    const session = await exportKeys(shell, world)
    world.sandbox.fail('GetRoleCredentials', 'hang')
    session.terminal.type(`${makeDue[shell.name]}\r`)
    await world.sandbox.requests.arrived('GetRoleCredentials')
    const count = readPrompts(session).length
    session.terminal.type('\u0003')
    await session.terminal.waitFor(() => readPrompts(session).length > count)
    await enter(session, 'echo here', /^\(dev-profile ([5-9]|10)m\) $/)
    expect(session.terminal.text()).toMatch(/^here$/m)
    expect(session.terminal.text()).not.toContain('no new keys')
    expect(countNewKeys(world)).toBe(1)
  })

  it('is for the keys of the switch alone, and for the shell that has switched', async () => {
    const world = await openShortLived()
    const session = await exportKeys(shell, world)
    await enter(session, 'assume status', /^\(dev-profile ([5-9]|10)m\) $/)
    expect(session.terminal.text()).toMatch(/^keys +environment: \d+m left, renewed at a prompt$/m)
    const own = shell.name === 'pwsh' ? '$own = $env:AWS_ACCESS_KEY_ID' : 'own=$AWS_ACCESS_KEY_ID'
    await enter(session, shell.name === 'fish' ? 'set own $AWS_ACCESS_KEY_ID' : own, /^\(dev/)
    await enter(session, shell.setExported('AWS_ACCESS_KEY_ID', 'AKIAELSEWHERE'), '(keys from elsewhere) ')
    await enter(session, makeDue[shell.name], '(keys from elsewhere) ')
    const back = {
      bash: 'export AWS_ACCESS_KEY_ID=$own',
      zsh: 'export AWS_ACCESS_KEY_ID=$own',
      fish: 'set -gx AWS_ACCESS_KEY_ID $own',
      pwsh: '$env:AWS_ACCESS_KEY_ID = $own',
    }
    await enter(
      session,
      `${shell.setExported('AWS_PROFILE', 'p')}; ${back[shell.name]}`,
      '(p, but keys of dev-profile) ',
    )
    expect(countNewKeys(world)).toBe(0)
    await renew(shell, { session, world }, shell.unset('AWS_PROFILE'), /^\(dev-profile 1[0-3]m\) $/)
    expect(countNewKeys(world)).toBe(1)
  })

  it('is off unless it is wanted, and a setting that all profiles have', async () => {
    const world = await openShortLived('')
    const session = await exportKeys(shell, world)
    const show =
      shell.name === 'pwsh'
        ? '"at <$($global:__AssumeState[\'RenewAt\'])>"'
        : 'echo "at <$__assume_renew_at>"'
    await enter(session, show, /^\(dev/)
    expect(session.terminal.text()).toMatch(/^at <>$/m)
    await enter(session, 'assume settings set assume_renew on', /^\(dev/)
    await enter(session, 'assume --export dev-profile', /^\(dev/)
    await enter(session, show, /^\(dev/)
    expect(session.terminal.text()).toMatch(/^at <\d{10}>$/m)
  })

  it('is what the function calls for, whatever the environment says', async () => {
    const world = await openShortLived()
    const session = await startSession(shell, world.home, { env: { ASSUME_RENEWAL: '1' }, cols: 200 })
    await enter(session, 'assume test-profile', '(test-profile) ')
    await enter(session, 'assume --export dev-profile', /^\(dev-profile ([5-9]|10)m\) $/)
    expect(session.terminal.text()).not.toContain('new keys')
  })

  it('comes under strict options, in a trace, and where the segment is in no prompt', async () => {
    const world = await openShortLived()
    const session = await exportKeys(withoutSegment(shell), world)
    await renew(shell, { session, world }, makeDue[shell.name], '')
    await session.terminal.waitFor('new keys until')
    expect(countNewKeys(world)).toBe(1)
    for (const line of strict[shell.name]) {
      world.sandbox.advance(20_000)
      world.sandbox.requests.clear()
      await renew(shell, { session, world }, `${line}; ${makeDue[shell.name]}`, '')
      expect([line, countNewKeys(world)]).toEqual([line, 1])
    }
    await enter(session, 'echo here', '')
    const text = session.terminal.output.toString()
    world.expectNoSecret(text)
    world.sandbox.fail('GetRoleCredentials', 403)
    await enter(session, makeDue[shell.name], '')
    expect(session.terminal.output.toString()).toContain('assume: no new keys for dev-profile')
  })
})

// What the core decides, whichever shell asks.
describeShells('the renewal of exported keys', [bash], (shell) => {
  it('gives up a program that never answers, and keeps the terminal from it', async () => {
    const world = await openWorld()
    const { home } = world
    const answer = (end: number) =>
      JSON.stringify({
        Version: 1,
        AccessKeyId: 'ASIAHELPER',
        SecretAccessKey: 'x',
        SessionToken: 'y',
        Expiration: new Date(end).toISOString(),
      })
    const program = home.write('helper', `#!/bin/sh\nenv >${home.path}/env\ncat ${home.path}/answer\n`)
    chmodSync(program, 0o755)
    home.write('answer', answer(Date.now() + 600_000))
    home.writeAws(`[profile helped]\ncredential_process = ${program}\nassume_renew = on\n`)
    const session = await startSession(shell, home, { cols: 200 })
    await enter(session, 'assume --export helped', /^\(helped \d+m\) $/)
    await enter(session, makeDue.bash, /^\(helped \d+m\) $/)
    expect(session.terminal.text()).toContain(
      'assume: no new keys for helped: there are none yet that end later: assume --export helped\n',
    )
    expect(readFileSync(join(home.path, 'env'), 'utf8')).not.toContain('ASSUME_RENEWAL')
    home.write('helper', `#!/bin/sh\necho loud >&2\ncat /dev/tty >${home.path}/typed 2>&1\nexec sleep 1000\n`)
    await enter(session, makeDue.bash, /^\(helped \d+m\) $/)
    expect(session.terminal.text()).toContain(
      'assume: no new keys for helped: three seconds were not enough: assume --export helped\n',
    )
    expect(session.terminal.text()).not.toContain('loud')
    expect(readFileSync(join(home.path, 'typed'), 'utf8')).toContain('/dev/tty')
  })

  it('ends also where it waits for what cannot be interrupted', async () => {
    const world = await openShortLived()
    const session = await exportKeys(shell, world)
    const pipe = makeFifo(world.home, 'pipe')
    await enter(session, `exec 9<>${pipe}; export AWS_CONFIG_FILE=/dev/fd/9`, /^\(dev-profile/)
    await enter(session, `${makeDue.bash}; false`, /^\(dev-profile/)
    await enter(session, 'echo "status <$?>"', /^\(dev-profile/)
    expect(session.terminal.text()).toMatch(
      /^assume: no new keys for dev-profile: three seconds were not enough: .*\n.*\nstatus <1>$/m,
    )
  })

  it('ends also where it has been stopped', async () => {
    const world = await openWorld()
    const { home } = world
    const program = home.write('helper', `#!/bin/sh\ncat ${home.path}/answer\n`)
    chmodSync(program, 0o755)
    const Expiration = new Date(Date.now() + 600_000).toISOString()
    const keys = { AccessKeyId: 'ASIAHELPER', SecretAccessKey: 'x', SessionToken: 'y' }
    home.write('answer', JSON.stringify({ Version: 1, ...keys, Expiration }))
    home.writeAws(`[profile halted]\ncredential_process = ${program}\nassume_renew = on\n`)
    const session = await startSession(shell, home, { cols: 200 })
    await enter(session, 'assume --export halted', /^\(halted \d+m\) $/)
    home.write('helper', '#!/bin/sh\nkill -STOP $(pgrep -f -- "main.js --profile=halted --export")\n')
    await enter(session, `${makeDue.bash}; false`, /^\(halted \d+m\) $/)
    await enter(session, 'echo "status <$?>"', /^\(halted \d+m\) $/)
    expect(session.terminal.text()).toMatch(
      /^assume: no new keys for halted: three seconds were not enough: assume --export halted\n.*\nstatus <1>$/m,
    )
  })

  it('takes what another shell has got already', async () => {
    const world = await openWorld()
    world.home.write('.config/assume/config', 'assume_renew = on\n')
    await world.logIn()
    const sessions = [await startSession(shell, world.home), await startSession(shell, world.home)]
    for (const session of sessions) await enter(session, 'assume -e dev-profile', /^\(dev-profile/)
    rmSync(join(world.home.path, '.aws/cli/cache'), { recursive: true })
    world.sandbox.advance(60_000)
    world.sandbox.requests.clear()
    for (const session of sessions) {
      await enter(session, makeDue.bash, /^\(dev-profile/)
      expect(session.terminal.text()).toContain('assume: dev-profile · new keys until')
    }
    expect(countNewKeys(world)).toBe(1)
  })

  it('is no matter for a shell that is started from it', async () => {
    const world = await openShortLived()
    const session = await exportKeys(shell, world)
    await enter(session, 'bash --rcfile ~/.bashrc', /^\(dev-profile/)
    await enter(session, 'echo "<$__assume_renew_at> <$ASSUME_PROFILE>"', /^\(dev-profile/)
    expect(session.terminal.text()).toMatch(/^<> <dev-profile>$/m)
    await enter(session, 'assume status', /^\(dev-profile/)
    expect(session.terminal.text()).toMatch(/^keys +environment: \d+m left$/m)
  })
})

const strict: Record<Shell['name'], readonly string[]> = {
  bash: [
    'set -eu -o pipefail; IFS=_',
    'set -C; shopt -s nocasematch nullglob extglob failglob',
    'set -axv',
    `set -TE; trap 'printf "D %s\\n" "$BASH_COMMAND"' DEBUG`,
  ],
  zsh: [
    'setopt err_exit no_unset pipe_fail ksh_arrays sh_word_split; IFS=_',
    'setopt err_return no_clobber no_multios glob_subst warn_create_global',
    'setopt all_export xtrace verbose',
    "functions -t -m '*'",
  ],
  fish: ['set -g IFS _', 'set -g fish_trace 1'],
  pwsh: ["Set-StrictMode -Version Latest; $ErrorActionPreference = 'Stop'", 'Set-PSDebug -Trace 2'],
}

/** The same shell whose start-up files place no segment. */
function withoutSegment(shell: Shell): Shell {
  return {
    ...shell,
    prepareSession(home, promptEnd) {
      const session = shell.prepareSession(home, promptEnd)
      for (const name of [
        '.bashrc',
        '.zshrc',
        '.config/fish/conf.d/assume.fish',
        '.config/powershell/profile.ps1',
      ]) {
        const path = join(home.path, name)
        if (!existsSync(path)) continue
        home.write(name, readFileSync(path, 'utf8').replace(/__assume_place_prompt|Enable-AssumePrompt/, ''))
      }
      return session
    },
  }
}
