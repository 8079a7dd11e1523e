import { rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { give, isRoot, otherUser } from '../../support/other-user.ts'
import { describeShells } from '../../support/shell.ts'
import { type Follower, makeFolders, startHome, startWalk } from './walk.ts'

const rowOfOne = 'one \u00b7 111111111111 Admin \u00b7 eu-west-1'
const rowOfTwo = 'two \u00b7 eu-central-1'

const projects = {
  a: { text: 'one\n' },
  'a/inner': { text: '# the same for all\n\n two \r\nus-east-1', name: '.awsprofile' },
  b: { text: 'two' },
  c: { text: 'one\n' },
  nothing: { text: 'none\n' },
} as const

function describeLayers(follower: Follower): void {
  const { shell } = follower

  describe('a layer', () => {
    it('is entered, stays below, changes from place to place, and is left to the byte', async () => {
      const home = await startHome(projects)
      makeFolders(home, 'a/sub/deep', 'b/sub')
      const walk = await startWalk(follower, home)
      const setHidden = shell.setUnexported ?? shell.setExported
      await walk.step(shell.setExported('AWS_REGION', 'mars  north\u00e9 '), '')
      await walk.step(setHidden('AWS_VAULT', ' hidden'), '')
      await walk.step(shell.setExported('AWS_DEFAULT_PROFILE', ''), '')
      const names = ['AWS_VAULT', 'AWS_PROFILE', 'ASSUME_VARS']
      const before = await walk.environment('', ...names)
      await walk.step('cd a', '(one ./) ', `${rowOfOne} (~/a/.aws-profile)`)
      await walk.step('cd sub', '(one ./) ')
      await walk.step('cd deep', '(one ./) ')
      await walk.step('cd ../../inner', '(two ./) ', 'two, region us-east-1 (~/a/inner/.awsprofile)')
      expect(await walk.environment('(two ./) ')).toMatchObject({
        AWS_PROFILE: 'two',
        AWS_REGION: 'us-east-1',
        AWS_DEFAULT_REGION: 'us-east-1',
        ASSUME_VARS: expect.stringContaining('AWS_DEFAULT_REGION'),
      })
      await walk.step('cd ..', '(one ./) ', `${rowOfOne} (~/a/.aws-profile)`)
      await walk.step('cd ../c', '(one ./) ')
      await walk.step('cd ..', '', 'no profile (left ~/c)')
      expect(await walk.environment('', ...names)).toEqual(before)
    })

    it('lies above what was switched by hand before', async () => {
      const home = await startHome(projects)
      const walk = await startWalk(follower, home)
      await walk.step('assume one', '(one) ', rowOfOne)
      const before = await walk.environment('(one) ')
      await walk.step('cd b', '(two ./) ', `${rowOfTwo} (~/b/.aws-profile)`)
      await walk.step('cd ../nothing', '', 'no profile (~/nothing/.aws-profile)')
      const bare = await walk.environment('')
      expect(Object.keys(bare).filter((name) => /^(AWS|ASSUME)_/.test(name))).toEqual([])
      await walk.step('cd ..', '(one) ', 'one again (left ~/nothing)')
      expect(await walk.environment('(one) ')).toEqual(before)
      await walk.step('assume --unset', '')
      expect(await walk.environment('')).toEqual(bare)
    })

    it('lies above keys that were exported by hand, and brings back whose they are', async () => {
      const home = await startHome(projects)
      const walk = await startWalk(follower, home)
      await walk.step('assume static --export', '(static) ', 'static \u00b7 eu-north-1')
      const before = await walk.environment('(static) ')
      expect(before).toMatchObject({ AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' })
      await walk.step('cd a', '(one ./) ', `${rowOfOne} (~/a/.aws-profile)`)
      expect(await walk.environment('(one ./) ')).not.toHaveProperty('AWS_ACCESS_KEY_ID')
      await walk.step('cd inner', '(two ./) ', 'two, region us-east-1 (~/a/inner/.awsprofile)')
      await walk.step('cd', '(static) ', 'static again (left ~/a/inner)')
      expect(await walk.environment('(static) ')).toEqual(before)
    })

    it('follows every way to another directory', async () => {
      const home = await startHome({ ...projects, gone: { text: 'two\n' } })
      makeFolders(home, 'a/sub', 'elsewhere', 'gone/sub')
      symlinkSync(join(home.path, 'a/sub'), join(home.path, 'elsewhere/link'))
      symlinkSync(join(home.path, 'elsewhere'), join(home.path, 'a/way'))
      const walk = await startWalk(follower, home, '', { before: [follower.define('go', 'cd')] })
      const [toOne, fromA] = [`${rowOfOne} (~/a/.aws-profile)`, 'no profile (left ~/a)']
      await walk.step('go a', '(one ./) ', toOne)
      await walk.step('go ..', '', fromA)
      await walk.show('cd -', '(one ./) ')
      await walk.show('pushd ~/b', '(two ./) ')
      await walk.show('popd', '(one ./) ')
      // By what the shell shows: the link that lies outside leads out, the one that lies inside does not.
      await walk.step('cd ~/elsewhere/link', '', fromA)
      await walk.step('cd ~/a/way', '(one ./) ', toOne)
      await walk.step('cd ~/gone/sub', '(two ./) ', `${rowOfTwo} (~/gone/.aws-profile)`)
      await walk.step('rm -r ~/gone', '(two ./) ')
      await walk.step('cd ~/elsewhere', '', 'no profile (left ~/gone)')
    })

    it('is not seen by whoever has it off', async () => {
      const walk = await startWalk(follower, await startHome(projects), '', { isOff: true })
      await walk.step('cd a', '')
    })
  })
}

function describeHand(follower: Follower): void {
  const { shell } = follower

  describe('a switch by hand inside', () => {
    it('stays until another place is entered, and starts from what was before the first one', async () => {
      const home = await startHome(projects)
      makeFolders(home, 'a/sub')
      const walk = await startWalk(follower, home)
      const bare = await walk.environment('')
      await walk.step('cd a', '(one ./) ', `${rowOfOne} (~/a/.aws-profile)`)
      await walk.step('assume two', '(two) ', rowOfTwo)
      await walk.step('cd sub', '(two) ')
      await walk.step('cd ~', '(two) ')
      await walk.step('assume --unset', '')
      expect(await walk.environment('')).toEqual(bare)
      await walk.step('cd a', '(one ./) ', `${rowOfOne} (~/a/.aws-profile)`)
      await walk.step('assume two -r us-west-2', '(two) ', 'two \u00b7 us-west-2')
      await walk.step('cd inner', '(two ./) ')
      await walk.step('cd ../..', '(two) ')
      expect(await walk.environment('(two) ')).toMatchObject({ AWS_PROFILE: 'two', AWS_REGION: 'us-west-2' })
    })

    it('changes nothing where it fails', async () => {
      const home = await startHome(projects)
      const walk = await startWalk(follower, home)
      await walk.show('cd a', '(one ./) ')
      await walk.show('assume nobody', '(one ./) ')
      await walk.step('cd ..', '', 'no profile (left ~/a)')
    })

    it('by --unset and - knows nothing of a layer', async () => {
      const home = await startHome(projects)
      makeFolders(home, 'b/sub')
      const walk = await startWalk(follower, home)
      await walk.show('assume bare', '(bare) ')
      await walk.show('assume one', '(one) ')
      await walk.show('cd b', '(two ./) ')
      await walk.step('assume --unset', '')
      await walk.step('cd sub', '')
      await walk.step('cd ~', '')
      await walk.show('assume one', '(one) ')
      await walk.show('cd b', '(two ./) ')
      await walk.show('cd ~', '(one) ')
      await walk.step('assume -', '(one) ', rowOfOne)
      await walk.show('assume bare', '(bare) ')
      await walk.show('cd nothing', '')
      await walk.step('assume -', '(one) ', rowOfOne)
      await walk.step('cd ..', '(one) ')
    })

    it('of a variable is left alone by leaving', async () => {
      const home = await startHome(projects)
      const walk = await startWalk(follower, home)
      await walk.show('cd a', '(one ./) ')
      await walk.step(shell.setExported('AWS_PROFILE', 'mine'), '(mine, by hand) ')
      await walk.step('cd ..', '(mine, by hand) ')
      await walk.step(shell.unset('AWS_PROFILE'), '')
      await walk.show('cd nothing', '')
      await walk.step(shell.setExported('AWS_PROFILE', 'mine'), '(mine, by hand) ')
      await walk.step('cd ..', '(mine, by hand) ')
    })
  })

  describe('a shell that starts inside', () => {
    it('takes what it inherits for the profile of the directory, or for that of the hand', async () => {
      const home = await startHome(projects)
      const walk = await startWalk(follower, home)
      await walk.show('cd a', '(one ./) ')
      const inside = await walk.environment('(one ./) ')
      const child = await startWalk(follower, home, '(one ./) ', { env: inside, folder: 'a' })
      await child.step('cd ..', '', 'no profile (left ~/a)')
      expect(Object.keys(await child.environment('')).filter((name) => name.startsWith('AWS'))).toEqual([])
      const other = await startWalk(follower, home, '(one) ', { env: inside, folder: 'b' })
      await other.step('cd ..', '(one) ')
    })

    it('enters where nothing is inherited, or none is asked for', async () => {
      const home = await startHome(projects)
      const walk = await startWalk(follower, home, '(one ./) ', { folder: 'a' })
      expect(walk.session.terminal.text()).toContain(`${rowOfOne} (~/a/.aws-profile)`)
      await walk.step('cd ../nothing', '', 'no profile (~/nothing/.aws-profile)')
      await startWalk(follower, home, '', { folder: 'nothing' })
    })
  })
}

/** A file of each kind that is not in force, and what is said of it. */
const refused = {
  stranger: [{ text: 'one\n', verdict: 'none' }, 'wants one'],
  region: [{ text: 'one\neu-west-3\n', verdict: 'none' }, 'wants one'],
  odd: [{ text: 'a b; $(touch ~/pwned) `touch ~/pwned`\n', verdict: 'none' }, ''],
  changed: [{ text: 'two\n', recorded: 'one\n' }, 'has changed'],
  longer: [{ text: 'one\n\n', recorded: 'one\n' }, 'has changed'],
  empty: [{ text: '', verdict: 'none' }, 'is not taken'],
  comments: [{ text: '# one\n', verdict: 'none' }, 'is not taken'],
  three: [{ text: 'one\neu-west-1\nmore\n', verdict: 'none' }, 'is not taken'],
  nul: [{ text: Buffer.from('one\n\0two\n'), recorded: 'one\n' }, 'is not taken'],
  escape: [{ text: 'one\u001b[31m\n', verdict: 'none' }, 'is not taken'],
  c1: [{ text: 'one\u0085\n', verdict: 'none' }, 'is not taken'],
  latin: [{ text: Buffer.from('caf\u00e9\n', 'latin1'), verdict: 'none' }, 'is not taken'],
  surrogate: [{ text: Buffer.from('a\xed\xa0\x80\n', 'latin1'), verdict: 'none' }, 'is not taken'],
  utf8: [{ text: 'caf\u00e9\u{1f600}\n', verdict: 'none' }, ''],
  big: [{ text: 'one\n'.repeat(262_144), verdict: 'none' }, 'is not taken'],
  'just right': [{ text: `one\n#${'x'.repeat(995)}`, verdict: 'none' }, 'wants one'],
  'too long': [{ text: `one\n#${'x'.repeat(996)}`, verdict: 'none' }, 'is not taken'],
} as const

function describeTrust(follower: Follower): void {
  const { shell } = follower

  describe('a file that is not in force', () => {
    it('sets nothing, and is named once', async () => {
      const entries = Object.fromEntries(
        Object.entries(refused).map(([folder, [entry]]) => [join('a', folder), entry]),
      )
      const home = await startHome({ a: projects.a, ...entries })
      const walk = await startWalk(follower, home)
      await walk.show('cd a', '(one ./) ')
      for (const [folder, [, said]] of Object.entries(refused)) {
        const file = `~/a/${folder}/.aws-profile`
        const whole = `assume: ${file}${said === '' ? ':' : ` ${said}:`} assume here`
        await walk.step(`cd ~/a/${shell.quote(folder)}`, '', 'no profile (left ~/a)', whole)
        await walk.show('cd ~/a', '(one ./) ')
        await walk.step(`cd ~/a/${shell.quote(folder)}`, '', 'no profile (left ~/a)')
        await walk.show('cd ~/a', '(one ./) ')
      }
      await walk.step('ls ~/pwned 2>/dev/null', '(one ./) ')
    })

    it('is denied without a word, a link, of another user, or recorded where nobody else could have', async () => {
      const text = 'one\n'
      const home = await startHome({
        denied: { text, verdict: 'deny' },
        link: { text },
        dangling: { text },
        foreign: { text },
        records: { text },
      })
      for (const folder of ['link', 'dangling']) rmSync(join(home.path, folder, '.aws-profile'))
      symlinkSync('../records/.aws-profile', join(home.path, 'link/.aws-profile'))
      symlinkSync('nowhere', join(home.path, 'dangling/.aws-profile'))
      writeFileSync(join(home.path, 'dangling/.awsprofile'), text)
      const walk = await startWalk(follower, home)
      await walk.step('cd denied', '')
      await walk.step('cd ../link', '', 'assume: ~/link/.aws-profile is not taken: assume here')
      await walk.step('cd ../dangling', '', 'assume: ~/dangling/.aws-profile is not taken: assume here')
      await walk.show('cd ../records', '(one ./) ')
      if (isRoot) {
        give(join(home.path, 'foreign/.aws-profile'), otherUser)
        await walk.step(
          'cd ../foreign',
          '',
          'no profile (left ~/records)',
          'assume: ~/foreign/.aws-profile is not taken: assume here',
        )
      }
    })

    it('needs the core where there is no row, and the command is named each time', async () => {
      const home = await startHome({
        nobody: { text: 'nobody\n' },
        guarded: { text: 'guarded\n' },
        verb: { text: 'list\neu-west-1\n' },
        dash: { text: '-x\n' },
        words: { text: 'my own\n' },
        over: { text: 'over\n' },
        a: projects.a,
      })
      const walk = await startWalk(follower, home)
      const needs = (folder: string, name: string, command: string) =>
        `assume: ~/${folder}/.aws-profile wants ${name}: ${command}`
      await walk.step('cd nobody', '', needs('nobody', 'nobody', 'assume nobody'))
      await walk.show('cd ../a', '(one ./) ')
      await walk.step(
        'cd ../guarded',
        '',
        'no profile (left ~/a)',
        needs('guarded', 'guarded', 'assume guarded'),
      )
      await walk.step('cd ../nobody', '', needs('nobody', 'nobody', 'assume nobody'))
      await walk.step('cd ../verb', '', needs('verb', 'list', 'assume --profile=list --region eu-west-1'))
      await walk.step('cd ../dash', '', needs('dash', '-x', 'assume --profile=-x'))
      await walk.step('cd ../words', '', needs('words', 'my own', `assume ${shell.quote('my own')}`))
      const ended = 'assume: warning: the session of over has ended: assume login'
      const row = 'over \u00b7 222222222222 Admin (~/over/.aws-profile)'
      await walk.step('cd ../over', '(over ./) ', row, ended)
      rmSync(join(home.path, '.cache/assume/index'))
      await walk.step('cd ../a', '', 'no profile (left ~/over)', needs('a', 'one', 'assume one'))
    })

    it('is found by the text of its path, however that is spelt', async () => {
      const names = [
        `it's`,
        'with  blanks',
        '[a-z]*',
        '$(id)',
        '\u00e9t\u00e9',
        '~',
        '%d%1v',
        '-dash',
        // Between two folders, to PowerShell.
        ...(shell.name === 'pwsh' ? [] : ['\\back']),
      ]
      const home = await startHome(Object.fromEntries(names.map((name) => [`x/${name}`, { text: 'one' }])))
      makeFolders(home, 'x/a')
      const walk = await startWalk(follower, home)
      for (const name of names) {
        const path = join(home.path, 'x', name)
        await walk.step(
          follower.goTo?.(path) ?? `cd ${shell.quote(path)}`,
          '(one ./) ',
          `${rowOfOne} (~/x/${name}/.aws-profile)`,
        )
        await walk.show('cd ~/x/a', '')
      }
    })
  })

  describe('a tree', () => {
    it('allows names by pattern, below it, and the nearest decides', async () => {
      const text = (text: string) => ({ text, verdict: 'none' }) as const
      const home = await startHome(
        {
          'w/one': text('one\n'),
          'w/two': text('two\n'),
          'w/region': text('one\neu-west-3\n'),
          'w/none': text('none\n'),
          'w/no/one': text('one\n'),
          'w/own/two': { text: 'two\n' },
          'w/far/off/two': text('two\n'),
          'wide/one': text('one\n'),
        },
        { w: 'on*,x-*', 'w/no': 'deny', 'w/far': '*w*' },
      )
      const walk = await startWalk(follower, home)
      const wants = (folder: string, name: string) =>
        `assume: ~/${folder}/.aws-profile wants ${name}: assume here`
      await walk.step('cd w/one', '(one ./) ', `${rowOfOne} (~/w/one/.aws-profile)`)
      await walk.step('cd ../two', '', 'no profile (left ~/w/one)', wants('w/two', 'two'))
      await walk.step('cd ../region', '', wants('w/region', 'one'))
      await walk.step('cd ../none', '', wants('w/none', 'none'))
      await walk.step('cd ../no/one', '')
      await walk.step('cd ../../own/two', '(two ./) ', `${rowOfTwo} (~/w/own/two/.aws-profile)`)
      await walk.step('cd ../../far/off/two', '(two ./) ')
      await walk.step('cd ~/wide/one', '', 'no profile (left ~/w/far/off/two)', wants('wide/one', 'one'))
    })
  })
}

/** What a directory does to a shell that follows them. */
export function describeDirectories(follower: Follower): void {
  describeShells('the profile of a directory', [follower.shell], () => {
    describeLayers(follower)
    describeHand(follower)
    describeTrust(follower)
  })
}
