import { expect, it } from 'vitest'
import { awsOf, describeShells } from '../../support/shell.ts'
import { fish } from '../../support/shells/fish.ts'
import { pwsh } from '../../support/shells/pwsh.ts'
import { type Follower, startHome, startWalk } from './walk.ts'

const followers: Readonly<Record<string, Follower>> = {
  fish: {
    shell: fish,
    startFile: '.config/fish/conf.d/assume.fish',
    watch: '__assume_watch_directories',
    define: (name, command) => `function ${name}; ${command} $argv; end`,
  },
  pwsh: {
    shell: pwsh,
    startFile: '.config/powershell/profile.ps1',
    watch: 'Enable-AssumeDirectories',
    define: (name, command) => `function ${name} { ${command} @args }`,
  },
}
const rowOfOne = 'one \u00b7 111111111111 Admin \u00b7 eu-west-1'

describeShells('a directory', [fish, pwsh], (shell) => {
  const follower = followers[shell.name] as Follower

  it('is adopted by a shell that starts in it, unless what that has inherited is another', async () => {
    const inherited = (name: string) => ({
      AWS_PROFILE: name,
      AWS_REGION: 'eu-west-1',
      ASSUME_PROFILE: name,
      ASSUME_VARS: 'AWS_PROFILE AWS_REGION ASSUME_PROFILE',
    })
    const cases = [
      { env: inherited('one'), inside: '(one ./) ', outside: '', said: ['no profile (left ~)'] },
      { env: inherited('two'), inside: '(two) ', outside: '(two) ', said: [] },
    ]
    const home = await startHome({ '.': { text: 'one\n' } })
    for (const { env, inside, outside, said } of cases) {
      const walk = await startWalk(follower, home, inside, { env })
      await walk.step('cd /', outside, ...said)
      const left = outside === '' ? {} : env
      expect(awsOf(new Map(Object.entries(await walk.environment(outside))))).toEqual(left)
      await walk.step('cd ~', '(one ./) ', `${rowOfOne} (~/.aws-profile)`)
      await walk.session.terminal.dispose()
    }
  })

  it('steps aside for direnv and mise, and cleans up behind what they give back', async () => {
    const home = await startHome({ a: { text: 'one\n' }, nothing: { text: 'none' } })
    const walk = await startWalk(follower, home)
    const set = (name: string, value: string) => shell.setExported(name, value)
    const entered = `${rowOfOne} (~/a/.aws-profile)`
    for (const mark of ['DIRENV_DIR', '__MISE_SESSION']) {
      await walk.step('assume two', '(two) ', 'two \u00b7 eu-central-1')
      const before = await walk.environment('(two) ')
      await walk.step('cd a', '(one ./) ', entered)
      await walk.step(`${set(mark, 'x')}; ${set('AWS_PROFILE', 'theirs')}`, '(theirs, by hand) ')
      const aside = await walk.environment('(theirs, by hand) ')
      expect(aside).toEqual({ ...before, AWS_PROFILE: 'theirs', [mark]: 'x' })
      await walk.step('cd ..', '(theirs, by hand) ')
      await walk.step(`${shell.unset(mark)}; ${set('AWS_PROFILE', 'one')}`, '(two) ')
      expect(await walk.environment('(two) ')).toEqual(before)
      await walk.step(`${set(mark, 'x')}; ${set('AWS_PROFILE', 'theirs')}; cd nothing`, '(theirs, by hand) ')
      await walk.step(
        `${shell.unset(mark)}; ${set('AWS_PROFILE', 'two')}`,
        '',
        'no profile (~/nothing/.aws-profile)',
      )
      await walk.step('cd ..', '(two) ', 'two again (left ~/nothing)')
      await walk.step('assume --unset', '')
    }
  })
})
