import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repository } from '../../support/home.ts'
import { countProcesses } from '../../support/session.ts'
import { baseEnvironment, describeShells, isInstalled } from '../../support/shell.ts'
import { type Follower, makeFolders, startHome, startWalk, type Walk } from './walk.ts'

/** What a shell needs to say for the scenarios in which somebody else has changed it. */
export interface Surroundings {
  /**
   * Defines `play_hook`, which does what direnv and mise do, without a process: below ~/env it sets the profile, and this variable,
   * to what is theirs; elsewhere both to what they were.
   */
  playHook(variable: string): string
  /** Makes this function a hook of each prompt, and before ours of each change, before or behind all that are there. */
  hook(name: string, place: 'before' | 'after'): string
  /** Ours looks once more behind all hooks of a prompt. */
  readonly isLast?: boolean
  /** Loads the hook of direnv; absent where direnv has none. */
  readonly direnv?: string
  /** Where it has none: a `play_hook` that does what direnv does in the folders below. */
  readonly playedDirenv?: string
  /** Lines of a start-up file that set options in which little works as written. */
  readonly hostile: readonly (readonly string[])[]
  /** Turns a trace on; absent where that shows more than a screen can hold. */
  readonly trace?: string
  readonly status: {
    /** A command that ends with this status. */
    fail(code: number): string
    /** Shows the status of the line before, and as a number that of the last program. */
    readonly show: string
    readonly code: string
    /** What is shown behind that command, and behind a cd to nowhere, as the first. */
    readonly shown: readonly [seven: string, nowhere: string, three: string]
  }
  /** Absent where all that is exported is plain text, and can be set. */
  readonly variables?: {
    /** Makes AWS_VAULT a list, and AWS_REGION something else that is no plain text. */
    readonly typed: string
    /** Shows how the two are declared. */
    readonly showTyped: string
    /** Makes one that a switch changes one that it cannot change. */
    readonly makeReadOnly: string
    readonly saidOfReadOnly: string
  }
}

const rowOfOne = 'one \u00b7 111111111111 Admin \u00b7 eu-west-1'
const entries = { a: { text: 'one\n' }, b: { text: 'two\n' }, env: { text: 'one\n' } } as const

const ours = (environment: Record<string, string>) =>
  Object.entries(environment).filter(([name]) => /^(AWS|ASSUME)_/.test(name))

function describeOthers(follower: Follower, { playHook, hook, isLast, direnv }: Surroundings): void {
  describe.each(['DIRENV_DIR', '__MISE_SESSION'])('beside another hook that sets %s', (variable) => {
    it('steps aside for what has run before ours', async () => {
      const home = await startHome(entries)
      const before = [playHook(variable), hook('play_hook', 'before')]
      const walk = await startWalk(follower, home, '', { before })
      await walk.step('cd env', '(theirs, by hand) ')
      await walk.step('cd', '')
      await walk.show('assume two', '(two) ')
      const bare = await walk.environment('(two) ')
      await walk.show('cd a', '(one ./) ')
      await walk.step('cd ~/env', '(theirs, by hand) ')
      expect(await walk.environment('(theirs, by hand) ')).toEqual({
        ...bare,
        AWS_PROFILE: 'theirs',
        [variable]: 'on',
      })
      await walk.step('cd', '(two) ')
      expect(await walk.environment('(two) ')).toEqual(bare)
      await walk.show('cd ~/env', '(theirs, by hand) ')
      await walk.step('cd ~/a', '(one ./) ', `${rowOfOne} (~/a/.aws-profile)`)
      await walk.show('cd', '(two) ')
      expect(await walk.environment('(two) ')).toEqual(bare)
      await walk.show('cd a', '(one ./) ')
      await walk.show('cd ../env', '(theirs, by hand) ')
      await walk.show('cd ../a', '(one ./) ')
      await walk.step('cd', '(two) ', 'two again (left ~/a)')
      expect(await walk.environment('(two) ')).toEqual(bare)
    })

    it('steps aside for what has run behind ours', async () => {
      const home = await startHome(entries)
      const walk = await startWalk(follower, home, '', {
        after: [playHook(variable), hook('play_hook', 'after')],
      })
      const bare = await walk.environment('')
      const entered = isLast ? '(theirs, by hand) ' : '(one ./) '
      await walk.step('cd env', entered, `${rowOfOne} (~/env/.aws-profile)`)
      await walk.step('true', '(theirs, by hand) ')
      expect(ours(await walk.environment('(theirs, by hand) '))).toEqual([['AWS_PROFILE', 'theirs']])
      await walk.step('cd', isLast ? '' : '(theirs, by hand) ')
      await walk.step('true', '')
      expect(await walk.environment('')).toEqual(bare)
    })
  })

  if (direnv === undefined) return
  it.skipIf(!isInstalled('direnv'))('steps aside for the real direnv', async () => {
    const home = await startHome(entries)
    home.write('env/.envrc', 'export AWS_PROFILE=theirs\n')
    const env = { ...baseEnvironment(home), DIRENV_LOG_FORMAT: '' }
    expect(spawnSync('direnv', ['allow', join(home.path, 'env')], { env }).status).toBe(0)
    const walk = await startWalk(follower, home, '', { env: { DIRENV_LOG_FORMAT: '' }, after: [direnv] })
    const bare = await walk.environment('')
    await walk.show('cd a', '(one ./) ')
    await walk.step('cd ../env', '(theirs, by hand) ')
    expect(ours(await walk.environment('(theirs, by hand) '))).toEqual([['AWS_PROFILE', 'theirs']])
    await walk.step('cd', '')
    expect(await walk.environment('')).toEqual(bare)
  })
}

function describeDirenv(follower: Follower, around: Surroundings): void {
  const { direnv, playedDirenv, hook } = around
  const isLate = around.isLast && direnv !== undefined
  it.skipIf(direnv !== undefined && !isInstalled('direnv'))(
    `gives back what was there before both itself and ${direnv ? 'the real' : 'a played'} direnv`,
    async () => {
      const home = await startHome({ ...entries, use: { text: 'two\n' }, region: { text: 'one\n' } })
      home.write('.config/direnv/lib/assume.sh', `. '${join(repository, 'shell/direnv/assume.bash')}'\n`)
      const code = {
        use: 'use assume bare',
        region: 'export AWS_REGION=mars',
        plain: 'export AWS_REGION=venus',
        bare: 'use assume bare',
      }
      for (const [folder, line] of Object.entries(code)) {
        const path = home.write(join(folder, '.envrc'), `${line}\n`)
        if (direnv === undefined) continue
        const env = { ...baseEnvironment(home), DIRENV_LOG_FORMAT: '' }
        expect(spawnSync('direnv', ['allow', path], { env }).status).toBe(0)
      }
      const walk = await startWalk(follower, home, '', {
        env: { DIRENV_LOG_FORMAT: '' },
        before: playedDirenv === undefined ? [] : [playedDirenv, hook('play_hook', 'before')],
        after: direnv === undefined ? [] : [direnv],
      })
      const inside: Record<string, { segment?: string; region?: string }> = {
        a: { segment: '(one ./) ', region: 'eu-west-1' },
        region: { segment: '(one ./) ', region: 'eu-west-1' },
        plain: { region: 'venus' },
        use: { segment: '(bare, by hand) ' },
        bare: { segment: '(bare, by hand) ' },
      }
      const routes = [
        { base: '', route: ['region'] },
        { base: '', route: ['a', 'use', 'a'] },
        { base: '', route: ['a', 'plain', 'region'] },
        { base: '(two) ', route: ['a', 'bare'] },
        { base: '(two) ', route: ['region', 'a', 'plain', 'use'] },
      ] as const
      for (const { base, route } of routes) {
        if (base !== '') await walk.show('assume two', base)
        const before = await walk.environment(base)
        for (const folder of route) {
          const { segment = base, region } = inside[folder] ?? {}
          await walk.show(`cd ~/${folder}`, segment)
          const { AWS_REGION: now } = await walk.environment(segment)
          // Where ours looks at the change of the directory, what direnv sets at the prompt is above that.
          const expected = isLate && now === 'mars' ? 'mars' : region
          expect(now, route.join()).toBe(folder === 'region' ? expected : region)
        }
        await walk.show('cd ~', base)
        expect(await walk.environment(base), route.join()).toEqual(before)
      }
      // What is switched to by hand meanwhile is what comes back.
      await walk.show(`cd ~/${isLate ? 'region' : 'a'}`, '(one ./) ')
      await walk.show('cd ~/plain', '(two) ')
      await walk.show('assume one', '(one) ')
      const hand = Object.fromEntries(ours(await walk.environment('(one) ')))
      await walk.show('cd ~', '(one) ')
      expect(Object.fromEntries(ours(await walk.environment('(one) ')))).toEqual(hand)
    },
    60_000,
  )
}

/** Enters, goes on, and leaves; returns what was there before and after. */
async function goThrough(walk: Walk): Promise<void> {
  const bare = await walk.environment('')
  await walk.show('cd ~/a', '(one ./) ')
  await walk.show('cd ~/b', '(two ./) ')
  await walk.show('cd ~/stranger', '')
  await walk.show('assume one', '(one) ')
  await walk.show('cd ~/nothing', '')
  await walk.show('cd ~', '(one) ')
  await walk.show('assume --unset', '')
  expect(await walk.environment('')).toEqual(bare)
}

const more = {
  ...entries,
  stranger: { text: 'one\neu-west-1\n', verdict: 'none' },
  nothing: { text: 'none\n' },
} as const

function describeShellState(follower: Follower, around: Surroundings): void {
  it.each(around.hostile)('works under %s', async (...after) => {
    const walk = await startWalk(follower, await startHome(more), '', { after })
    await goThrough(walk)
  })

  it('keeps the status of the line before', async () => {
    const { fail, show, shown } = around.status
    const walk = await startWalk(follower, await startHome(more))
    await walk.show(`cd a; ${fail(7)}`, '(one ./) ')
    await walk.step(show, '(one ./) ', shown[0])
    await walk.show('cd ~/nobody', '(one ./) ')
    await walk.step(show, '(one ./) ', shown[1])
    await walk.show('cd ~/stranger && echo went', '')
    await walk.show(`cd ~/a; ${fail(3)}`, '(one ./) ')
    await walk.step(show, '(one ./) ', shown[2])
  })

  it.skipIf(!around.trace)('shows no value to a trace', async () => {
    const walk = await startWalk(follower, await startHome(more))
    await walk.show(around.trace ?? expect.fail(), '')
    const said = [...(await walk.show('cd a', '(one ./) ')), ...(await walk.show('cd', ''))]
    expect(said.join('\n')).not.toMatch(/AWS_PROFILE=|ASSUME_VARS=|ASSUME_ACCOUNT/)
    expect(said.join('\n')).toContain('cd a')
  })

  it.skipIf(!around.variables)(
    'gives back what is no plain text, and touches nothing that is read-only',
    async () => {
      const { typed, showTyped, makeReadOnly, saidOfReadOnly } = around.variables ?? expect.fail()
      const walk = await startWalk(follower, await startHome(more))
      await walk.step(typed, '')
      const before = await walk.show(showTyped, '')
      await walk.show('cd a', '(one ./) ')
      await walk.show('cd ../nothing', '')
      await walk.step('cd ~', '')
      expect(await walk.show(showTyped, '')).toEqual(before)
      await walk.step(makeReadOnly, '')
      const bare = await walk.environment('')
      const said = await walk.show('cd a', '')
      expect(said[0]).toBe(saidOfReadOnly)
      await walk.step('cd ~', '')
      expect(await walk.environment('')).toEqual(bare)
    },
  )

  it('starts no process, at load, at a prompt, or at a change', async () => {
    const home = await startHome(more)
    makeFolders(home, 'a/sub')
    const count = async (isOff: boolean) => {
      const trace = join(home.path, isOff ? 'trace-off' : 'trace-on')
      const [one, two] = isOff ? ['', ''] : ['(one ./) ', '(two ./) ']
      const walk = await startWalk(follower, home, one, { isOff, trace, folder: 'a' })
      await walk.show('cd sub', one)
      await walk.show('cd ~/b', two)
      await walk.show('true', two)
      await walk.show('cd ~/stranger', '')
      await walk.show('cd ~/nothing', '')
      await walk.show('cd ~', '')
      walk.session.terminal.type('exit\r')
      await walk.session.terminal.exit
      return countProcesses(trace)
    }
    expect(await count(false)).toBe(await count(true))
  })

  it('looks again after assume here, whose status it is', async () => {
    const walk = await startWalk(follower, await startHome(more))
    await walk.show('cd stranger', '')
    await walk.show('assume here --allow', '(one ./) ')
    await walk.show('assume here --nonsense', '(one ./) ')
    await walk.step(around.status.code, '(one ./) ', '2')
    expect((await walk.show('assume status', '(one ./) ')).join('\n')).toContain('~/stranger/.aws-profile')
    await walk.show('assume two', '(two) ')
    await walk.show('assume here', '(one ./) ')
    await walk.show('assume here --deny', '(two) ')
  })
}

/** What direnv and mise do, in bash and zsh. */
function playHook(variable: string): string {
  return [
    'function play_hook {',
    '  case "${PWD}/" in',
    '    "${HOME}"/env/*)',
    `      [ -z "\${${variable}-}" ] || return 0`,
    '      play_was="${AWS_PROFILE-}" play_had="${AWS_PROFILE+yes}"',
    `      export AWS_PROFILE=theirs ${variable}=on`,
    '      ;;',
    '    *)',
    `      [ -n "\${${variable}-}" ] || return 0`,
    `      unset AWS_PROFILE ${variable}`,
    '      [ -z "${play_had}" ] || export AWS_PROFILE="${play_was}"',
    '      ;;',
    '  esac',
    '}',
  ].join('\n')
}

/** What bash and zsh say in the same way. */
export const posix = {
  playHook,
  trace: 'set -x',
  status: {
    fail: (code: number) => `(exit ${code})`,
    show: 'echo $?',
    code: 'echo $?',
    shown: ['7', '1', '3'],
  },
} as const

/** What others do to a shell that follows directories, and what following does to the shell. */
export function describeSurroundings(follower: Follower, around: Surroundings): void {
  describeShells('following directories', [follower.shell], () => {
    describeOthers(follower, around)
    describeDirenv(follower, around)
    describeShellState(follower, around)
  })
}
