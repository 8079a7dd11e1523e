import { appendFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { run } from '../../src/commands/plugin.ts'
import { failure, PluginWorld } from './world.ts'

let world: PluginWorld
beforeEach(() => {
  world = new PluginWorld()
})

/** A plugin that leaves a mark wherever it runs. */
const mark = `import { appendFileSync } from 'node:fs'
appendFileSync(process.env.HOME + '/ran', 'ran\\n')`
const plan = `needs: { credentials: true, variables: ['A*'], programs: ['op'] },
  options: { vault: { describe: 'the vault', default: 'work' } },
  env: ({ options }) => ({ set: { A: options.vault } })`

function ask(words: readonly string[], answers: readonly string[] | undefined) {
  return run({ positionals: words, flags: {} }, world.context(answers && { answers }))
}

describe('assume plugin enable', () => {
  beforeEach(() => {
    world.module('op', plan, mark)
  })

  it('shows what it is, asks, and only then runs it; shows what it wants, and asks again', async () => {
    const outcome = await ask(['enable', 'op'], ['yes', 'yes'])
    expect(outcome.output).toBe('plugin op is enabled\n')
    const [first, second] = [world.screen.indexOf('Run op to see'), world.screen.indexOf('Enable op?')]
    expect(world.screen.slice(0, first)).toMatch(/path {4}~\/.config\/assume\/plugins\/op\.ts/)
    expect(world.screen.slice(0, first)).toMatch(/owner {3}user \d+\n.*sha256 {2}[0-9a-f]{64}\n/)
    expect(world.screen.slice(0, first)).not.toContain('credentials')
    const wishes = world.screen.slice(first, second)
    expect(wishes).toMatch(/credentials {2}YES/)
    expect(wishes).toMatch(/variables {4}A\*\n.*programs {5}op\n/)
    expect(wishes).toContain('vault: the vault')
    expect(world.settingsText).toMatch(
      /^\[plugin op\]\nenabled = yes\nhash = [0-9a-f]{64}\nhooks = env\nallow = credentials\nvariables = A\*\n$/,
    )
  })

  it('shows the hash that sha256sum shows', async () => {
    const { createHash } = await import('node:crypto')
    await world.enable('op')
    const hash = createHash('sha256').update(world.read('.config/assume/plugins/op.ts')).digest('hex')
    expect(world.settingsText).toContain(`hash = ${hash}\n`)
  })

  it.each([
    ['to the first question', ['no'], false],
    ['to the second', ['yes', 'n'], true],
  ])('does nothing after a no %s', async (_which, answers, ran) => {
    expect(await failure(ask(['enable', 'op'], answers))).toBe('cancelled: nothing was changed')
    expect(world.settingsText).toBe('')
    expect(world.has('ran')).toBe(ran)
  })

  it('runs nothing without a terminal, unless told yes', () => {
    const { status, stderr } = world.start('enable', 'op')
    expect(status).toBe(3)
    expect(stderr).toContain('assume plugin enable op --yes')
    expect([world.has('ran'), world.settingsText]).toEqual([false, ''])
    expect(world.start('enable', 'op', '--yes').status).toBe(0)
    expect(world.has('ran')).toBe(true)
  })

  it('asks nothing for a built-in plugin, which is assume itself', async () => {
    expect((await ask(['enable', 'vars'], [])).output).toBe('plugin vars is enabled\n')
    expect([world.screen, world.settingsText]).toEqual([
      '',
      '[plugin vars]\nenabled = yes\nhooks = env\nplan = profile\n',
    ])
  })

  it('keeps the rest of the settings file to the byte', async () => {
    const text =
      '# mine\nassume_region=off\n\n[plugin op]\n; the vault\nvault = home  ; not work\n\n[later]\nx = y\n'
    world.settings(text)
    await world.enable('op')
    expect(world.settingsText.replace(/enabled = yes\nhash.*\nhooks.*\nallow.*\nvariables.*\n/, '')).toBe(
      text,
    )
    expect((await world.assume('disable', 'op')).stdout).toBe('plugin op is disabled\n')
    expect(world.settingsText.replace('enabled = no\n', '')).toBe(text)
  })

  it('names the nearest plugin for one that there is not', async () => {
    const { status, stderr } = await world.assume('enable', 'opp', '--yes')
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/no plugin opp.*did you mean op\?\n.*assume plugin/),
    ])
    expect((await world.assume('disable', 'nothing')).status).toBe(2)
  })

  it.each([
    [
      'another name',
      `export default { name: 'other', apiVersion: 1, env: () => undefined }`,
      'it calls itself other',
    ],
    [
      'another version',
      `export default { name: 'bad', apiVersion: 2 }`,
      'apiVersion 2, this assume speaks 1',
    ],
    ['no plugin', 'export const a = 1', 'export default definePlugin'],
    ['no hook', `export default { name: 'bad', apiVersion: 1 }`, 'hooks: '],
    [
      "an option with a name of assume's",
      `export default { name: 'bad', apiVersion: 1, options: { hash: { describe: '' } }, env: () => undefined }`,
      'an option cannot be called hash',
    ],
    ['broken TypeScript', 'export default {{{', 'plugin bad, describe: '],
  ])('refuses %s', async (_what, text, message) => {
    world.home.write('.config/assume/plugins/bad.ts', text)
    const { status, stderr } = await world.assume('enable', 'bad', '--yes')
    expect([status, stderr]).toEqual([1, expect.stringContaining(message)])
    expect(world.settingsText).toBe('')
  })

  it('refuses two of one name', async () => {
    world.program('op', 'echo {}')
    const { status, stderr } = await world.assume('enable', 'op', '--yes')
    expect([status, stderr]).toEqual([1, expect.stringContaining('two plugins called op: ')])
    world.home.write('.config/assume/plugins/vars.ts', '')
    rmSync(join(world.folder, 'assume-plugin-op'))
    expect((await world.assume('list')).stderr).toContain('two plugins called vars: a built-in one and ')
  })
})

describe('a plugin that was edited after it was enabled', () => {
  beforeEach(async () => {
    world.module('op', plan, mark)
    await world.enable('op')
    rmSync(world.at('ran'))
    appendFileSync(join(world.folder, 'op.ts'), '// edited\n')
  })

  it('is not run: the switch goes on without it', async () => {
    expect(await world.consult()).toMatchObject({
      set: [],
      warnings: [
        'warning: plugin op is not as it was when it was enabled; it was not run; this goes on without it',
      ],
    })
    expect(world.has('ran')).toBe(false)
  })

  it('stops the switch where it is required', async () => {
    world.settings(world.settingsText.replace('enabled = yes', '$&\nrequired = yes'))
    expect(await failure(world.consult())).toBe(
      'confirmation-needed: plugin op is not as it was when it was enabled; it was not run',
    )
    expect(world.has('ran')).toBe(false)
  })

  it('is agreed to anew, and that is kept', async () => {
    const before = world.settingsText
    const { set } = await world.consult('dev', { answers: ['yes', 'yes'] })
    expect(set).toEqual([['A', 'work']])
    expect(world.screen).toMatch(/^plugin op is not as it was when it was enabled\n.*kind/)
    expect(world.settingsText).not.toBe(before)
    expect(world.settingsText.replace(/hash.*/, '')).toBe(before.replace(/hash.*/, ''))
    expect((await world.consult()).set).toEqual([['A', 'work']])
  })

  it('is not run where the user says no', async () => {
    expect(await failure(world.consult('dev', { answers: ['no'] }))).toContain('cancelled')
    expect(world.has('ran')).toBe(false)
  })

  it('is not asked about by a dry run', async () => {
    const { warnings } = await world.consult('dev', { isDryRun: true, answers: ['yes', 'yes'] })
    expect([world.screen, warnings]).toEqual(['', [expect.stringContaining('it was not run')]])
  })

  it('shows as changed in the list, which runs nothing', async () => {
    expect(JSON.parse((await world.assume('list', '--json')).stdout)).toContainEqual(
      expect.objectContaining({ name: 'op', form: 'module', state: 'changed', credentials: true }),
    )
    expect(world.has('ran')).toBe(false)
  })
})

describe('a package', () => {
  const folder = '.config/assume/plugins/node_modules/assume-plugin-team'
  beforeEach(() => {
    world.home.write(
      `${folder}/package.json`,
      '{"type":"module","exports":{".":{"import":"./lib/index.js"}}}',
    )
    world.home.write(
      `${folder}/lib/index.js`,
      `import { definePlugin } from 'assume-cli/plugin'\nimport { team } from './team.js'\nexport default definePlugin({ name: 'team', apiVersion: 1, env: () => ({ set: { TEAM: team } }) })\n`,
    )
    world.home.write(`${folder}/lib/team.js`, `export const team = 'red'\n`)
    world.settings('[plugin team]\npackage = assume-plugin-team\n')
  })

  it('is found where npm puts it when the settings name it, and counts with all its files', async () => {
    expect((await world.assume('list')).stdout).toMatch(/team +package +disabled +~/)
    await world.enable('team')
    expect((await world.consult()).set).toEqual([['TEAM', 'red']])
    world.home.write(`${folder}/lib/team.js`, `export const team = 'blue'\n`)
    expect((await world.consult()).warnings).toEqual([expect.stringContaining('not as it was')])
    await world.enable('team')
    world.home.write(`${folder}/lib/new.js`, '')
    expect((await world.consult()).warnings).toEqual([expect.stringContaining('not as it was')])
  })

  it('of a folder is found by itself', async () => {
    world.settings('')
    symlinkSync(world.at(folder), join(world.folder, 'team'))
    world.home.write('.config/assume/plugins/other/package.json', '{"main":"main.ts"}')
    world.home.write(
      '.config/assume/plugins/other/main.ts',
      `export default { name: 'other', apiVersion: 1, env: () => ({ set: { O: '1' } }) }`,
    )
    await world.enable('other')
    expect((await world.consult()).set).toEqual([['O', '1']])
  })
})

describe('assume plugin list', () => {
  it('runs nothing, enabled or not', async () => {
    world.module('op', plan, mark)
    world.program('sh', 'touch "$HOME/ran"')
    expect((await world.assume('list')).stdout).toMatch(/op +module +disabled/)
    await world.enable('op')
    rmSync(world.at('ran'))
    expect((await world.assume('list')).stdout).toMatch(
      /op +module +enabled[\s\S]*protect +built-in +disabled[\s\S]*sh +executable +disabled/,
    )
    expect(world.has('ran')).toBe(false)
  })

  it('shows one that has gone', async () => {
    world.settings('[plugin gone]\nenabled = yes\n')
    expect(JSON.parse((await world.assume('list', '--json')).stdout)).toContainEqual(
      expect.objectContaining({ name: 'gone', form: 'unknown', state: 'missing' }),
    )
    expect(await failure(world.consult())).toBe(
      'unknown-plugin: plugin gone is enabled, but there is none of that name',
    )
  })

  it('needs no plugin folder', async () => {
    expect((await world.assume('list')).stdout).toMatch(
      /^PLUGIN +KIND +STATE +DOES\nkube +built-in +disabled +a kubeconfig/,
    )
  })

  it('is what assume plugin alone shows, with what each does', async () => {
    world.module('op', plan)
    await world.enable('op')
    const { status, stdout } = await world.assume()
    expect([status, stdout]).toEqual([0, (await world.assume('list')).stdout])
    expect(stdout).toMatch(/\nop +module +enabled +variables +~/)
    expect(stdout).toMatch(/\nprotect +built-in +disabled +asks before a switch/)
  })

  it('is told at once that a guard guards everything, until it is told what', async () => {
    const reach = 'protect guards every profile until "profiles =" is set below [plugin protect]'
    expect((await world.assume('enable', 'protect', '--yes')).stderr).toContain(reach)
    world.settings('[plugin protect]\nprofiles = prod-*\n')
    expect((await world.assume('enable', 'protect', '--yes')).stderr).not.toContain('guards every')
    expect((await world.assume('enable', 'vars', '--yes')).stderr).not.toContain('guards every')
  })
})

describe('assume plugin check', () => {
  it('runs what the path names, enabled or not, and says so', () => {
    const path = world.module('op', plan.replace('needs', 'guard: () => undefined, needs'), mark)
    const { status, stdout, stderr } = world.start('check', path)
    expect([status, stderr]).toEqual([0, `assume: running ${path}\n`])
    expect(stdout).toContain('ok   guard for sample-sso: nothing to say\n')
    expect(stdout).toContain('ok   env for sample prod/role.1: {"set":{"A":"work"}}\n')
    expect(stdout).toMatch(/good\n$/)
    expect(world.has('ran')).toBe(true)
  })

  it('says what is wrong', async () => {
    const path = world.module('bad', `env: ({ profile }) => ({ set: { [profile.name]: 'x' } })`)
    const { status, stdout } = await world.assume('check', path)
    expect(status).toBe(1)
    expect(stdout).toContain(
      'BAD  env for sample-sso: plugin bad, env: "sample-sso" is no name of a variable\n',
    )
    const json = await world.assume('check', path, '--json')
    expect(JSON.parse(json.stdout)).toMatchObject({ name: 'bad', good: false })
    expect((await world.assume('check', world.at('nothing.ts'))).stdout).toContain('it does not exist')
    expect((await world.assume('check', world.at('READ.ME'))).stderr).toContain('NAME.ts, NAME.js, a folder')
  })

  it('takes a program', async () => {
    const path = world.program('sh', `echo '{"set":{"A":"1"},"unset":["B"]}'`)
    expect((await world.assume('check', path)).stdout).toContain('{"set":{"A":"1"},"unset":["B"]}')
  })
})
