import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openWorld, type World } from '../sso/login/world.ts'
import { runCore } from '../support/core.ts'
import { createHome, type Home, repository } from '../support/home.ts'
import { writeProgram } from '../support/programs.ts'
import { baseEnvironment } from '../support/shell.ts'

const launcher = join(repository, 'bin/assume')

function start(): Home {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  return home
}

const exec = (...words: string[]) => runCore(start(), ['exec', ...words])

/** Runs a line of a shell in which `$exec` is `assume exec dev-profile`, to the byte: the input and output are Latin-1. */
function runLine(line: string, { shell = 'bash', env = {}, input = '' } = {}) {
  const home = start()
  const { status, stdout, stderr } = spawnSync(
    shell,
    ['-c', `exec="${launcher} exec dev-profile"; ${line}`],
    {
      cwd: home.path,
      env: { ...baseEnvironment(home), ...env },
      encoding: 'latin1',
      input: Buffer.from(input, 'latin1'),
      maxBuffer: 100_000_000,
    },
  )
  return { status, stdout, stderr }
}

describe('the environment of the command', () => {
  /** Every variable that a switch removes, as a parent with other AWS settings has them. */
  const foreign = Object.fromEntries(
    [
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
      'AWS_SECURITY_TOKEN',
      'AWS_CREDENTIAL_EXPIRATION',
      'AWS_SESSION_EXPIRATION',
      'AWS_ACCOUNT_ID',
      'AWS_CREDENTIAL_SCOPE',
      'AWS_WEB_IDENTITY_TOKEN_FILE',
      'AWS_ROLE_ARN',
      'AWS_ROLE_SESSION_NAME',
      'AWS_DEFAULT_PROFILE',
      'AWS_VAULT',
      'AWSU_PROFILE',
      'AWSUME_PROFILE',
      'AWS_SSO_PROFILE',
      'ASSUME_EXPIRES_AT',
      'ASSUME_STYLE',
    ].map((name) => [name, 'foreign']),
  )
  const own = { ASSUME_SHELL: 'bash', ASSUME_CONTRACT: '4' }

  it.each([
    ['bin/assume', launcher, []],
    ["npm's entry", process.execPath, [join(repository, 'bin/assume.cjs')]],
  ])('is that of a switch and nothing else is touched: %s', (_name, program, args) => {
    const home = start()
    const kept = {
      AWS_PAGER: '',
      AWS_CA_BUNDLE: '/x.pem',
      AWS_CONFIG_FILE: join(home.path, '.aws/config'),
      KEPT: " it's\n$HOME `x` \\ ",
      EMPTY: '',
      node: '1',
    }
    const earlier = { OLD: 'switched', AWS_PROFILE: 'other', ASSUME_VARS: 'OLD AWS_PROFILE PATH x[$(y)]' }
    const result = spawnSync(program, [...args, 'exec', 'dev-profile', 'env', '-0'], {
      cwd: home.path,
      env: { ...baseEnvironment(home), ...foreign, ...own, ...kept, ...earlier },
      encoding: 'utf8',
    })
    expect(result.stderr).toBe('')
    // dash tells a program where it is.
    const { PWD: _, OLDPWD: __, ...env } = parseEnvironment(result.stdout)
    expect(env).toEqual({
      ...baseEnvironment(home),
      ...kept,
      AWS_PROFILE: 'dev-profile',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      ASSUME_PROFILE: 'dev-profile',
      ASSUME_ACCOUNT_ID: '123456789011',
      ASSUME_ROLE_NAME: 'FullAccess',
      ASSUME_VARS:
        'AWS_PROFILE AWS_REGION AWS_DEFAULT_REGION ASSUME_PROFILE ASSUME_ACCOUNT_ID ASSUME_ROLE_NAME',
    })
  })

  it('keeps bytes that are no UTF-8, and what is long', () => {
    expect(runLine("V=$'caf\\xe9\\xff' $exec sh -c 'printf %s \"$V\"'").stdout).toBe('caf\u00e9\u00ff')
    const long = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`LONG${n}`, 'x'.repeat(100_000)]))
    expect(runLine("$exec sh -c 'echo ${#LONG0} ${#LONG9}'", { env: long }).stdout).toBe('100000 100000\n')
  })

  it('is that of the inner profile for exec in exec', () => {
    const inner = `$exec ${launcher} exec test-profile env`
    expect(runLine(inner).stdout).toMatch(/^AWS_PROFILE=test-profile$/m)
    expect(
      runLine(inner)
        .stdout.match(/^(AWS|ASSUME)_\w+=/gm)
        ?.sort(),
    ).toEqual(
      runLine(`${launcher} exec test-profile env`)
        .stdout.match(/^(AWS|ASSUME)_\w+=/gm)
        ?.sort(),
    )
  })

  it('names no secret on the command line', () => {
    const secret = 'PARENTSECRET'
    const line = "$exec sh -c 'cat /proc/*/cmdline'"
    expect(runLine(line, { env: { AWS_SECRET_ACCESS_KEY: secret } }).stdout).not.toContain(secret)
  })
})

describe('with --export', () => {
  /** Runs `assume exec` under strace, which writes down what every process is started with. */
  async function runTraced(world: World, words: readonly string[]) {
    const trace = join(world.home.path, 'trace')
    const strace = ['--seccomp-bpf', '-f', '-qq', '-s', '100000', '-e', 'trace=execve', '-o', trace]
    const child = spawn('strace', [...strace, launcher, 'exec', ...words], {
      cwd: world.home.path,
      env: { ...baseEnvironment(world.home), AWS_PROFILE: 'parent', AWS_VAULT: 'parent' },
    })
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
    return { env: parseEnvironment(stdout), stderr, trace: readFileSync(trace, 'utf8') }
  }

  it('the keys are in the environment of the command, and nowhere else', async () => {
    const world = await openWorld()
    await world.logIn()
    const { env, stderr, trace } = await runTraced(world, [
      '--export',
      '--verbose',
      'dev-profile',
      'env',
      '-0',
    ])
    const fetched = world.sandbox.secrets().map(({ value }) => value)
    expect(fetched).toContain(env['AWS_SECRET_ACCESS_KEY'])
    expect(fetched).toContain(env['AWS_SESSION_TOKEN'])
    expect(env).toMatchObject({
      AWS_REGION: 'eu-west-1',
      AWS_CREDENTIAL_EXPIRATION: expect.stringMatching(/^[\d-]{10}T[\d:]{8}Z$/),
      ASSUME_EXPIRES_AT: String(Date.parse(env['AWS_CREDENTIAL_EXPIRATION'] ?? '') / 1000),
      ASSUME_PROFILE: 'dev-profile',
      ASSUME_VARS: expect.stringMatching(/\bAWS_SECRET_ACCESS_KEY\b/),
    })
    expect(Object.keys(env)).not.toContain('AWS_PROFILE')
    expect(Object.keys(env)).not.toContain('AWS_VAULT')
    expect(trace).toContain('"exec", "--export"')
    world.expectNoSecret(trace)
    world.expectNoSecret(stderr)
  })

  it('a role needs no profile, and an inner exec starts from what was there before the outer', async () => {
    const world = await openWorld()
    await world.logIn()
    const account = ['--account', '123456789011', '--role-name', 'FullAccess']
    const { env } = await runTraced(world, [...account, 'env', '-0'])
    expect(env).toMatchObject({ ASSUME_PROFILE: 'FullAccess@123456789011', ASSUME_ROLE_NAME: 'FullAccess' })
    expect(env['AWS_SECRET_ACCESS_KEY']).toBeTruthy()
    const inner = await runTraced(world, ['-e', 'dev-profile', launcher, 'exec', 'test-profile', 'env', '-0'])
    expect(inner.env['AWS_PROFILE']).toBe('test-profile')
    const ofTheOuter = [
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
      'ASSUME_EXPIRES_AT',
    ]
    expect(Object.keys(inner.env).filter((name) => ofTheOuter.includes(name))).toEqual([])
    world.expectNoSecret(inner.trace)
  })
})

describe('the command', () => {
  it('gets its words as they are', () => {
    const home = start()
    const words = [
      '-r',
      '--help',
      'a b',
      '*',
      '',
      '--',
      '$HOME',
      'it\'s "x"',
      'a\\b',
      '\n',
      'caf\u00e9 \u65e5',
    ]
    const program = writeProgram(home, 'word-printer')
    for (const before of [['dev-profile'], ['-r', 'us-west-2', 'dev-profile'], ['dev-profile', '--']]) {
      const { stdout } = runCore(home, ['exec', ...before, program, ...words])
      expect(JSON.parse(stdout)).toEqual(words)
    }
    const { stdout } = runCore(home, [], {
      env: { ASSUME_ARGUMENTS: JSON.stringify(['exec', 'dev-profile', '--', program, ...words]) },
    })
    expect(JSON.parse(stdout)).toEqual(words)
  })

  it('gets words that are no UTF-8', () => {
    expect(runLine("$exec printf '%s|' $'caf\\xe9' $'\\xff\\xfe' x").stdout).toBe('caf\u00e9|\u00ff\u00fe|x|')
  })

  it('gets 10 MB on stdin and gives them on stdout, to the byte', () => {
    const input = Array.from({ length: 10_000_000 }, (_, n) =>
      String.fromCharCode((n * 7 + (n >> 8)) & 0xff),
    ).join('')
    const { status, stdout } = runLine('$exec cat', { input })
    expect(status).toBe(0)
    expect(stdout === input).toBe(true)
  })

  it('may leave its input unread and its output may be cut off', () => {
    expect(runLine('head -c 1000000 /dev/zero | $exec true').status).toBe(0)
    expect(runLine('$exec sh -c "exec <&-; sleep 0; echo ok"').stdout).toBe('ok\n')
    expect(runLine('$exec yes | head -1; echo ${PIPESTATUS[0]}').stdout).toBe('y\n141\n')
  })

  it('has the descriptors that it would have without assume, and no others', () => {
    const list = 'sh -c "cd /proc/self/fd && echo *"'
    for (const redirection of [
      '',
      '5</etc/passwd',
      '3</etc/passwd 4</etc/passwd 7>out',
      '10</etc/passwd 19</etc/passwd',
    ]) {
      const { stdout } = runLine(`${list} ${redirection}; $exec ${list} ${redirection}`)
      const [plain, own] = stdout.trimEnd().split('\n')
      expect(own).toBe(plain)
    }
    expect(runLine('$exec cat <(echo one) <(echo two)').stdout).toBe('one\ntwo\n')
  })

  it('ignores the signals that it would ignore without assume, and no others', () => {
    const list = "grep -E 'Sig(Blk|Ign)' /proc/self/status"
    for (const trap of ['', "trap '' HUP INT TERM PIPE;"]) {
      const { stdout } = runLine(`${trap} ${list}; $exec ${list}`)
      const lines = stdout.trimEnd().split('\n')
      expect(lines.slice(2)).toEqual(lines.slice(0, 2))
    }
  })

  it('is where the caller is, with its limits', () => {
    const show = "sh -c 'pwd -P; umask; ulimit -n'"
    const line = `mkdir 'a b'; cd 'a b'; umask 027; ulimit -n 100; ${show}; $exec ${show}`
    const lines = runLine(line).stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(6)
    expect(lines.slice(3)).toEqual(lines.slice(0, 3))
  })

  it.each([
    ['bash', ['--posix']],
    ['bash', []],
    ['zsh', ['--emulate', 'sh']],
    ['dash', []],
  ])('is the same where sh is %s %j', (shell, options) => {
    const home = start()
    const run = (...words: string[]) =>
      spawnSync(shell, [...options, launcher, 'exec', ...words], {
        env: { ...baseEnvironment(home), AWS_VAULT: 'x' },
        encoding: 'utf8',
      })
    const print = ['sh', '-c', 'echo "$AWS_PROFILE ${AWS_VAULT-absent} $# $1"; exit 7', 'sh']
    expect(run('-r', 'us-west-2', 'dev-profile', ...print, '', 'x')).toMatchObject({
      status: 7,
      stdout: 'dev-profile absent 2 \n',
      stderr: '',
    })
    expect(run('nope', 'true').status).toBe(125)
    expect(run('dev-profile', 'no-such-program-anywhere').status).toBe(127)
    expect(run('--help').status).toBe(0)
  })

  it.each([
    ['bash', ['--posix'], 'compgen -v'],
    ['bash', [], 'compgen -v'],
    ['zsh', ['--emulate', 'sh'], 'set | sed "s/=.*//"'],
    ['zsh', [], 'print -l ${(k)parameters}'],
    ['dash', [], 'set | sed "s/=.*//"'],
  ])('runs where ASSUME_VARS lists the variables that %s %j has of its own', (shell, options, list) => {
    const home = start()
    const own = spawnSync(shell, [...options, '-c', list], { env: baseEnvironment(home), encoding: 'utf8' })
    const names = own.stdout.split('\n').filter((name) => /^\w+$/.test(name))
    for (const name of ['OPTIND', 'IFS', 'PPID']) expect(names).toContain(name)
    const { status, stdout, stderr } = spawnSync(
      shell,
      [...options, launcher, 'exec', 'dev-profile', 'sh', '-c', 'echo "${OLD-gone} $HOME"'],
      {
        env: {
          ...baseEnvironment(home),
          OLD: 'x',
          ASSUME_VARS: [...names, '_assume_options', 'OLD'].join(' '),
        },
        encoding: 'utf8',
      },
    )
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `gone ${home.path}\n`, stderr: '' })
  })

  it.each(['>&-', '<&-', '2>&-', '<&- >&-', '>&- 2>&-', '<&- >&- 2>&-'])(
    'runs with %s as without assume',
    (closed) => {
      const list = `sh -c 'cd /proc/self/fd && echo * >"$HOME/out"; exit 7'`
      const show = 'echo "$? $(cat "$HOME/out")" >>"$HOME/all"'
      const line = `${list} ${closed}; ${show}; $exec ${list} ${closed}; ${show}; cat "$HOME/all"`
      const { stdout, stderr } = runLine(line)
      expect(stderr).toBe('')
      expect(stdout).toMatch(/^7 /)
      const [plain, own] = stdout.split('\n')
      expect(own).toBe(plain)
    },
  )

  it.each(['bash', 'dash', 'zsh'])('runs with its output closed where sh is %s', (shell) => {
    const sh = shell === 'zsh' ? 'zsh --emulate sh' : shell
    const { stdout } = runLine(`${sh} $exec sh -c 'exit 7' <&- >&- 2>&-; echo $?`)
    expect(stdout).toBe('7\n')
    expect(runLine(`${sh} ${launcher} exec nope true >&-; echo $?`)).toMatchObject({
      stdout: '125\n',
      stderr: expect.stringContaining('there is no profile nope'),
    })
  })

  it('is the process that was started, so that each signal reaches it once', async () => {
    const home = start()
    const child = startExec(launcher, ['exec', 'dev-profile', writeProgram(home, 'signal-counter')], home)
    const [ready] = await says(child, /ready (\d+)/)
    expect(ready).toBe(`ready ${child.pid}`)
    process.kill(-(child.pid as number), 'SIGTERM')
    await says(child, /SIGTERM 1/)
    child.kill('SIGHUP')
    await says(child, /SIGHUP 1/)
    child.kill('SIGQUIT')
    await says(child, /all {"SIGTERM":1,"SIGHUP":1,"SIGQUIT":1}/)
    expect(await once(child, 'close')).toEqual([42, null])
  })

  it.each([
    [['sh', '-c', 'exit 0'], 0],
    [['sh', '-c', 'exit 7'], 7],
    [['sh', '-c', 'exit 130'], 130],
    [['no-such-program-anywhere'], 127],
    [['/no/such/program'], 127],
    [['/'], 126],
    [['/etc/passwd'], 126],
  ])('%j ends with %i', (command, status) => {
    expect(exec('dev-profile', '--', ...command).status).toBe(status)
    expect(runNpmEntry(start(), ['exec', 'dev-profile', '--', ...command]).status).toBe(status)
  })

  it('is looked up as a shell looks it up', () => {
    const home = start()
    const write = (name: string, mode: number) => chmodSync(home.write(name, 'echo found "$0"\n'), mode)
    write('one/tool', 0o644)
    write('two/tool', 0o755)
    write('one/plain', 0o644)
    mkdirSync(join(home.path, 'one/folder'))
    symlinkSync('nowhere', join(home.path, 'two/broken'))
    const path = `${home.path}/one:${home.path}/two:${process.env['PATH']}`
    const run = (name: string) => runCore(home, ['exec', 'dev-profile', name], { env: { PATH: path } })
    expect(run('tool')).toMatchObject({ status: 0, stdout: `found ${home.path}/two/tool\n` })
    expect(run('plain')).toMatchObject({ status: 126, stderr: 'assume: plain: it cannot be executed\n' })
    expect(run('folder')).toMatchObject({ status: 127, stderr: 'assume: folder: command not found\n' })
    expect(run('broken')).toMatchObject({ status: 127 })
    expect(run('')).toMatchObject({ status: 127 })
    expect(run('./two/tool')).toMatchObject({ status: 0, stdout: 'found ./two/tool\n' })
  })

  it('dies of its signal, and so does what was started', () => {
    const home = start()
    const words = ['exec', 'dev-profile', 'sh', '-c', 'kill -TERM $$']
    expect(spawnSync(launcher, words, { env: baseEnvironment(home) }).signal).toBe('SIGTERM')
    expect(runNpmEntry(home, words).signal).toBe('SIGTERM')
  })
})

describe('without bin/assume, as on Windows', () => {
  it('HUP and TERM are passed on, what the terminal sends to all is not', async () => {
    const home = start()
    const entry = join(repository, 'bin/assume.cjs')
    const words = [entry, 'exec', 'dev-profile', writeProgram(home, 'signal-counter')]
    const child = startExec(process.execPath, words, home)
    await says(child, /ready (\d+)/)
    child.kill('SIGTERM')
    await says(child, /SIGTERM 1/)
    child.kill('SIGHUP')
    await says(child, /SIGHUP 1/)
    process.kill(-(child.pid as number), 'SIGINT')
    await says(child, /SIGINT 1/)
    process.kill(-(child.pid as number), 'SIGQUIT')
    await says(child, /all {"SIGTERM":1,"SIGHUP":1,"SIGINT":1,"SIGQUIT":1}/)
    expect(await once(child, 'close')).toEqual([42, null])
  })
})

describe('where sh traces and exports all', () => {
  const shellOptions = 'allexport:nounset:verbose:xtrace'

  async function runAsSh(world: World, words: readonly string[], options = shellOptions, argv0 = 'sh') {
    const child = spawn('bash', words, {
      argv0,
      cwd: world.home.path,
      env: { ...baseEnvironment(world.home), SHELLOPTS: options, _assume_code: 'foreign', _assume_root: '/' },
    })
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
    return { stdout, stderr }
  }

  it('by an exported SHELLOPTS: the launcher shows and exports nothing of its own, and the command gets the options', async () => {
    const world = await openWorld()
    await world.logIn()
    // bash that is called bash: as sh it adds posix, which the command must not get.
    const script = world.home.write('plain', 'exec "$@"\n')
    const plain = await runAsSh(world, [script, 'env', '-0'], shellOptions, 'bash')
    const words = ['exec', '--export', 'dev-profile', 'env', '-0']
    const { stdout, stderr } = await runAsSh(world, [launcher, ...words])
    const env = parseEnvironment(stdout)
    expect(env['AWS_SECRET_ACCESS_KEY']).toBeTruthy()
    expect(env['SHELLOPTS']).toBe(parseEnvironment(plain.stdout)['SHELLOPTS'])
    expect(env['SHELLOPTS']).toMatch(/allexport.*verbose.*xtrace/)
    const others = (each: object) =>
      Object.keys(each)
        .filter((name) => !/^(AWS|ASSUME|_assume)_/.test(name))
        .sort()
    expect(others(env)).toEqual(others(parseEnvironment(plain.stdout)))
    expect(Object.keys(env).filter((name) => name.startsWith('_assume'))).toEqual([])
    world.expectNoSecret(stderr)
    expect(stderr).not.toContain('123456789011')
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/^\++ exec env -0$/)
  })

  it('so does another program that it becomes', async () => {
    const world = await openWorld()
    const { stdout } = await runAsSh(world, [launcher, 'sandbox', '--', 'env', '-0'])
    expect(parseEnvironment(stdout)['SHELLOPTS']).toMatch(/allexport.*verbose.*xtrace/)
  })

  it.each([
    ['bash', ['--posix']],
    ['dash', []],
    ['zsh', ['--emulate', 'sh']],
  ])('started so by hand, %s %j shows and exports nothing either', (shell, options) => {
    const home = start()
    const words = [...options, '-axv', launcher, 'exec', 'dev-profile', 'env']
    const { stdout, stderr } = spawnSync(shell, words, { env: baseEnvironment(home), encoding: 'utf8' })
    expect(stdout).toMatch(/^AWS_PROFILE=dev-profile$/m)
    expect(stdout).not.toContain('_assume')
    expect(stderr).not.toMatch(/eu-west-1|123456789011/)
    expect(stderr).toMatch(/^\+.*env$/m)
  })
})

describe('a failure before the command', () => {
  it('has status 125 and says what to do', () => {
    expect(exec('dev-profil', 'true')).toMatchObject({
      status: 125,
      stderr: expect.stringMatching(/no profile dev-profil\b[\s\S]*dev-profile/),
    })
    expect(exec('--nope', 'x')).toMatchObject({
      status: 125,
      stderr: expect.stringContaining('assume exec --help'),
    })
    expect(exec()).toMatchObject({ status: 125, stderr: expect.stringContaining('which profile?') })
    expect(runCore(createHome(), ['exec', 'x', 'true']).status).toBe(125)
  })

  it('has status 125 where nothing is built, too', () => {
    const home = start()
    const bare = { ...baseEnvironment(home), PATH: '/nowhere' }
    mkdirSync(join(home.path, 'bin'))
    writeFileSync(join(home.path, 'bin/assume'), readFileSync(launcher), { mode: 0o755 })
    const run = (...words: string[]) => spawnSync(join(home.path, 'bin/assume'), words, { env: bare }).status
    expect([run('exec', 'x', 'true'), run('list')]).toEqual([125, 1])
  })

  it('has status 0 for the help', () => {
    expect(exec('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('assume exec') })
    expect(exec('--version').status).toBe(0)
  })
})

/** What `env -0` prints. */
function parseEnvironment(output: string): Record<string, string> {
  const entries = output.split('\0').filter((entry) => entry !== '')
  return Object.fromEntries(entries.map((entry) => entry.split(/=(.*)/s, 2) as [string, string]))
}

function runNpmEntry(home: Home, words: readonly string[]) {
  const args = [join(repository, 'bin/assume.cjs'), ...words]
  return spawnSync(process.execPath, args, { env: baseEnvironment(home), cwd: home.path })
}

/** Starts a program as the leader of a group, as a shell starts a job; it is killed when the test is over. */
function startExec(program: string, args: readonly string[], home: Home): ChildProcess {
  const child = spawn(program, args, {
    env: baseEnvironment(home),
    cwd: home.path,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => {
    if (child.exitCode === null) process.kill(-(child.pid as number), 'SIGKILL')
  })
  return child
}

const said = new WeakMap<ChildProcess, string>()

/** Waits until a program has said this. */
async function says(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  if (!said.has(child)) {
    said.set(child, '')
    child.stdout?.setEncoding('utf8').on('data', (text) => said.set(child, said.get(child) + text))
  }
  for (;;) {
    const match = pattern.exec(said.get(child) ?? '')
    if (match) return match
    await once(child.stdout as NodeJS.ReadableStream, 'data')
  }
}
