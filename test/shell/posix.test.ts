import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHome, Home, repository } from '../support/home.ts'
import { makeIndex } from '../support/profile-index.ts'
import { awsOf, describeShells, dumpTo, readDump, runScript } from '../support/shell.ts'
import { bash } from '../support/shells/bash.ts'
import { zsh } from '../support/shells/zsh.ts'

const posixShells = [bash, zsh]

function start(): Home {
  const home = createHome()
  fill(home)
  return home
}

/** The same with an index: a switch without options needs no core then. */
async function startIndexed(): Promise<Home> {
  const home = start()
  await makeIndex(home)
  return home
}

function fill(home: Home): void {
  home.useExample('sso-session')
  home.logIn('devto-article')
}

describeShells('a variable', posixShells, (shell) => {
  it('that is read-only and a target: exit 1 with its name, nothing changed', () => {
    const home = start()
    const result = runScript(shell, home, [
      'export AWS_PROFILE=before; readonly AWS_REGION=fixed',
      'assume dev-profile',
      shell.expectStatus(1),
      dumpTo(shell, home, 'after'),
    ])
    expect(result).toMatchObject({ status: 0 })
    expect(result.stderr).toContain('AWS_REGION is read-only in this shell, so nothing was changed')
    expect(awsOf(readDump(home, 'after'))).toEqual({ AWS_PROFILE: 'before' })
  })

  it('that became read-only after the switch stops --unset before it changes anything', async () => {
    const home = await startIndexed()
    const result = runScript(shell, home, [
      'assume dev-profile; readonly AWS_REGION',
      'assume --unset',
      shell.expectStatus(1),
      dumpTo(shell, home, 'after'),
    ])
    expect(result).toMatchObject({ status: 0 })
    expect(awsOf(readDump(home, 'after'))).toMatchObject({ AWS_PROFILE: 'dev-profile' })
  })

  it('that only an inherited ASSUME_VARS names and that is read-only is passed over', async () => {
    const home = await startIndexed()
    const lines = [
      'readonly LOCKED',
      'assume dev-profile',
      shell.expectStatus(0),
      'assume --unset',
      shell.expectStatus(0),
    ]
    const result = runScript(shell, home, [...lines, dumpTo(shell, home, 'after')], {
      env: { ASSUME_VARS: 'LOCKED', LOCKED: 'stays' },
    })
    expect(result).toMatchObject({ status: 0 })
    expect(readDump(home, 'after').get('LOCKED')).toBe('stays')
  })

  it('keeps every byte from 1 to 255 through save and restore', () => {
    const home = start()
    const bytes = Array.from(
      { length: 255 },
      (_, index) => `\\x${(index + 1).toString(16).padStart(2, '0')}`,
    ).join('')
    const result = runScript(shell, home, [
      `export AWS_PROFILE=$'${bytes}' AWS_VAULT=$'ends with line feeds\\n\\n'`,
      `AWS_SECURITY_TOKEN=$'${bytes}'`,
      dumpTo(shell, home, 'before'),
      'assume dev-profile; assume test-profile; assume --unset',
      dumpTo(shell, home, 'after'),
      'export AWS_SECURITY_TOKEN',
      dumpTo(shell, home, 'exported'),
    ])
    expect(result).toMatchObject({ status: 0, stderr: '' })
    const after = readDump(home, 'after')
    expect(after).toEqual(readDump(home, 'before'))
    expect(after.get('AWS_PROFILE')).toHaveLength(255)
    expect(readDump(home, 'exported').get('AWS_SECURITY_TOKEN')).toBe(after.get('AWS_PROFILE'))
  })

  it('of a subshell changes in that subshell only', async () => {
    const home = await startIndexed()
    const inside = `( assume dev-profile; ${dumpTo(shell, home, 'inside')} )`
    const result = runScript(shell, home, [inside, dumpTo(shell, home, 'outside')])
    expect(result).toMatchObject({ status: 0 })
    expect(awsOf(readDump(home, 'inside'))).toMatchObject({ AWS_PROFILE: 'dev-profile' })
    expect(awsOf(readDump(home, 'outside'))).toEqual({})
  })

  it('stays unexported under set -a, and so does what assume keeps for itself', async () => {
    const home = await startIndexed()
    const result = runScript(shell, home, [
      'AWS_SECURITY_TOKEN=hidden; export AWS_REGION=mars-north-1',
      'set -a',
      'assume dev-profile',
      dumpTo(shell, home, 'at'),
      'assume --unset',
      dumpTo(shell, home, 'after'),
    ])
    expect(result).toMatchObject({ status: 0 })
    expect([...readDump(home, 'at').keys()].filter((name) => name.startsWith('__assume'))).toEqual([])
    expect(awsOf(readDump(home, 'after'))).toEqual({ AWS_REGION: 'mars-north-1' })
  })
})

describeShells('set -a', posixShells, (shell) => {
  it('exports nothing of ours: by loading, by a switch, by TAB', () => {
    const home = start()
    const result = runScript(
      shell,
      home,
      [
        'assume dev-profile; assume test-profile -r us-west-2',
        ...(shell === bash
          ? ['assume_completed() {', shell.complete('assume test-p'), '}', 'assume_completed']
          : []),
        dumpTo(shell, home, 'at'),
        'assume --unset',
        dumpTo(shell, home, 'after'),
        shell.show('AWS_SECURITY_TOKEN'),
        '[[ -o allexport ]] && echo on',
      ],
      { before: ['AWS_SECURITY_TOKEN=hidden', 'set -a'] },
    )
    expect(result).toMatchObject({ status: 0, stderr: '' })
    expect(result.stdout).toMatch(/plain:hidden\non\n$/)
    const ours = (name: string) => [...readDump(home, name).keys()].filter((each) => /_?assume_/.test(each))
    expect([ours('at'), ours('after')]).toEqual(
      [['BASH_FUNC_assume_completed%%'], ['BASH_FUNC_assume_completed%%']].map((names) =>
        shell === bash ? names : [],
      ),
    )
    expect(awsOf(readDump(home, 'after'))).toEqual({})
  })
})

describeShells('a switch whose stdout is closed', posixShells, (shell) => {
  it('goes by the core as ever', () => {
    const home = start()
    const result = runScript(shell, home, [
      'assume test-profile -r us-west-2 >&-',
      shell.expectStatus(0),
      dumpTo(shell, home, 'at'),
      'assume nope >&- 4</dev/null',
      shell.expectStatus(2),
    ])
    expect(result).toMatchObject({ status: 0, stdout: '' })
    expect(awsOf(readDump(home, 'at'))).toMatchObject({
      AWS_PROFILE: 'test-profile',
      AWS_REGION: 'us-west-2',
    })
  })
})

describeShells('the file', posixShells, (shell) => {
  it('is ASCII and says nothing when it is sourced under strict options', () => {
    const home = start()
    const strict =
      shell === bash
        ? 'set -euo pipefail; set -o posix'
        : 'setopt err_exit no_unset pipe_fail warn_create_global'
    const result = runScript(shell, home, ['true'], { before: [strict] })
    expect(result).toEqual({ status: 0, stdout: '', stderr: '' })
    const folder = join(import.meta.dirname, '../../shell', shell.name)
    for (const name of readdirSync(folder)) {
      expect(readFileSync(join(folder, name), 'latin1')).toMatch(/^[\n -~]*$/)
    }
  })
})

describeShells('signals that are ignored', posixShells, (shell) => {
  it('are ignored by the command of exec, too, and traps stay with the shell', async () => {
    const home = await startIndexed()
    const result = runScript(shell, home, [
      "trap '' HUP; trap 'echo USR1' USR1; trap 'echo EXIT' EXIT",
      `assume exec dev-profile -- sh -c 'kill -HUP $$; echo one'`,
      `assume exec -p dev-profile -- sh -c 'kill -HUP $$; echo two'`,
      `assume exec dev-profile -- sh -c 'kill -USR1 $$; echo never'`,
      shell.expectStatus(138),
      `assume exec dev-profile -- sh -c 'exit 5'`,
      shell.expectStatus(5),
      'kill -USR1 $$',
    ])
    expect(result).toMatchObject({ status: 0, stdout: 'one\ntwo\nUSR1\nEXIT\n' })
  })
})

describeShells('set -e', posixShells, (shell) => {
  it('ends the shell by a call that fails, but not where that is a condition', async () => {
    const home = await startIndexed()
    const calls = [
      'assume exec dev-profile -- false',
      'assume exec -p dev-profile -- false',
      'assume env nope',
      'assume nope',
      'assume - --',
      'assume -r us-west-2 test-profile',
    ]
    const forms = [
      (call: string) => `if ${call}; then echo done; else echo else; fi`,
      (call: string) => `${call} || echo else`,
      (call: string) => `{ ${call} && echo done; } || echo else`,
    ]
    // The first call needs no core: it is tried in each form, the others each in one.
    const [first = ''] = calls
    const conditions = [
      ...forms.map((write) => write(first)),
      ...calls.flatMap((call, at) =>
        forms.filter((_, form) => form === at % forms.length).map((write) => write(call)),
      ),
    ]
    // To the last one it is the switch that fails, not the core.
    const lines = ['set -e', 'readonly AWS_DEFAULT_REGION=fixed']
    const result = runScript(shell, home, [...lines, ...conditions, 'echo end'])
    expect(result).toMatchObject({ status: 0, stdout: `${'else\n'.repeat(conditions.length)}end\n` })
    for (const call of calls) {
      const { status, stdout } = runScript(shell, home, [...lines, call, 'echo end'])
      expect({ call, stdout }).toEqual({ call, stdout: '' })
      expect(status).not.toBe(0)
    }
  })
})

describeShells('a function of the user in front of assume', posixShells, (shell) => {
  it('runs once for a call of exec, whatever name it gives to ours', async () => {
    const home = await startIndexed()
    const copy =
      shell === bash
        ? 'eval "ours$(declare -f assume | sed 1s/assume//)"'
        : 'functions[ours]="$functions[assume]"'
    const run = (words: string) => [
      `assume ${words} sh -c 'echo "$AWS_PROFILE $*"' - a 'b c'`,
      shell.expectStatus(0),
    ]
    const result = runScript(shell, home, [
      copy,
      'assume() { echo in front; ours "$@"; }',
      ...run('exec dev-profile'),
      ...run('exec -p dev-profile'),
      'unset -f assume; assume() { ours exec test-profile "$@"; }',
      ...run('--'),
      'unset -f assume; ours exec dev-profile echo alone',
      shell.expectStatus(0),
    ])
    expect(result).toEqual({
      status: 0,
      stdout: 'in front\ndev-profile a b c\nin front\ndev-profile a b c\ntest-profile a b c\nalone\n',
      stderr: '',
    })
  })
})

describeShells('a function of the user that is called exec', posixShells, (shell) => {
  it('is not called in the place of the command', async () => {
    const home = await startIndexed()
    const result = runScript(shell, home, [
      'function exec { echo "in its place: $*"; }',
      "assume exec dev-profile -- sh -c 'echo $AWS_PROFILE'",
      shell.expectStatus(0),
      "assume exec -p dev-profile -- sh -c 'echo $AWS_PROFILE'",
      shell.expectStatus(0),
    ])
    expect(result).toEqual({ status: 0, stdout: 'dev-profile\ndev-profile\n', stderr: '' })
  })
})

describeShells('loading the file', posixShells, (shell) => {
  it('puts the function in the place of an alias', async () => {
    const home = await startIndexed()
    const aliases = shell === bash ? ['shopt -s expand_aliases'] : []
    const result = runScript(
      shell,
      home,
      ['assume dev-profile', 'alias assume || echo gone', dumpTo(shell, home, 'at')],
      { before: [...aliases, "alias assume='echo the alias'"] },
    )
    expect(result).toMatchObject({ status: 0, stdout: 'gone\n' })
    expect(awsOf(readDump(home, 'at'))).toMatchObject({ AWS_PROFILE: 'dev-profile' })
  })

  it('finds the core by a relative path, and wherever the shell goes then', () => {
    const home = start()
    const file = shell === bash ? 'assume.bash' : 'assume.plugin.zsh'
    const result = runScript(shell, home, [
      `cd ${shell.quote(repository)}; . shell/${shell.name}/${file}; cd ~`,
      'assume test-profile -r us-west-2',
      `cd ${shell.quote(join(repository, 'shell', shell.name))}; . ./${file}; cd /`,
      'assume dev-profile -r us-east-1',
      shell.expectStatus(0),
      'cd ~',
      shell.complete('assume exec dev-p'),
      dumpTo(shell, home, 'at'),
    ])
    expect(result).toMatchObject({ status: 0, stdout: 'dev-profile\n', stderr: '' })
    expect(awsOf(readDump(home, 'at'))).toMatchObject({
      AWS_PROFILE: 'dev-profile',
      AWS_REGION: 'us-east-1',
    })
  })
})

const hostileAliases = {
  bash: [
    'shopt -s expand_aliases',
    ...['assume', 'command', 'local', 'eval', 'builtin', 'export', 'unset', 'return', 'shift', 'printf'].map(
      (name) => `alias ${name}='echo garbage'`,
    ),
  ],
  zsh: [
    ...[
      'assume',
      'command',
      'local',
      'eval',
      'builtin',
      'export',
      'unset',
      'return',
      'shift',
      'print',
      'typeset',
    ].map((name) => `alias ${name}='echo garbage'`),
    "alias -g dev='echo global'",
  ],
}

const optionTables: Record<string, readonly string[]> = {
  bash: [
    ':',
    'set -eu -o pipefail',
    'set -euC -o posix',
    'set -x',
    'set -a',
    'set -f',
    'set -k',
    'set +h',
    'shopt -s extglob nullglob failglob nocasematch',
    'shopt -s compat32 2>/dev/null || :',
  ],
  zsh: [
    ':',
    'setopt ksh_arrays sh_word_split',
    'setopt no_unset err_exit',
    'setopt err_return',
    'setopt no_clobber',
    'setopt csh_junkie_quotes',
    'setopt rc_quotes glob_subst',
    'setopt xtrace',
    'setopt all_export',
    'setopt posix_builtins',
    'setopt warn_create_global',
    'setopt sh_glob ignore_braces',
    'setopt no_function_argzero',
    'setopt posix_argzero',
    'setopt no_multios',
    'emulate sh',
    'emulate ksh',
  ],
}

describeShells('hostile options', posixShells, (shell) => {
  const rows = (optionTables[shell.name] ?? []).flatMap((options) => [
    [options, 'a plain start', []] as const,
    [options, 'garbage aliases and IFS', [...hostileAliases[shell.name as 'bash' | 'zsh'], 'IFS=:']] as const,
  ])

  // The first switch and the one back need no core, and those with options and to no profile do.
  let home: Home
  beforeAll(async () => {
    home = new Home()
    fill(home)
    await makeIndex(home)
  })
  afterAll(() => home.dispose())

  it.each(rows)('%s, with %s', (options, _title, before) => {
    for (const name of ['switched', 'kept', 'back', 'after']) rmSync(join(home.path, name), { force: true })
    const dump = (name: string) => `\\env -0 > ${shell.quote(join(home.path, name))}`
    // A start of the core each, which to the shell are the same: once for all options, and both where there are none.
    const refused = options === ':' ? ['nope', '-'] : before.length > 0 ? ['nope'] : []
    const result = runScript(
      shell,
      home,
      [
        '\\assume dev-profile || \\echo failed',
        dump('switched'),
        ...refused.map((words) => `\\assume ${words} || { [ $? = 2 ] || \\echo wrong status; }`),
        dump('kept'),
        '\\assume test-profile -r us-west-2',
        '\\assume - || \\echo failed',
        dump('back'),
        '\\assume --unset || \\echo failed',
        dump('after'),
        '\\assume exec test-profile -- sh -c "exit 7" || { [ $? = 7 ] || \\echo wrong status; }',
        '\\assume exec -p test-profile sh -c "exit 8" || { [ $? = 8 ] || \\echo wrong status; }',
      ],
      { before: ['export AWS_REGION=mars-north-1', ...before, options] },
    )
    expect(result).toMatchObject({ status: 0, stdout: '' })
    expect(result.stderr).not.toMatch(/^\/.*(not found|read-only|disabled)/m)
    const switched = awsOf(readDump(home, 'switched'))
    expect(switched).toMatchObject({ AWS_PROFILE: 'dev-profile', AWS_REGION: 'eu-west-1' })
    expect(awsOf(readDump(home, 'kept'))).toEqual(switched)
    expect(awsOf(readDump(home, 'back'))).toEqual(switched)
    expect(awsOf(readDump(home, 'after'))).toEqual({ AWS_REGION: 'mars-north-1' })
    expect(result.stderr).not.toContain('123456789011')
    expect(result.stderr).not.toMatch(/AWS_REGION=eu-west-1|ASSUME_VARS=/)
  })

  it('a trace goes on behind the switch', async () => {
    const home = await startIndexed()
    const result = runScript(shell, home, ['set -x', 'assume dev-profile', ': after'])
    expect(result.stderr).toMatch(/: after/)
    expect(result.stderr).not.toContain('123456789011')
  })
})

describe('nocasematch in bash', () => {
  it('makes no one name of two, and stays as it is', () => {
    const home = createHome()
    const { stdout, stderr } = runScript(bash, home, [
      'shopt -s nocasematch; export TF_VAR_ENV=mine; assume --unset',
      '__assume_quietly __assume_apply one one -- TF_VAR_env=x',
      '__assume_quietly __assume_apply two two -- TF_VAR_ENV=y',
      'echo "${TF_VAR_env-absent} $TF_VAR_ENV"',
      'assume --unset',
      'echo "${TF_VAR_env-absent} $TF_VAR_ENV"',
      'shopt nocasematch',
    ])
    expect([stdout, stderr]).toEqual(['absent y\nabsent mine\nnocasematch    \ton\n', ''])
  })
})
