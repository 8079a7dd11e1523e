import { existsSync, readdirSync, readFileSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createHome, type Home } from '../support/home.ts'
import { describeShells, runScript, type Shell } from '../support/shell.ts'
import { hostedShells as shells } from '../support/shells/index.ts'

/** What TAB offers at the end of `line`. */
function complete(shell: Shell, home: Home, line: string, env: Record<string, string> = {}): string[] {
  const result = runScript(shell, home, [shell.complete(line)], { env })
  expect(result.stderr).toBe('')
  return result.stdout
    .split('\n')
    .filter((candidate) => candidate !== '')
    .sort()
}

/** A home whose index is fresh and, so that one can tell where a name comes from, names one profile more. */
function startWithIndex(shell: Shell): Home {
  const home = createHome()
  home.useExample('sso-session')
  const list = runScript(shell, home, ['assume list'])
  expect(list.stdout).toContain('dev-profile')
  const index = readFileSync(`${home.path}/.cache/assume/index`, 'utf8')
  home.write('.cache/assume/index', index.replace(/^test-profile\t/m, 'only-in-index\tdescribed\n$&'))
  return home
}

/** What TAB offers at the end of each line, asked in one shell. */
function completeAll(shell: Shell, home: Home, lines: readonly string[]): string[][] {
  const script = lines.flatMap((line) => [shell.complete(line), 'echo ++'])
  const { stdout, stderr } = runScript(shell, home, script)
  expect(stderr).toBe('')
  const answers = stdout.split(/^\+\+\n/m).slice(0, -1)
  return answers.map((answer) => answer.split('\n').filter((candidate) => candidate !== ''))
}

describeShells('TAB', shells, (shell) => {
  it('offers profiles and subcommands for the first word', () => {
    const home = startWithIndex(shell)
    expect(complete(shell, home, 'assume ')).toEqual(
      expect.arrayContaining(['dev-profile', 'test-profile', 'only-in-index', 'list', 'env', 'settings']),
    )
    expect(complete(shell, home, 'assume te')).toEqual(['test-profile'])
    expect(complete(shell, home, 'assume env ')).toEqual(['dev-profile', 'only-in-index', 'test-profile'])
  })

  it('offers flags, and the values of flags', () => {
    const home = startWithIndex(shell)
    expect(complete(shell, home, 'assume --')).toEqual([
      '--account',
      '--browser',
      '--browser-profile',
      '--console',
      '--container',
      '--copy',
      '--device-code',
      '--dry-run',
      '--duration',
      '--export',
      '--federate',
      '--help',
      '--mfa-code',
      '--no-login',
      '--profile',
      '--refresh',
      '--region',
      '--role',
      '--role-name',
      '--service',
      '--session',
      '--unset',
      '--url',
      '--verbose',
      '--version',
      '--yes',
    ])
    expect(complete(shell, home, 'assume dev-profile --no')).toEqual(['--no-login'])
    expect(complete(shell, home, 'assume --region us-west-')).toEqual(['us-west-1', 'us-west-2'])
    expect(complete(shell, home, 'assume -r us-west-')).toEqual(['us-west-1', 'us-west-2'])
    expect(complete(shell, home, 'assume -p te')).toEqual(['test-profile'])
    expect(complete(shell, home, 'assume env dev-profile --shell ')).toEqual([
      'bash',
      'fish',
      'powershell',
      'zsh',
    ])
    expect(complete(shell, home, 'assume settings ')).toEqual(['get', 'list', 'set'])
    expect(complete(shell, home, 'assume settings set ')).toEqual([
      'assume_browser',
      'assume_browser_profile',
      'assume_color',
      'assume_container',
      'assume_icon',
      'assume_key_store',
      'assume_login',
      'assume_mode',
      'assume_region',
      'assume_renew',
      'assume_session_duration',
      'assume_session_token',
    ])
    expect(complete(shell, home, 'assume list --')).toEqual([
      '--help',
      '--json',
      '--names',
      '--verbose',
      '--version',
    ])
  })

  it('offers the plugins where there is no folder of them, or no package in it', () => {
    const home = createHome()
    const builtIn = ['kube', 'mfa-command', 'protect', 'terraform', 'vars']
    const ask = () => completeAll(shell, home, ['assume plugin enable ', 'assume plugin disable '])
    expect(ask().map((each) => each.sort())).toEqual([builtIn, builtIn])
    home.write('.config/assume/plugins/own.ts', '')
    const all = [...builtIn, 'own'].sort()
    expect(ask().map((each) => each.sort())).toEqual([all, all])
  })

  it('offers the values of settings, plugins, and sessions, which the profile by a flag leaves out', () => {
    const home = startWithIndex(shell)
    home.write('.aws/config', '[sso-session one]\n[profile dev-profile]\n[sso-session "two words"]\n')
    home.write('.config/assume/config', '[plugin old]\nenabled = no\n[plugin old dev-*]\n')
    const plugins = ['stage.ts', 'types.d.ts', 'Not.ts', 'assume-plugin-own', 'packed/package.json', 'README']
    for (const name of plugins) home.write(`.config/assume/plugins/${name}`, '')
    const lines = [
      ['assume settings set assume_mode ', 'auto export profile'],
      ['assume settings set assume_region o', 'off on'],
      ['assume settings get assume_mode ', ''],
      ['assume settings set assume_browser ch', 'chrome chromium'],
      ['assume settings set assume_browser_profile ', ''],
      ['assume settings set assume_container ', 'container granted off'],
      ['assume settings list ', ''],
      ['assume plugin enable ', 'kube mfa-command old own packed protect stage terraform vars'],
      ['assume plugin disable st', 'stage'],
      ['assume plugin list ', ''],
      ['assume doctor she', 'shell'],
      ['assume doctor shell plug', 'plugins'],
      ['assume login ', 'dev-profile,one,two words'],
      ['assume logout o', 'one'],
      ['assume sync o', 'one'],
      ['assume login --profile dev-profile ', ''],
      ['assume --session o', 'one'],
      ['assume configure --session o', 'one'],
      ['assume exec --profile dev-profile --reg', '--region'],
      ['assume exec --profile=dev-profile --reg', '--region'],
      ['assume sandbox --app', '--approve'],
      ['assume help plu', 'plugin'],
      ['assume console -s dyn', 'dynamodb'],
      ['assume -cs dyn', 'dynamodb'],
      ['assume console dev-profile dev', 'dev-profile'],
      ['assume console dev-profile -s s3 dev', 'dev-profile'],
      ['assume console -p dev-profile dev', 'dev-profile'],
      ['assume console --browser fire', 'firefox'],
      ['assume console --container o', 'off'],
      ['assume console --region us-gov-w', 'us-gov-west-1'],
      ['assume -er us-gov-w', 'us-gov-west-1'],
      ['assume exec -er us-gov-west-1 dev', 'dev-profile'],
      ['assume exec -rus-gov-west-1 dev', 'dev-profile'],
      ['assume -ep dev', 'dev-profile'],
    ].map(([line = '', offered = '']) => [line, offered.split(offered.includes(',') ? ',' : ' ')] as const)
    const ask = () =>
      completeAll(
        shell,
        home,
        lines.map(([line]) => line),
      ).map((each) => each.sort())
    const expected = lines.map(([, offered]) => offered.filter((word) => word !== '').sort())
    expect(ask()).toEqual(expected)

    // The folder that was just written to is not trusted; that the list is read shows by a name that is nowhere else.
    utimesSync(join(home.path, '.config/assume/plugins'), 1e9, 1e9)
    expect(runScript(shell, home, ['assume list']).status).toBe(0)
    const folder = readdirSync(join(home.path, '.cache/assume')).find((name) => name.startsWith('index-'))
    home.write(`.cache/assume/${folder}/session-names`, 'one\ntwo words\nof-index\n')
    expect(completeAll(shell, home, ['assume sync of', 'assume login tw', 'assume login dev'])).toEqual([
      ['of-index'],
      ['two words'],
      ['dev-profile'],
    ])
  })

  it('offers none of our flags behind the profile of exec, nor behind the command of sandbox', () => {
    const home = startWithIndex(shell)
    expect(complete(shell, home, 'assume exec --')).toContain('--region')
    expect(complete(shell, home, 'assume exec dev-profile --')).not.toContain('--region')
    expect(complete(shell, home, 'assume sandbox --')).toContain('--approve')
    expect(complete(shell, home, 'assume sandbox true --')).not.toContain('--approve')
  })

  it('offers the flags of serve on both sides of its profile, and no command before --', () => {
    const home = startWithIndex(shell)
    home.write('a-folder/a-file', '')
    const lines = [
      'assume serve te',
      'assume serve --po',
      'assume serve dev-profile --po',
      'assume serve dev-profile --port 0 --so',
      'assume serve -p dev-profile --po',
      'assume serve dev-profile catc',
    ]
    const answers = completeAll(shell, home, lines).map((each) => each.map((word) => word.trim()))
    expect(answers).toEqual([['test-profile'], ['--port'], ['--port'], ['--socket'], ['--port'], []])
    expect(complete(shell, home, 'assume serve dev-profile -- --po')).not.toContain('--port')
  })

  it('offers no flags behind --, but what can stand there', () => {
    const home = startWithIndex(shell)
    home.write('.aws/config', '[profile dev-profile]\n')
    expect(completeAll(shell, home, ['assume -- --re', 'assume env -- --sh', 'assume env -- dev'])).toEqual([
      [],
      [],
      ['dev-profile'],
    ])
  })

  it('reads the section headers when a source is newer, older, gone or new', () => {
    const home = startWithIndex(shell)
    expect(complete(shell, home, 'assume only')).toEqual(['only-in-index'])
    home.write(
      '.aws/config',
      '[default]\n[profile plain] # note\n[profile  "two words"]\n[sso-session plain]\n[profile bad!]\n',
    )
    expect(complete(shell, home, 'assume only')).toEqual([])
    expect(complete(shell, home, 'assume env ')).toEqual(['default', 'plain', 'two words'])
  })

  it('reads the section headers when the credentials file appears, the settings, or the plugin folder', () => {
    for (const name of ['.aws/credentials', '.config/assume/config', '.config/assume/plugins/x']) {
      const home = startWithIndex(shell)
      home.write(name, '[static]\n')
      expect(complete(shell, home, 'assume only')).toEqual([])
      expect(complete(shell, home, 'assume env sta')).toEqual(name === '.aws/credentials' ? ['static'] : [])
    }
  })

  it('does not take the index of another AWS_CONFIG_FILE', () => {
    const home = startWithIndex(shell)
    const other = home.write('other', '[profile elsewhere]\n')
    expect(complete(shell, home, 'assume env ', { AWS_CONFIG_FILE: other })).toEqual(['elsewhere'])
    expect(complete(shell, home, 'assume env ', { AWS_CONFIG_FILE: '~/other' })).toEqual(['elsewhere'])
  })

  it('is silent without any file', () => {
    const home = createHome()
    expect(complete(shell, home, 'assume env ')).toEqual([])
    expect(existsSync(join(home.path, '.cache/assume'))).toBe(false)
  })
})
