import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Home } from '../../support/home.ts'
import {
  awsOf,
  describeShells,
  dumpTo,
  isInstalled,
  readDump,
  runScript,
  type Shell,
  type ShellResult,
} from '../../support/shell.ts'
import { fish } from '../../support/shells/fish.ts'
import { describeEveryday } from './everyday.ts'
import { makeOddFiles } from './odd-files.ts'
import { describeDirectories } from './scenarios.ts'
import { describeSurroundings } from './surroundings.ts'
import { type Follower, makeFolders, startHome, startWalk, writeRecords } from './walk.ts'

const follower: Follower = {
  shell: fish,
  startFile: '.config/fish/conf.d/assume.fish',
  watch: '__assume_watch_directories',
  define: (name, command) => `function ${name}; ${command} $argv; end`,
}
const following: Shell = { ...fish, load: `${fish.load}; ${follower.watch}` }

async function start(): Promise<Home> {
  const home = await startHome({
    one: { text: 'one\n' },
    two: { text: 'two\nus-east-1\n', name: '.awsprofile' },
    none: { text: '# nothing here\nnone' },
  })
  makeFolders(home, 'one/sub')
  return home
}

/** Runs lines in an interactive fish without a terminal, and returns what they say. */
function run(
  home: Home,
  lines: readonly string[],
  words: readonly string[] = ['--no-config', '-i'],
): ShellResult {
  const result = runScript(following, home, lines, { env: { NO_COLOR: '1' }, arguments: words })
  expect(result).toMatchObject({ status: 0 })
  return result
}

/** Says which profile is in force, by which region, and whose choice it was. */
const show = 'echo "[$AWS_PROFILE] $ASSUME_PROFILE $AWS_REGION" (assume_prompt)'
const [none, one] = ['[]  ', '[one] one eu-west-1 (one ./) ']

describeDirectories(follower)

describeEveryday(follower)

describeSurroundings(follower, {
  playHook: (variable) =>
    [
      'function play_hook',
      '  if string match --quiet "$HOME/env/*" $PWD/',
      `    set --query ${variable}; and return`,
      '    set --global play_was $AWS_PROFILE',
      `    set --global --export AWS_PROFILE theirs; set --global --export ${variable} on`,
      `  else if set --query ${variable}`,
      `    set --erase --global AWS_PROFILE ${variable}`,
      '    set --query play_was[1]; and set --global --export AWS_PROFILE $play_was',
      '  end',
      'end',
    ].join('\n'),
  hook: (name, place) =>
    `function on_${name} --on-event fish_prompt${place === 'before' ? ' --on-variable PWD' : ''}; ${name}; end`,
  isLast: true,
  direnv: 'direnv hook fish | source',
  hostile: [
    ['set --global IFS :/', 'set --global fish_trace 0', 'umask 777'],
    ['function cd --wraps cd; builtin cd $argv; and builtin true; end', 'function math; echo garbage; end'],
  ],
  trace: 'set --global fish_trace 1',
  status: {
    fail: (code) => `sh -c 'exit ${code}'`,
    show: 'echo $status',
    code: 'echo $status',
    shown: ['7', '1', '3'],
  },
  variables: {
    typed: "set -gx AWS_VAULT 1 '2 3' ''; set -gx --path AWS_REGION a 'b c'",
    showTyped: 'set -S AWS_VAULT AWS_REGION',
    makeReadOnly: 'set -Ux AWS_SESSION_TOKEN all',
    saidOfReadOnly: 'assume: AWS_SESSION_TOKEN is an exported universal variable, so nothing was changed',
  },
})

describeShells('the profile of a directory', [fish], () => {
  it('is that of where a command substitution has led, at the next prompt', async () => {
    const walk = await startWalk(follower, await start())
    const entered = 'one \u00b7 111111111111 Admin \u00b7 eu-west-1 (~/one/.aws-profile)'
    await walk.step('echo at (cd one; echo $AWS_PROFILE) here', '(one ./) ', 'at  here', entered)
    await walk.step('echo (cd sub)', '(one ./) ', '')
    await walk.step('echo (cd ~)', '', '', 'no profile (left ~/one)')
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
      'cd one; cd ../two; cd ../none; cd ..',
      look('2'),
      'assume two; assume one',
      look('3'),
      'cd two; cd ../none; cd ..',
      look('4'),
      exported,
      look('5'),
      'cd none; cd ../one; cd sub; cd ~',
      look('6'),
      'cd one; assume --unset; cd ..',
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
      'go one',
      show,
      'go ..',
      show,
      'AWS_PROFILE=own AWS_REGION=own cd one',
      show,
      'AWS_PROFILE=own cd ..',
      show,
    ]
    expect(run(await start(), lines)).toMatchObject({
      stdout: `${['own', one, 'own', none, one, none].join('\n')}\n`,
      stderr: '',
    })
  })

  it('is not entered where an exported universal variable would have to go, which is said once', async () => {
    const lines = ['set -Ux AWS_SESSION_TOKEN all', 'cd one', show, 'cd sub; cd ..']
    const result = run(await start(), [...lines, 'set -eU AWS_SESSION_TOKEN', 'cd ..; cd one', show], ['-i'])
    expect(result).toMatchObject({ stdout: `${[none, one].join('\n')}\n` })
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
    home.write('wild/.aws-profile', '# one\n bare \n')
    writeRecords(home, {}, { wild: 't*,ba*' })
    const moves = ['one', '../two', '../none', '../wild', '..'].map(
      (folder) => `builtin cd ${folder}; builtin echo $AWS_PROFILE $AWS_REGION $__assume_layer[1]`,
    )
    const at = (name: string) => `${home.path}/${name}`
    expect(run(home, [hostile, ...moves])).toMatchObject({
      stdout: `one eu-west-1 ${at('one')}\ntwo us-east-1 ${at('two')}\n${at('none')}\nbare ${at('wild')}\n\n`,
      stderr: '',
    })
  })

  it('shows no value in a trace, which goes on behind it', async () => {
    const lines = [
      'set -gx AWS_SECRET_ACCESS_KEY hidden',
      'set -g fish_trace 1',
      'cd one; cd ../none; cd ..',
      'true after',
    ]
    const { stderr } = run(await start(), lines)
    expect(stderr).toContain('true after')
    expect(stderr).not.toMatch(/hidden|111111111111|eu-west-1/)
  })

  it('keeps the status, and never fails whoever changes the directory', async () => {
    const home = await start()
    mkdirSync(join(home.path, 'gone/below'), { recursive: true })
    const lines = [
      'cd one; echo $status; cd nowhere 2>/dev/null; echo $status',
      'cd ~/gone/below; rm -r ~/gone; cd ..; echo $status; cd ~/one; echo $status',
      show,
      'functions -e __assume_judge_file; function __assume_judge_file; false; end',
      'cd ..; cd one; echo $status',
    ]
    expect(run(home, lines).stdout).toBe(`0\n1\n1\n0\n${one}\n0\n`)
  })

  it('is told from what only looks like it: links, folders, hidden bytes, long ones', async () => {
    const { home, untaken, lines } = await makeOddFiles()
    const odd = Buffer.concat([Buffer.from(join(home.path, 'x')), Buffer.from([0xff])])
    mkdirSync(odd)
    writeFileSync(Buffer.concat([odd, Buffer.from('/.aws-profile')]), 'one\n')
    const others = ['edited', 'strange', 'new', 'denied', 'new', 'New', 'turned*']
    const moves = ['x\\xff', ...untaken, 'x\\ny', ...others].map((name) => `cd ~/${name}`)
    const { stdout, stderr } = run(home, [...moves.flatMap((line) => [line, show]), 'cd ~; cd new'])
    expect(stdout).toBe(`${none}\n`.repeat(moves.length))
    expect(stderr.trim().split('\n')).toEqual([
      'assume: ~/x?/.aws-profile is not taken: assume here',
      ...lines,
    ])
  })
})

describeShells('directories beside direnv', [fish], () => {
  it.skipIf(!isInstalled('direnv'))('step aside where .envrc sets a profile, and clean up', async () => {
    const home = await start()
    home.write('one/sub/.envrc', 'export AWS_PROFILE=envrc\n')
    home.write('.config/direnv/direnv.toml', `[whitelist]\nprefix = ["${home.path}"]\n`)
    const hook = { ...follower, startFile: '.config/fish/config.fish', watch: 'direnv hook fish | source' }
    const walk = await startWalk(hook, home, '', {
      env: { DIRENV_LOG_FORMAT: '' },
      before: [follower.watch],
    })
    const value = 'echo "<$AWS_PROFILE $ASSUME_PROFILE $AWS_REGION>"'
    const entered = 'one \u00b7 111111111111 Admin \u00b7 eu-west-1 (~/one/.aws-profile)'
    await walk.step('cd one', '(one ./) ', entered)
    await walk.step('cd sub', '(envrc, by hand) ')
    await walk.step(value, '(envrc, by hand) ', '<envrc  >')
    await walk.step('cd ..', '(one ./) ', entered)
    await walk.step(value, '(one ./) ', '<one one eu-west-1>')
    await walk.step('cd sub', '(envrc, by hand) ')
    await walk.step('cd ~', '')
    await walk.step(value, '', '<  >')
  })
})
