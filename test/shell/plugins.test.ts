import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { callCommand } from '../support/command.ts'
import { createHome, type Home } from '../support/home.ts'
import { makeIndex } from '../support/profile-index.ts'
import { countProcesses, startSession, traced } from '../support/session.ts'
import {
  awsOf,
  baseEnvironment,
  describeShells,
  dumpTo,
  readDump,
  runScript,
  type Shell,
} from '../support/shell.ts'
import { hostedShells as shells } from '../support/shells/index.ts'

const keys = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n'
const config = `[profile dev]
region = eu-west-1
${keys}assume_vars =
  DATABASE_URL = postgres://dev 'quoted' $HOME
  PAGER =
[profile plain]
${keys}
[profile prod]
${keys}assume_protect = on
`

/** The settings of plugins that only the profiles with a key for them use. */
const vars = '[plugin vars]\nenabled = yes\nhooks = env\nplan = profile\nprofiles = dev\nsecret = no\n'
const kube =
  '[plugin kube]\nenabled = yes\nhooks = env\nplan = profile\nprofiles = dev\nconfig = ~/.kube/{profile}\n'
const protect = '[plugin protect]\nenabled = yes\nhooks = guard\nprofiles = prod\n'

function start(settings: string): Home {
  const home = createHome()
  home.writeAws(config)
  home.write('.kube/dev', '')
  home.write('.config/assume/config', settings)
  return home
}

function assume(shell: Shell, ...words: string[]): string {
  return ['assume', ...words.map((word) => shell.quote(word))].join(' ')
}

/** A program in the plugin folder, agreed to by the user. */
async function addProgram(home: Home, name: string, body: string): Promise<void> {
  const folder = home.write(
    `.config/assume/plugins/assume-plugin-${name}`,
    `#!/bin/sh\ncase $(cat) in *describe*) exit 0 ;; esac\n${body}\n`,
  )
  chmodSync(folder, 0o700)
  chmodSync(join(home.path, '.config/assume/plugins'), 0o700)
  expect(await callCommand(home, ['plugin', 'enable', name, '--yes'])).toMatchObject({ status: 0 })
}

describeShells('variables of plugins', shells, (shell) => {
  const switchTo = (...words: string[]) => [assume(shell, ...words), shell.expectStatus(0)]

  it.each([
    ['by the core', vars.replace('secret = no\n', '') + kube],
    ['by the shell alone, once the index has them', vars + kube],
  ])(
    'come with the switch, go with the next one, and --unset brings back what was there: %s',
    async (_, settings) => {
      const home = start(settings)
      await callCommand(home, ['env', 'dev', '--format', 'json'])
      const planned = {
        DATABASE_URL: "postgres://dev 'quoted' $HOME",
        PAGER: undefined,
        KUBECONFIG: join(home.path, '.kube/dev'),
      }
      const before = { DATABASE_URL: 'before', PAGER: 'less', KUBECONFIG: '/k' }
      const lines = [
        shell.setExported('DATABASE_URL', 'before'),
        shell.setExported('PAGER', 'less'),
        shell.setExported('KUBECONFIG', '/k'),
        ...switchTo('dev'),
        dumpTo(shell, home, 'switched'),
        ...switchTo('plain'),
        dumpTo(shell, home, 'next'),
        ...switchTo('dev'),
        ...switchTo('--unset'),
        dumpTo(shell, home, 'after'),
      ]
      expect(runScript(shell, home, lines)).toMatchObject({ status: 0 })
      const seen = ['switched', 'next', 'after'].map((name) => {
        const { DATABASE_URL, PAGER, KUBECONFIG } = Object.fromEntries(readDump(home, name))
        return { DATABASE_URL, PAGER, KUBECONFIG }
      })
      expect(seen).toEqual([planned, before, before])
    },
  )

  it('start no process where they follow from the profile', async () => {
    const home = start(vars + kube)
    await callCommand(home, ['env', 'dev', '--format', 'json'])
    const trace = join(home.path, 'trace')
    const [program, words] = traced(trace, shell.name, shell.scriptArguments)
    const count = (lines: readonly string[]) => {
      const path = home.write(
        shell.name === 'pwsh' ? 'script.ps1' : 'script.sh',
        [shell.load, ...lines, ''].join('\n'),
      )
      const env = baseEnvironment(home)
      const { status } = spawnSync(program, [...words, path], { env, cwd: home.path, timeout: 50_000 })
      expect(status).toBe(0)
      return countProcesses(trace)
    }
    expect(count(switchTo('dev'))).toBe(count([]))
  })
})

describeShells('a plugin that fails', shells, (shell) => {
  it('stops the switch with nothing changed if it is required, else is left out with a warning', async () => {
    const home = start(vars)
    await addProgram(home, 'broken', 'echo no database >&2; exit 1')
    const run = () => runScript(shell, home, [assume(shell, 'plain'), dumpTo(shell, home, 'at')])
    const optional = run()
    expect(optional.stderr).toMatch(/warning: plugin broken, env: .*goes on without it/)
    expect(awsOf(readDump(home, 'at'))).toMatchObject({ AWS_PROFILE: 'plain' })
    const settings = readFileSync(join(home.path, '.config/assume/config'), 'utf8')
    home.write('.config/assume/config', settings.replace('[plugin broken]', '$&\nrequired = yes'))
    const required = run()
    expect(required.stderr).toContain('plugin broken, env')
    expect(awsOf(readDump(home, 'at'))).toEqual({})
  })

  it.each([
    ['is no name', '{"set":{"PATH; rm -rf":"x"}}'],
    ['is a key of AWS', '{"set":{"AWS_SECRET_ACCESS_KEY":"x"}}'],
    ['is not JSON', 'hello'],
  ])('because what it sets %s, sets nothing', async (_, answer) => {
    const home = start(vars)
    await addProgram(home, 'odd', `printf %s '${answer}'`)
    const result = runScript(shell, home, [assume(shell, 'plain'), dumpTo(shell, home, 'at')])
    expect(result.stderr).toContain('plugin odd, env')
    expect(awsOf(readDump(home, 'at'))).toEqual({
      AWS_PROFILE: 'plain',
      ASSUME_PROFILE: 'plain',
      ASSUME_VARS: 'AWS_PROFILE ASSUME_PROFILE',
    })
  })
})

describeShells('protect', shells, (shell) => {
  it('lets nobody in without a terminal, nor with --yes unless the settings allow it', () => {
    const home = start(protect)
    const attempt = (...words: string[]) => {
      const result = runScript(shell, home, [assume(shell, 'prod', ...words), dumpTo(shell, home, 'at')])
      return { ...result, aws: awsOf(readDump(home, 'at')) }
    }
    expect(attempt()).toMatchObject({ stderr: expect.stringContaining('is protected'), aws: {} })
    expect(attempt('--yes').aws).toEqual({})
    home.write('.config/assume/config', `${protect}yes = on\n`)
    expect(attempt('--yes').aws).toMatchObject({ AWS_PROFILE: 'prod', ASSUME_STYLE: 'protected' })
  })

  it('wants the name typed, and colours the prompt', async () => {
    const home = start(protect)
    const session = await startSession(shell, home)
    session.terminal.type('assume prod\r')
    await session.terminal.waitFor('type its name')
    session.terminal.type('pord\r')
    await session.prompt('', 'that is not what had to be typed')
    session.terminal.type('assume prod\r')
    await session.terminal.waitFor((text) => text.split('type its name').length === 3)
    session.terminal.type('prod\r')
    await session.prompt('(prod) ')
    expect(session.terminal.output.toString()).toMatch(/\u001b\[31m[^\u001b]*\(prod\)/)
  })

  it('is marked in list and TAB', async () => {
    const home = start(protect)
    const { stdout } = await callCommand(home, ['list'])
    expect(stdout).toMatch(/^prod .*guarded/m)
    expect(readFileSync(join(home.path, '.cache/assume/index'), 'utf8')).toMatch(/^prod\tstatic guarded$/m)
    expect(runScript(shell, home, [shell.complete('assume pr')]).stdout).toContain('prod')
  })

  it('is not gone around by the index, also right after the settings changed', async () => {
    const home = start('')
    await makeIndex(home)
    const lines = [assume(shell, 'prod'), dumpTo(shell, home, 'at')]
    runScript(shell, home, lines)
    expect(awsOf(readDump(home, 'at'))).toMatchObject({ AWS_PROFILE: 'prod' })
    home.write('.config/assume/config', protect)
    const { stderr } = runScript(shell, home, lines)
    expect(stderr).toContain('is protected')
    expect(awsOf(readDump(home, 'at'))).toEqual({})
  })
})
