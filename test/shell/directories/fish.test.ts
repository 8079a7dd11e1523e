import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createHome, type Home } from '../../support/home.ts'
import { makeIndex } from '../../support/profile-index.ts'
import { countProcesses, type ShellSession, startSession, traced } from '../../support/session.ts'
import {
  awsOf,
  baseEnvironment,
  describeShells,
  dumpTo,
  isInstalled,
  readDump,
  runScript,
  type Shell,
} from '../../support/shell.ts'
import { fish } from '../../support/shells/fish.ts'

const watch = '__assume_watch_directories'

/** fish with directories turned on, as setup does it. */
const following: Shell = {
  ...fish,
  load: `${fish.load}; ${watch}`,
  prepareSession(home, promptEnd) {
    const prepared = fish.prepareSession(home, promptEnd)
    home.write('.config/fish/conf.d/assume.fish', `${fish.load}; __assume_place_prompt; ${watch}\n`)
    return prepared
  },
}

/** Records what the core would: of each folder its profile, perhaps a region, and the text that was allowed; or nothing, to deny. */
function record(home: Home, entries: Readonly<Record<string, readonly string[]>>): void {
  const lines = new Map<string, string>()
  for (const [folder, [name, region = '', text = `${name}\n`]] of Object.entries(entries)) {
    const path = join(home.path, folder)
    const part = /^[ -~]+$/.test(path) ? String(path.length) : 'other'
    const fields =
      name === undefined ? ['deny', path] : ['allow', path, name, region, text.replaceAll('\n', '\u001e')]
    lines.set(part, `${lines.get(part) ?? 'assume-directories 1\n'}${fields.join('\u001f')}\n`)
  }
  for (const [part, text] of lines) home.write(`.local/state/assume/directories/${part}`, text)
}

async function start(): Promise<Home> {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  await makeIndex(home)
  mkdirSync(join(home.path, 'dev/sub'), { recursive: true })
  home.write('dev/.aws-profile', 'dev-profile\n')
  home.write('test/.awsprofile', 'test-profile\nus-east-1\n')
  home.write('none/.aws-profile', '# nothing here\nnone')
  record(home, {
    dev: ['dev-profile'],
    test: ['test-profile', 'us-east-1', 'test-profile\nus-east-1\n'],
    none: ['none', '', '# nothing here\nnone'],
  })
  return home
}

/** Runs lines in an interactive fish without a terminal, and returns what they say. */
function run(home: Home, lines: readonly string[], env: Record<string, string> = {}) {
  const result = runScript(following, home, lines, {
    env: { NO_COLOR: '1', ...env },
    arguments: ['--no-config', '-i'],
  })
  expect(result).toMatchObject({ status: 0 })
  return result
}

/** Says which profile is in force, by which region, and whose choice it was. */
const show = 'echo "[$AWS_PROFILE] $ASSUME_PROFILE $AWS_REGION" (assume_prompt)'
const [none, dev] = ['[]  ', '[dev-profile] dev-profile eu-west-1 (dev-profile ./) ']

describeShells('the profile of a directory', [fish], () => {
  const open = (home: Home, env: Record<string, string> = {}): Promise<ShellSession> =>
    startSession(following, home, { env, cols: 150, rows: 50 })

  it('is entered, followed and left where somebody types', async () => {
    const session = await open(await start())
    await session.run('cd dev', '(dev-profile ./) ')
    await session.run('cd sub', '(dev-profile ./) ')
    await session.run('cd ~/none', '')
    await session.run('pushd ../test', '(test-profile ./) ')
    await session.run('popd', '')
    await session.run('cd', '')
    await session.run('cd test', '(test-profile ./) ')
    await session.run('assume dev-profile', '(dev-profile) ')
    await session.run('assume --unset', '')
    await session.run('cd ~', '')
    await session.run('cd dev', '(dev-profile ./) ')
    await session.run('cd ..', '')
    expect(
      session.terminal
        .text()
        .split('\n')
        .filter((row) => !row.includes('READY>')),
    ).toEqual([
      'dev-profile \u00b7 123456789011 FullAccess \u00b7 eu-west-1 (~/dev/.aws-profile)',
      'no profile (~/none/.aws-profile)',
      'test-profile, region us-east-1 (~/test/.awsprofile)',
      'no profile (~/none/.aws-profile)',
      'test-profile, region us-east-1 (~/test/.awsprofile)',
      'dev-profile \u00b7 123456789011 FullAccess \u00b7 eu-west-1',
      'dev-profile \u00b7 123456789011 FullAccess \u00b7 eu-west-1 (~/dev/.aws-profile)',
      'no profile (left ~/dev)',
    ])
  })

  it('is that of where a command substitution has led, at the next prompt', async () => {
    const session = await open(await start())
    await session.run('echo at (cd dev; echo $AWS_PROFILE) here', '(dev-profile ./) ')
    await session.run('echo (cd sub)', '(dev-profile ./) ')
    await session.run('echo (cd ~)', '')
    expect(session.terminal.text()).toContain('\nat  here\n')
  })

  it('gives back what was there to the byte: lists, path variables, flags, keys', async () => {
    const home = await start()
    const names =
      'AWS_PROFILE AWS_VAULT AWS_REGION AWS_ROLE_ARN AWS_SESSION_TOKEN AWS_ACCESS_KEY_ID ASSUME_VARS'
    const look = (name: string) =>
      `begin; set -S ${names}; for each in key now back renew_at saved; eval echo \\$__assume_$each; end; set -n | string match '__assume_was_*'; end >${name}`
    const exported =
      '__assume_apply m --profile=x --export -- __assume_renew_at=99999999999 AWS_ACCESS_KEY_ID=AKIA ASSUME_PROFILE=x ASSUME_VARS=ASSUME_PROFILE AWS_PROFILE'
    run(home, [
      "set -gx AWS_VAULT 'a b' '' (printf 'c\\n\\n' | string collect -N) \\xff\\xfe '-x'",
      "set -gx --path AWS_REGION one 'two three' ''; set -gx AWS_ROLE_ARN; set -gu AWS_SESSION_TOKEN 'x\ny'",
      look('1'),
      'cd dev; cd ../test; cd ../none; cd ..',
      look('2'),
      'assume test-profile; assume dev-profile',
      look('3'),
      'cd test; cd ../none; cd ..',
      look('4'),
      exported,
      look('5'),
      'cd none; cd ../dev; cd sub; cd ~',
      look('6'),
      'cd dev; assume --unset; cd ..',
      dumpTo(fish, home, 'after'),
    ])
    const shown = (name: string) => readFileSync(join(home.path, name), 'latin1')
    expect(shown('2')).toBe(shown('1'))
    expect(shown('4')).toBe(shown('3'))
    expect(shown('6')).toBe(shown('5'))
    expect(shown('5')).toContain('|AKIA|')
    expect(awsOf(readDump(home, 'after'))).toMatchObject({ AWS_REGION: 'one:two three:' })
  })

  it('is not hidden by what the caller exports for itself', async () => {
    const lines = [
      'function go; set -lx AWS_PROFILE own; cd $argv; echo $AWS_PROFILE; end',
      'go dev',
      show,
      'go ..',
      show,
      'AWS_PROFILE=own AWS_REGION=own cd dev',
      show,
      'AWS_PROFILE=own cd ..',
      show,
    ]
    expect(run(await start(), lines)).toMatchObject({
      stdout: `${['own', dev, 'own', none, dev, none].join('\n')}\n`,
      stderr: '',
    })
  })

  it('is not entered where an exported universal variable would have to go, which is said once', async () => {
    const home = await start()
    const lines = [
      'set -Ux AWS_SESSION_TOKEN all',
      'cd dev',
      show,
      'cd sub; cd ..',
      'set -eU AWS_SESSION_TOKEN',
      'cd ..; cd dev',
      show,
    ]
    const result = runScript(following, home, lines, { arguments: ['-i'], env: { NO_COLOR: '1' } })
    expect(result).toMatchObject({ status: 0, stdout: `${[none, dev].join('\n')}\n` })
    expect(result.stderr.match(/AWS_SESSION_TOKEN is an exported universal/g)).toHaveLength(1)
  })

  it.each([
    ['an empty IFS', "set -g IFS ''"],
    ['another IFS', 'set -g IFS :s/'],
    [
      'functions in place of what fish lets one replace',
      'for each in printf contains count echo path functions math true complete set_color; eval function $each\\; builtin echo garbage\\; end; end',
    ],
  ])('works with %s', async (_title, hostile) => {
    const home = await start()
    home.write('wild/.aws-profile', '# one\n dev-profile \n')
    home.write(
      '.local/state/assume/directories/trees',
      `assume-directories 1\nallow\u001f${home.path}/wild\u001ft*,dev-*\n`,
    )
    const say = `builtin ${show.replace('(assume_prompt)', '$__assume_layer[1]')}`
    const lines = [hostile, 'builtin cd dev', say, 'builtin cd ../test', say, 'builtin cd ../none', say]
    const result = run(home, [...lines, 'builtin cd ../wild', say, 'builtin cd ..', say])
    const at = (name: string) => `${home.path}/${name}`
    expect(result).toMatchObject({
      stdout: [
        `[dev-profile] dev-profile eu-west-1 ${at('dev')}`,
        `[test-profile] test-profile us-east-1 ${at('test')}`,
        `[]   ${at('none')}`,
        `[dev-profile] dev-profile eu-west-1 ${at('wild')}`,
        none,
        '',
      ].join('\n'),
      stderr: '',
    })
  })

  it('shows no value in a trace, which goes on behind it', async () => {
    const lines = [
      'set -gx AWS_SECRET_ACCESS_KEY hidden',
      'set -g fish_trace 1',
      'cd dev; cd ../none; cd ..',
      'true after',
    ]
    const { stderr } = run(await start(), lines)
    expect(stderr).toContain('true after')
    expect(stderr).not.toMatch(/hidden|123456789011|eu-west-1/)
  })

  it('keeps the status, and never fails whoever changes the directory', async () => {
    const home = await start()
    mkdirSync(join(home.path, 'gone/below'), { recursive: true })
    const lines = [
      'cd dev; echo $status; cd nowhere 2>/dev/null; echo $status',
      'cd ~/gone/below; rm -r ~/gone; cd ..; echo $status; cd ~/dev; echo $status',
      show,
      'functions -e __assume_judge_file; function __assume_judge_file; false; end',
      'cd ..; cd dev; echo $status',
    ]
    expect(run(home, lines).stdout).toBe(`0\n1\n1\n0\n${dev}\n0\n`)
  })

  it('starts no process', async () => {
    const home = await start()
    const script = (name: string, lines: readonly string[]) =>
      home.write(name, `${[following.load, ...lines].join('\n')}\n`)
    const count = (path: string) => {
      const [program, args] = traced(`${path}.trace`, 'fish', ['--no-config', '-i', path])
      const env = { ...baseEnvironment(home), TERM: 'dumb' }
      expect(spawnSync(program, args, { env, cwd: home.path, encoding: 'utf8' })).toMatchObject({
        status: 0,
        stdout: '',
        stderr: '',
      })
      return countProcesses(`${path}.trace`)
    }
    const moves = ['dev', 'sub', '../../test', '../none', '..'].map((folder) => `builtin cd ${folder}`)
    const busy = [...moves, 'emit fish_prompt', ...moves, 'assume_prompt >/dev/null', 'builtin cd dev']
    expect(count(script('busy', busy))).toBe(count(script('idle', [])))
  })

  it('is told from what only looks like it: links, other owners of the name, hidden bytes, long ones', async () => {
    const home = await start()
    const refused = ['link', 'folder', 'nul', 'long', 'bytes', 'lines', 'bell']
    home.write('nul/.aws-profile', 'dev-profile\n\0more\n')
    home.write('long/.aws-profile', `dev-profile\n#${' '.repeat(2000)}`)
    home.write('bytes/.aws-profile', Buffer.from('dev-profile\n#\xff\n', 'latin1'))
    home.write('lines/.aws-profile', 'dev-profile\neu-west-1\nmore\n')
    home.write('bell/.aws-profile', 'dev\u0007\n')
    mkdirSync(join(home.path, 'link'))
    symlinkSync('../dev/.aws-profile', join(home.path, 'link/.aws-profile'))
    mkdirSync(join(home.path, 'folder/.aws-profile'), { recursive: true })
    truncateSync(home.write('huge/.aws-profile', ''), 1 << 20)
    mkdirSync(join(home.path, 'nowhere'))
    symlinkSync('absent', join(home.path, 'nowhere/.aws-profile'))
    home.write('nowhere/.awsprofile', 'dev-profile\n')
    mkdirSync(join(home.path, 'x\ny'))
    home.write('x\ny/.aws-profile', 'dev-profile\n')
    home.write('edited/.aws-profile', 'dev-profile\n\n')
    home.write('strange/.aws-profile', 'dev profile\n')
    home.write('new/.aws-profile', 'dev-profile\neu-west-1')
    home.write('denied/.aws-profile', 'dev-profile\n')
    const all = [...refused, 'huge', 'nowhere']
    record(home, {
      ...Object.fromEntries(all.map((name) => [name, ['dev-profile']])),
      x: ['dev-profile'],
      edited: ['dev-profile'],
      denied: [],
    })
    const lines = [...all, 'x\\ny', 'edited', 'strange', 'new', 'denied', 'new'].map((name) => `cd ~/${name}`)
    const { stdout, stderr } = run(home, [...lines.flatMap((line) => [line, show]), 'cd ~; cd new'])
    expect(stdout).toBe(`${none}\n`.repeat(lines.length))
    expect(stderr.trim().split('\n')).toEqual([
      ...all.map((name) => `assume: ~/${name}/.aws-profile is not taken: assume here`),
      'assume: ~/x?y/.aws-profile is not taken: assume here',
      'assume: ~/edited/.aws-profile has changed: assume here',
      'assume: ~/strange/.aws-profile: assume here',
      'assume: ~/new/.aws-profile wants dev-profile: assume here',
    ])
  })
})

describeShells('a shell that starts in the directory of a profile', [fish], () => {
  const inherited = (name: string) => ({
    AWS_PROFILE: name,
    AWS_REGION: 'eu-west-1',
    ASSUME_PROFILE: name,
    ASSUME_VARS: 'AWS_PROFILE AWS_REGION ASSUME_PROFILE',
  })
  const follow = (home: Home, env: Record<string, string>) => {
    const lines = [fish.load, `cd dev; ${watch}`, show, 'cd ..', show, 'cd dev', show]
    const script = home.write('start', `${lines.join('\n')}\n`)
    const result = spawnSync('fish', ['--no-config', '-i', script], {
      env: { ...baseEnvironment(home), NO_COLOR: '1', ...env },
      cwd: home.path,
      encoding: 'utf8',
    })
    expect(result).toMatchObject({ status: 0, stderr: '' })
    return result.stdout.split('\n').slice(0, -1)
  }

  it('takes what it has inherited for the choice of the directory, or of the user, or enters', async () => {
    const home = await start()
    expect(follow(home, {})).toEqual([dev, none, dev])
    expect(follow(home, inherited('dev-profile'))).toEqual([dev, none, dev])
    const test = '[test-profile] test-profile eu-west-1 (test-profile) '
    expect(follow(home, inherited('test-profile'))).toEqual([test, test, dev])
  })
})

describeShells('directories beside direnv', [fish], () => {
  it.skipIf(!isInstalled('direnv'))(
    'step aside where .envrc sets a profile, and clean up behind it',
    async () => {
      const home = await start()
      home.write('dev/sub/.envrc', 'export AWS_PROFILE=envrc\n')
      home.write(
        '.config/direnv/direnv.toml',
        `[whitelist]\nprefix = ["${home.path}"]\n[global]\nlog_format = ""\nhide_env_diff = true\n`,
      )
      const prepared: Shell = {
        ...following,
        prepareSession(where, promptEnd) {
          const answer = following.prepareSession(where, promptEnd)
          const file = '.config/fish/config.fish'
          where.write(file, `${readFileSync(join(where.path, file), 'utf8')}direnv hook fish | source\n`)
          return answer
        },
      }
      const session = await startSession(prepared, home, {
        cols: 150,
        rows: 50,
        env: { DIRENV_LOG_FORMAT: '' },
      })
      const value = (place: string) => `echo "<$AWS_PROFILE $ASSUME_PROFILE $AWS_REGION>" # ${place}`
      await session.run('cd dev', '(dev-profile ./) ')
      await session.run('cd sub', '(envrc, by hand) ')
      await session.run(value('inside'), '(envrc, by hand) ')
      await session.run('cd ..', '(dev-profile ./) ')
      await session.run(value('back'), '(dev-profile ./) ')
      await session.run('cd sub', '(envrc, by hand) ')
      await session.run('cd ~', '')
      await session.run(value('outside'), '')
      expect(session.terminal.text().match(/^<.*>$/gm)).toEqual([
        '<envrc  >',
        '<dev-profile dev-profile eu-west-1>',
        '<  >',
      ])
    },
  )
})
