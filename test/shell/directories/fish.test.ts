import { mkdirSync, realpathSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createHome, type Home } from '../../support/home.ts'
import { makeIndex } from '../../support/profile-index.ts'
import { awsOf, describeShells, dumpTo, readDump, type Shell } from '../../support/shell.ts'
import { type ShellSession, startSession } from '../../support/session.ts'
import { fish } from '../../support/shells/fish.ts'

/** fish with directories turned on, as setup does it. */
const following: Shell = {
  ...fish,
  prepareSession(home, promptEnd) {
    const prepared = fish.prepareSession(home, promptEnd)
    const file = '.config/fish/conf.d/assume.fish'
    home.write(file, `${fish.load}; __assume_place_prompt; __assume_watch_directories\n`)
    return prepared
  },
}

const records = '.local/state/assume/directories'

/** Records what the core would: `allow` with a profile and perhaps a region, or `deny`. */
function record(home: Home, entries: readonly (readonly [string, ...string[]])[]): void {
  const lines = new Map<string, string[]>()
  for (const [folder, ...rest] of entries) {
    const path = join(home.path, folder)
    const part = /^[ -~]+$/.test(path) ? String(path.length) : 'other'
    const [verdict, name, region = '', text = `${name}\n`] = rest.length > 0 ? ['allow', ...rest] : ['deny']
    const fields = verdict === 'deny' ? [path] : [path, name, region, text.replaceAll('\n', '\u001e')]
    lines.set(part, [...(lines.get(part) ?? []), [verdict, ...fields].join('\u001f')])
  }
  for (const [part, texts] of lines)
    home.write(`${records}/${part}`, `${['assume-directories 1', ...texts].join('\n')}\n`)
}

async function open(home: Home, env: Record<string, string> = {}): Promise<ShellSession> {
  return startSession(following, home, { env, cols: 150, rows: 50 })
}

async function start(): Promise<Home> {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  await makeIndex(home)
  home.write('dev/.aws-profile', 'dev-profile\n')
  home.write('test/.aws-profile', 'test-profile\n')
  home.write('dev/inner/.awsprofile', 'test-profile\nus-east-1\n')
  home.write('none/.aws-profile', '# nothing here\nnone')
  home.write('new/.aws-profile', 'dev-profile\n')
  home.write('denied/.aws-profile', 'dev-profile\n')
  mkdirSync(join(home.path, 'dev/sub/deep'), { recursive: true })
  record(home, [
    ['dev', 'dev-profile'],
    ['test', 'test-profile'],
    ['dev/inner', 'test-profile', 'us-east-1', 'test-profile\nus-east-1\n'],
    ['none', 'none', '', '# nothing here\nnone'],
    ['denied'],
  ])
  return home
}

describeShells('the profile of a directory', [fish], () => {
  it('is entered, stays below, and is left with all as it was', async () => {
    const home = await start()
    const session = await open(home)
    await session.run('set -gx AWS_REGION mars-north-1; set -g AWS_VAULT hidden', '')
    await session.run('set -S | string match -v "*__assume*" > ~/shown-before; env -0 > ~/before', '')
    await session.run('cd dev', '(dev-profile ./) ')
    expect(session.terminal.text()).toContain(
      'dev-profile \u00b7 123456789011 FullAccess \u00b7 eu-west-1 (~/dev/.aws-profile)',
    )
    await session.run('cd sub/deep', '(dev-profile ./) ')
    await session.run('cd ../../inner', '(test-profile ./) ')
    await session.run('env -0 > ~/inner', '(test-profile ./) ')
    await session.run('cd ~/none', '')
    await session.run('cd ~/test', '(test-profile ./) ')
    await session.run('cd', '')
    await session.run('env -0 > ~/after', '')
    expect(session.terminal.text()).toContain('no profile (left ~/test)')
    expect(awsOf(readDump(home, 'inner'))).toMatchObject({
      AWS_PROFILE: 'test-profile',
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
    })
    expect(awsOf(readDump(home, 'after'))).toEqual(awsOf(readDump(home, 'before')))
    await session.run('set -S | string match "*__assume_was*"', '')
  })
})
