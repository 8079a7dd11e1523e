import { describe, expect, it } from 'vitest'
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
  })
}

/** What a directory does to a shell that follows them. */
export function describeDirectories(follower: Follower): void {
  describeShells('the profile of a directory', [follower.shell], () => {
    describeLayers(follower)
  })
}
