import { chmodSync, cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runCore } from '../support/core.ts'
import { createHome, type Home, repository } from '../support/home.ts'
import { isRoot, otherUser } from '../support/other-user.ts'
import { awsOf, describeShells, dumpTo, readDump, runScript, type Shell } from '../support/shell.ts'
import { hostedShells as shells } from '../support/shells/index.ts'

const config = `[profile one]
sso_session = corp
sso_account_id = 111111111111
sso_role_name = Dev
region = eu-west-1
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
`

/** A home that shells switch in by themselves. */
function start(env: Record<string, string> = {}): Home {
  const home = createHome()
  home.writeAws(config)
  home.logIn('corp')
  home.write('.local/state/assume/history', '')
  expect(runCore(home, ['list'], { env })).toMatchObject({ status: 0, stderr: '' })
  return home
}

/** What a shell believes without the core, by what it is. */
function findFiles(home: Home): Record<string, string> {
  const cache = join(home.path, '.cache/assume')
  const generation = join(cache, readdirSync(cache).find((name) => name.startsWith('index-')) as string)
  const tokens = join(home.path, '.aws/sso/cache')
  return {
    index: join(cache, 'index'),
    generation,
    rows: join(generation, 'rows-0'),
    sessions: join(generation, 'sessions'),
    token: join(tokens, readdirSync(tokens)[0] as string),
  }
}

/** A loading of assume with a core that does nothing, so that a switch that needs one fails. */
function loadAlone(shell: Shell, home: Home): string {
  const alone = join(home.path, 'alone/shell')
  cpSync(join(repository, 'shell'), alone, { recursive: true })
  home.write('alone/dist/main.js', '')
  chmodSync(home.write('alone/bin/assume', '#!/bin/sh\nexit 1\n'), 0o755)
  return shell.load.replaceAll(join(repository, 'shell'), alone)
}

interface Case {
  readonly name: string
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/** The names of the cases in which the shell switched by itself, all tried one after the other in one shell. */
function findSwitched(shell: Shell, home: Home, cases: readonly Case[], env = {}): string[] {
  const lines = cases.flatMap(({ before, after }, index) => [
    ...before,
    'assume one',
    dumpTo(shell, home, `at-${index}`),
    'assume --unset',
    ...after,
  ])
  runScript({ ...shell, load: loadAlone(shell, home) }, home, lines, { env })
  const isSwitched = (_case: Case, index: number) =>
    awsOf(readDump(home, `at-${index}`))['AWS_PROFILE'] === 'one'
  return cases.filter(isSwitched).map(({ name }) => name)
}

const control = (name: string): Case => ({ name, before: [], after: [] })

describeShells('what a shell switches by', shells, (shell) => {
  const line = (...words: string[]) => words.map((word) => shell.quote(word)).join(' ')
  const program = (name: string, ...words: string[]) => `${name} ${line(...words)}`

  it('is no link, and names the sources that it has to', () => {
    const home = start()
    const files = findFiles(home)
    const index = files['index'] as string
    const cases = Object.entries(files).map(([name, path]) => ({
      name,
      before: [program('mv', path, `${path}.moved`), program('ln', '-s', `${path}.moved`, path)],
      after: [program('rm', path), program('mv', `${path}.moved`, path)],
    }))
    const forgeries = [String.raw`s/\.aws\/credentials/.aws\/other/`, '2s/4$/0/'].map((script) => ({
      name: script,
      before: [program('cp', index, `${index}.true`), program('sed', '-i', script, index)],
      after: [program('mv', `${index}.true`, index)],
    }))
    const all = [control('before'), ...cases, ...forgeries, control('after')]
    expect(findSwitched(shell, home, all)).toEqual(['before', 'after'])
  })

  it.skipIf(!isRoot)('is the own (only where the tests can give files away)', () => {
    const home = start()
    const files = { ...findFiles(home), config: join(home.path, '.aws/config') }
    const cases = Object.entries(files).map(([name, path]) => ({
      name,
      before: [program('chown', String(otherUser), path)],
      after: [program('chown', '0', path)],
    }))
    const all = [control('before'), ...cases, control('after')]
    expect(findSwitched(shell, home, all)).toEqual(['before', 'after'])
  })

  it.skipIf(!isRoot)('is noted only in a history of the own', () => {
    const home = start()
    const path = join(home.path, '.local/state/assume/history')
    const before = [program('chmod', '666', path), program('chown', String(otherUser), path)]
    const after = [program('chown', '0', path)]
    expect(findSwitched(shell, home, [{ name: 'foreign', before, after }])).toEqual(['foreign'])
    expect(readFileSync(path, 'utf8')).toBe('')
    expect(findSwitched(shell, home, [control('own')])).toEqual(['own'])
    expect(readFileSync(path, 'utf8')).toContain('\tone\n')
  })

  it('may be spelled with a slash at the end, or a ~', () => {
    const home = createHome()
    const env = {
      HOME: `${home.path}/`,
      XDG_CONFIG_HOME: `${home.path}/.config/`,
      AWS_CONFIG_FILE: '~/.aws/config',
    }
    home.writeAws(config)
    home.logIn('corp')
    runCore(home, ['list'], { env })
    expect(existsSync(join(home.path, '.cache/assume/index'))).toBe(true)
    expect(findSwitched(shell, home, [control('spelled')], env)).toEqual(['spelled'])
  })
})
