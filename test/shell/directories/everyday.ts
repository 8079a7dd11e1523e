import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { give, isRoot, otherUser } from '../../support/other-user.ts'
import { describeShells } from '../../support/shell.ts'
import { type Follower, makeFolders, startHome, startWalk, type Walk, writeRecords } from './walk.ts'

const rowOfOne = 'one \u00b7 111111111111 Admin \u00b7 eu-west-1'
const rowOfTwo = 'two \u00b7 eu-central-1'

const entries = {
  '.': { text: 'two\n' },
  a: { text: 'one\nus-west-2\n' },
  b: { text: 'two\n' },
  nothing: { text: 'none\n' },
} as const

/** Types a line whose prompt comes from another shell, too. */
async function stepInto(walk: Walk, line: string, segment: string): Promise<void> {
  await walk.session.run(line, segment)
}

/** What people do beside changing directories, in a shell that follows them. */
export function describeEveryday(follower: Follower): void {
  const { shell, startFile } = follower

  describeShells('a day with directories', [shell], () => {
    it('goes on after TAB, exec, and the start-up file once more, which all read files of ours', async () => {
      const home = await startHome(entries)
      const history = home.write('.local/state/assume/history', '')
      const walk = await startWalk(follower, home, '(two ./) ')
      const enter = async () => {
        await walk.step('cd ~/a', '(one ./) ', 'one, region us-west-2 (~/a/.aws-profile)')
        await walk.step('cd ~/nothing', '', 'no profile (~/nothing/.aws-profile)')
        await walk.step('cd /', '')
      }
      await walk.step('cd /', '', 'no profile (left ~)')
      const bare = await walk.environment('')
      await enter()
      const { terminal } = walk.session
      terminal.type('assume here nobo\tno\t')
      await terminal.waitFor((text) => text.trimEnd().endsWith('assume here nobono'))
      terminal.type('\u0015')
      await walk.session.prompt('')
      await enter()
      expect(await walk.environment('')).toEqual(bare)
      await walk.show('cd ~/a', '(one ./) ')
      const inside = await walk.environment('(one ./) ')
      expect(await walk.show('assume exec bare -- printenv AWS_PROFILE ASSUME_VARS', '(one ./) ')).toEqual([
        'bare',
        'AWS_PROFILE ASSUME_PROFILE',
      ])
      expect(
        await walk.show('assume exec bare -- printenv AWS_REGION ASSUME_DIRECTORY', '(one ./) '),
      ).toEqual([])
      expect(await walk.environment('(one ./) ')).toEqual(inside)
      await walk.step('cd /', '', 'no profile (left ~/a)')
      await enter()
      await walk.show(`. ~/${startFile}`, '')
      await enter()
      await walk.show('cd ~/b', '(two ./) ')
      await walk.step('assume -', '(two ./) ', 'assume: there is no earlier switch in this shell')
      await walk.step('cd /', '', 'no profile (left ~/b)')
      expect(await walk.environment('')).toEqual(bare)
      await walk.step(`cat ${history}`, '')
    })

    it('is in its profile in a shell within, which leaves the one around it alone', async () => {
      const home = await startHome(entries)
      const walk = await startWalk(follower, home, '(two ./) ')
      await walk.step('cd a', '(one ./) ', 'one, region us-west-2 (~/a/.aws-profile)')
      const inside = await walk.environment('(one ./) ')
      await stepInto(walk, `${shell.name}`, '(one ./) ')
      await walk.step('cd /', '', 'no profile (left ~/a)')
      expect(Object.keys(await walk.environment('')).filter((name) => /^(AWS|ASSUME)_/.test(name))).toEqual(
        [],
      )
      await walk.step('cd ~/b', '(two ./) ', `${rowOfTwo} (~/b/.aws-profile)`)
      await stepInto(walk, 'exit', '(one ./) ')
      expect(await walk.environment('(one ./) ')).toEqual(inside)
      await walk.step(shell.setExported('ASSUME_QUIET', '1'), '(one ./) ')
      await walk.step('cd /', '')
      await walk.step('cd ~/b', '(two ./) ')
      await walk.step(`${shell.unset('ASSUME_QUIET')}; cd /`, '', 'no profile (left ~/b)')
    })

    it('takes a worktree of git for what the tree of folders says', async () => {
      const home = await startHome({ 'w/main': { text: 'one\n', verdict: 'none' } }, { w: 'on*' })
      const walk = await startWalk(follower, home)
      const git = 'git -c user.name=a -c user.email=b'
      await walk.step('cd w/main', '(one ./) ', `${rowOfOne} (~/w/main/.aws-profile)`)
      await walk.show(`${git} init -q && ${git} add . && ${git} commit -qm x`, '(one ./) ')
      await walk.show(`${git} worktree add -q ../other`, '(one ./) ')
      await walk.show('cd ~', '')
      await walk.step('cd w/other', '(one ./) ', `${rowOfOne} (~/w/other/.aws-profile)`)
      await walk.step('cd ..', '', 'no profile (left ~/w/other)')
    })
  })

  describeShells('records', [shell], () => {
    it('that are a link, or of another user, count for nothing', async () => {
      const home = await startHome({ a: { text: 'one\n', verdict: 'none' } })
      writeRecords(home, { a: { text: 'one\n' } }, { '.': 'one' }, 'elsewhere')
      const records = join(home.path, '.local/state/assume/directories')
      const theirs = join(home.path, 'elsewhere/assume/directories')
      makeFolders(home, '.local/state/assume/directories')
      const part = String(join(home.path, 'a').length)
      for (const name of [part, 'trees']) symlinkSync(join(theirs, name), join(records, name))
      const walk = await startWalk(follower, home)
      await walk.step('cd a', '', 'assume: ~/a/.aws-profile wants one: assume here')
      const say = shell.setExported('XDG_STATE_HOME', join(home.path, 'elsewhere'))
      await walk.step(`cd ~; ${say}`, '')
      await walk.step('cd a', '(one ./) ', `${rowOfOne} (~/a/.aws-profile)`)
      if (!isRoot) return
      await walk.show('cd ~', '')
      for (const name of [part, 'trees']) give(join(theirs, name), otherUser)
      await walk.step('cd a', '')
    })
  })

  // The names of folders that only these can write so; fish.test.ts has its own.
  describeShells(
    'a path',
    [shell].filter(({ name }) => name === 'bash' || name === 'zsh'),
    () => {
      it.each(['C', 'C.UTF-8'])(
        'that is no text shows nothing that acts on a terminal in %s',
        async (locale) => {
          const home = await startHome({})
          const walk = await startWalk(follower, home, '', { env: { LC_ALL: locale } })
          await walk.show(
            "d=$'x\\377\\302\\233[31m\\342\\200\\256red'; mkdir $d; echo one >$d/.aws-profile",
            '',
          )
          expect((await walk.show('cd $d', '')).join()).toContain(
            '?[31m?red/.aws-profile wants one: assume here',
          )
        },
      )
    },
  )

  describe.skipIf(shell.name !== 'zsh')('unloading', () => {
    it('leaves no hook behind, and the directory is followed again after loading once more', async () => {
      const home = await startHome({ a: { text: 'one\n' } })
      const walk = await startWalk(follower, home)
      await walk.show('cd a', '(one ./) ')
      await walk.session.run('cd ~; assume_plugin_unload', '')
      // Nothing but an empty line.
      await walk.step(
        'cd a; print -rl -- ${(k)functions[(I)__assume*]} ${(k)parameters[(I)__assume*]} $chpwd_functions',
        '',
        '',
      )
      await walk.session.run(`. ~/${startFile}`, '(one ./) ')
      await walk.step('cd ~', '', 'no profile (left ~/a)')
    })
  })
}
