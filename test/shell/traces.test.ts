import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWorld, type World } from '../sso/login/world.ts'
import { startSession } from '../support/session.ts'
import { describeShells, type Shell, startScript } from '../support/shell.ts'
import { bash } from '../support/shells/bash.ts'
import { fish } from '../support/shells/fish.ts'
import { shells } from '../support/shells/index.ts'
import { zsh } from '../support/shells/zsh.ts'

/** Every way in which a shell shows what it does, and how that ends. */
const ways: Record<Shell['name'], readonly (readonly [on: string, off: string])[]> = {
  bash: [
    ['set -x', 'set +x'],
    ['set -v', 'set +v'],
    ['exec 9>>trace; BASH_XTRACEFD=9; set -x', 'set +x; unset BASH_XTRACEFD'],
    ['export SHELLOPTS; set -xv', 'set +xv; export -n SHELLOPTS'],
    [`trap 'printf "D %s\\n" "$BASH_COMMAND"' DEBUG; set -T`, 'set +T; trap - DEBUG'],
    [`shopt -s extdebug; trap 'printf "D %s\\n" "$BASH_COMMAND"' DEBUG`, 'trap - DEBUG; shopt -u extdebug'],
  ],
  zsh: [
    ['setopt xtrace', 'unsetopt xtrace'],
    ['setopt verbose', 'unsetopt verbose'],
    ['TRAPDEBUG() { print -r -- "D $ZSH_DEBUG_CMD" }', 'unfunction TRAPDEBUG'],
    [`trap 'print -r -- "D $ZSH_DEBUG_CMD"' DEBUG`, 'trap - DEBUG'],
    ['functions -T assume; functions -t behind', 'functions +T assume; functions +t behind'],
    [`functions -t -m '*'`, `functions +t -m '*'`],
  ],
  fish: [
    ['set -g fish_trace 1', 'set -eg fish_trace'],
    ['set -gx fish_trace 1', 'set -eg fish_trace'],
  ],
  pwsh: [
    ['Set-PSDebug -Trace 2', 'Set-PSDebug -Trace 0'],
    ['Set-PSDebug -Trace 1', 'Set-PSDebug -Trace 0'],
  ],
}

const updatePrompt = {
  bash: '__assume_update_prompt',
  zsh: '__assume_update_prompt',
  fish: 'assume_prompt',
  pwsh: '$null = Get-AssumePrompt',
}

/** Says nothing by itself. */
const behind: Record<Shell['name'], (word: string) => string> = {
  bash: (word) => `: ${word}`,
  zsh: (word) => `behind ${word}`,
  fish: (word) => `true ${word}`,
  pwsh: (word) => `$null = '${word}'`,
}

const inherited = { AWS_ACCESS_KEY_ID: 'AKIAINHERITED', AWS_SECRET_ACCESS_KEY: 'hidden-before' }

function expectNoValue(world: World, text: string): void {
  const secrets = world.sandbox.secrets().map(({ value }) => value)
  expect(secrets.length).toBeGreaterThan(2)
  // PowerShell cuts long values.
  const values = [...secrets.map((value) => value.slice(0, 12)), ...Object.values(inherited), '12345678901']
  expect(values.filter((value) => text.includes(value))).toEqual([])
}

describeShells('a trace', shells, (shell) => {
  it('shows no value, neither by loading nor by a switch nor in the prompt, and goes on behind', async () => {
    const world = await openWorld()
    await world.logIn()
    const [[first, end] = ['', '']] = ways[shell.name]
    const lines = ways[shell.name].flatMap(([on, off], index) => [
      on,
      'assume --export dev-profile',
      'assume env --format nonsense',
      updatePrompt[shell.name],
      'assume test-profile',
      shell.expectStatus(0),
      'assume -',
      'assume --unset',
      behind[shell.name](`behind-${index}-`),
      off,
    ])
    const result = await startScript(
      shell,
      world.home,
      [end, ...(shell.name === 'zsh' ? ['behind() { : $1 }'] : []), ...lines],
      { before: [first], env: { ...inherited, ASSUME_VARS: 'AWS_ACCESS_KEY_ID' } },
    )
    expect(result.status).toBe(0)
    const file = join(world.home.path, 'trace')
    const shown = result.stdout + result.stderr + (existsSync(file) ? readFileSync(file, 'utf8') : '')
    expectNoValue(world, shown)
    for (const index of ways[shell.name].keys()) expect(shown).toContain(`behind-${index}-`)
  })
})

describeShells('the profile that fish writes of itself', [fish], (shell) => {
  it('has no value', async () => {
    const world = await openWorld()
    await world.logIn()
    const file = join(world.home.path, 'profile')
    const words = ['--profile', file, '--no-config']
    const lines = ['assume --export dev-profile', 'assume test-profile', 'assume --unset']
    expect(await startScript(shell, world.home, lines, { arguments: words })).toMatchObject({ status: 0 })
    const text = readFileSync(file, 'utf8')
    expect(text).toContain('assume --export dev-profile')
    expectNoValue(world, text)
  })
})

describeShells('what traces the shell', [bash, fish], (shell) => {
  it('traces a command that assume starts, too', async () => {
    const world = await openWorld()
    await world.logIn()
    const [on, show] =
      shell === bash
        ? ['export SHELLOPTS; set -x', 'assume exec dev-profile bash -c ": in the command"']
        : ['set -gx fish_trace 1', 'assume exec dev-profile fish --no-config -c "true in the command"']
    const result = await startScript(shell, world.home, [on, show])
    expect(result.stderr).toMatch(/^(\+ :|> true) in the command$/m)
  })
})

describeShells('what a switch turns off', [bash, zsh], (shell) => {
  it('is on again after Ctrl-C', async () => {
    const world = await openWorld({ flow: 'pkce' })
    const session = await startSession(shell, world.home, { env: await world.browser(async () => {}) })
    await session.run('set -a', '')
    session.terminal.type('assume dev-profile\r')
    await session.terminal.waitFor('if none opens, go to')
    session.terminal.type('\u0003')
    await session.prompt('', 'if none opens, go to')
    await session.run('[[ -o allexport ]] && echo "on-$((6 * 7))"', '')
    expect(session.terminal.text()).toMatch(/^on-42$/m)
  })
})
