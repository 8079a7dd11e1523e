import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createHome, type Home } from '../support/home.ts'
import { makeIndex } from '../support/profile-index.ts'
import { startSession, waitForJob } from '../support/session.ts'
import { describeShells, dumpTo, readDump, runScript, type ShellResult } from '../support/shell.ts'
import { fish } from '../support/shells/fish.ts'

async function start(): Promise<Home> {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  await makeIndex(home)
  return home
}

/** Runs lines that all go well, with configuration, where fish keeps universal variables. */
function run(home: Home, lines: readonly string[]): ShellResult {
  const result = runScript(fish, home, lines, { arguments: [] })
  expect(result).toMatchObject({ status: 0 })
  return result
}

/** The statement that calls exec with the command that writes its environment, and where only a row may do, without a core. */
const exec = (home: Home, name: string) =>
  `assume exec dev-profile -- cp /proc/self/environ ${fish.quote(join(home.path, name))}`
const withoutCore = 'functions -q assume; set -g core $__assume_core; set -g __assume_core /bin/false'
const withCore = 'set -g __assume_core $core'

describeShells('assume exec', [fish], () => {
  it('leaves an exported universal variable that has to go to the core, and brings back what a switch only hides', async () => {
    const home = await start()
    run(home, [
      'set -Ux AWS_PROFILE everywhere',
      'set -Ux AWS_SECURITY_TOKEN everywhere',
      withoutCore,
      exec(home, 'none'),
      fish.expectStatus(1),
      withCore,
      exec(home, 'core'),
      'set -eU AWS_SECURITY_TOKEN',
      withoutCore,
      exec(home, 'row'),
      'assume test-profile',
      exec(home, 'behind-switch'),
      'assume --unset',
      dumpTo(fish, home, 'after'),
      'set -eU AWS_PROFILE',
    ])
    for (const name of ['core', 'row', 'behind-switch']) {
      const environment = readDump(home, name)
      expect(environment.get('AWS_PROFILE')).toBe('dev-profile')
      expect(environment.has('AWS_SECURITY_TOKEN')).toBe(false)
    }
    expect(readDump(home, 'after').get('AWS_PROFILE')).toBe('everywhere')
  })

  it('gives the command what the caller has under the names of its own variables, and what is local there', async () => {
    const home = await start()
    const names = ['IFS', 'name', 'file', 'path', 'age', 'head', 'fish_trace', 'AWS_CA_BUNDLE']
    run(home, [
      withoutCore,
      'function inside',
      ...names.map((name) => `set -lx ${name} mine`),
      'set -lx AWS_PROFILE mine',
      'set -lx AWS_VAULT mine',
      exec(home, 'at'),
      'end',
      'inside 2>/dev/null',
      fish.expectStatus(0),
    ])
    const environment = readDump(home, 'at')
    expect(names.map((name) => [name, environment.get(name)])).toEqual(names.map((name) => [name, 'mine']))
    expect([environment.get('AWS_PROFILE'), environment.has('AWS_VAULT')]).toEqual(['dev-profile', false])
  })

  it('calls no function that waits for a switch', async () => {
    const { stdout } = run(await start(), [
      'function seen --on-variable AWS_PROFILE; echo "seen $AWS_PROFILE"; end',
      "assume exec dev-profile -- sh -c 'echo $AWS_PROFILE'",
      'assume test-profile',
    ])
    expect(stdout).toBe('dev-profile\nseen test-profile\n')
  })

  it('shows nothing of the row in a trace, and the command in it', async () => {
    const home = await start()
    const lines = [withoutCore, 'set -g fish_trace 1', 'assume exec dev-profile -- true', 'set -e fish_trace']
    const { stderr } = run(home, lines)
    expect(stderr).toMatch(/^-+> true$/m)
    expect(stderr).not.toMatch(/ASSUME_VARS|FullAccess|eu-west-1/)
  })

  it.each([
    ['a row', '', "command sh -c 'echo up; exec cat'"],
    ['the core', '-r us-east-1 ', "assume exec -r us-east-1 dev-profile -- sh -c 'echo up; exec cat'"],
  ])('is in the list of jobs with its words, by %s', async (_, options, shown) => {
    const session = await startSession(fish, await start(), { cols: 200 })
    const { terminal } = session
    terminal.type(`assume exec ${options}dev-profile -- sh -c 'echo up; exec cat'\r`)
    await terminal.waitFor(/^up$/m)
    terminal.type('\u001a')
    await session.prompt('', 'up')
    await session.run('jobs', '')
    expect(terminal.text()).toContain(`${shown}\n`)
    terminal.type('fg\r')
    await terminal.waitFor(/ to foreground$/m)
    await waitForJob(session)
    terminal.type('there\r')
    await terminal.waitFor(/^there\nthere$/m)
    terminal.type('\u0003')
    await session.prompt('', '^C')
  })
})
