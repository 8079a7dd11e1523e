import { describe, expect, it } from 'vitest'
import { AssumeError } from '../../src/errors.ts'
import { planRemoval, planSetup, type ShellTask } from '../../src/setup/plan.ts'

const bash: ShellTask = {
  shell: 'bash',
  own: ['.bashrc'],
  login: [],
  others: [],
  signs: [],
  quotedFile: "'/a'",
}
const mac: ShellTask = { ...bash, login: ['/h/.bash_profile', '/h/.profile'] }
const options = { placesPrompt: true, takesAliases: true }
const afterOf = (task: ShellTask, texts: Record<string, string | undefined>, others = options) =>
  Object.fromEntries(
    planSetup([task], new Map(Object.entries(texts)), others).edits.map(({ path, after }) => [path, after]),
  )

function codeOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (error instanceof AssumeError) return error.code
  }
  return 'nothing'
}

describe('the lines', () => {
  it.each([
    ['bash', "if [ -n \"${BASH_VERSION-}\" ] && [ -r '/a' ]; then . '/a'; __assume_place_prompt; fi"],
    ['zsh', "if [ -r '/a' ]; then . '/a'; __assume_place_prompt; fi"],
    ['fish', "if test -r '/a'; source '/a'; __assume_place_prompt; end"],
    ['powershell', "if (Test-Path -LiteralPath '/a') { Import-Module '/a'; Enable-AssumePrompt }"],
  ] as const)('of %s', (shell, line) => {
    expect(afterOf({ ...bash, shell }, {})['.bashrc']).toContain(`\n${line}\n`)
    const without = line.replace(/; (__assume_place_prompt|Enable-AssumePrompt)/, '')
    expect(afterOf({ ...bash, shell }, {}, { ...options, placesPrompt: false })['.bashrc']).toContain(
      `\n${without}\n`,
    )
  })
})

describe('the profile of each directory', () => {
  const edit = (text: string | undefined, watches?: boolean, shell = bash.shell) =>
    planSetup([{ ...bash, shell }], new Map([['.bashrc', text]]), { ...options, watchesDirectories: watches })
      .edits[0]?.after

  it.each([
    ['bash', '; __assume_place_prompt; __assume_watch_directories; fi'],
    ['zsh', '; __assume_place_prompt; __assume_watch_directories; fi'],
    ['fish', '; __assume_place_prompt; __assume_watch_directories; end'],
    ['powershell', '; Enable-AssumePrompt; Enable-AssumeDirectories }'],
  ] as const)('is taken in %s from the line of the block on, until it is to be no more', (shell, end) => {
    const plain = edit(undefined, undefined, shell)
    const watching = edit(plain, true, shell)
    expect(watching).toContain(`${end}\n`)
    expect(edit(undefined, true, shell)).toBe(watching)
    expect(edit(watching, undefined, shell)).toBeUndefined()
    expect(edit(watching, false, shell)).toBe(plain)
  })
})

describe('direnv', () => {
  const direnv = { path: '/d/lib/assume.sh', quotedFile: "'/l'", missingFolders: 1 }

  it('gets a file of ours, or a block in one that is there, and uninstalling gives back what was', () => {
    for (const before of [undefined, 'own() { :; }\n']) {
      const { edits } = planSetup([], new Map([[direnv.path, before]]), { ...options, direnv })
      expect(edits).toEqual([
        { path: direnv.path, before, after: expect.stringContaining("; then . '/l'; fi\n") },
      ])
      const written = new Map([[direnv.path, edits[0]?.after]])
      expect(planSetup([], written, { ...options, direnv }).edits).toEqual([])
      expect(planRemoval([], written, direnv).edits).toEqual([
        { path: direnv.path, before: edits[0]?.after, after: before },
      ])
    }
    expect(planRemoval([], new Map([[direnv.path, undefined]]), direnv).edits).toEqual([])
  })
})

describe('a theme', () => {
  it('keeps the prompt as it is, and is named', () => {
    const plan = planSetup(
      [{ ...bash, others: ['more'] }],
      new Map([['more', 'starship init bash\n']]),
      options,
    )
    expect(plan.notes).toEqual(['bash: starship shows the profile already; prompt left alone'])
    expect(plan.edits[0]?.after).not.toContain('__assume_place_prompt')
  })

  it('is not read from our own block, whose path may hold such a word', () => {
    const task = { ...bash, quotedFile: "'/starship/a'" }
    const first = afterOf(task, {})['.bashrc']
    expect(afterOf(task, { '.bashrc': first })).toEqual({})
  })

  it('of .bashrc does not matter to a login file that does not read it, unlike one of its own', () => {
    const after = afterOf(mac, { '.bashrc': 'starship\n', '/h/.profile': 'a\n' })
    expect(after['.bashrc']).not.toContain('__assume_place_prompt')
    expect(after['/h/.profile']).toContain('__assume_place_prompt')
    expect(afterOf(mac, { '/h/.profile': 'starship\n' })['/h/.profile']).not.toContain(
      '__assume_place_prompt',
    )
  })

  it('does not matter with --no-prompt', () => {
    const plan = planSetup([bash], new Map([['.bashrc', 'starship\n']]), { ...options, placesPrompt: false })
    expect(plan.notes).toEqual([])
  })
})

describe('the login files of bash', () => {
  const both = ['.bashrc', '/h/.bash_profile']
  it.each<[string, Record<string, string>, string[]]>([
    ['the first that exists takes a block', { '/h/.profile': 'a\n' }, ['.bashrc', '/h/.profile']],
    ['none: the first is created', {}, both],
    [
      'not when another one that it reads does',
      {
        '/h/.bash_profile': 'if [ -r ~/.profile ]; then . ~/.profile; fi\n',
        '/h/.profile': '. ~/.bashrc\n',
      },
      ['.bashrc'],
    ],
    [
      'two that read each other',
      { '/h/.bash_profile': '. ~/.profile\n', '/h/.profile': '. ~/.bash_profile\n' },
      both,
    ],
  ])('%s', (_name, texts, paths) => expect(Object.keys(afterOf(mac, texts)).sort()).toEqual(paths))

  it.each([
    '[ -r ~/.bashrc ] && . ~/.bashrc',
    'source "$HOME/.bashrc"',
    'if [ -f ~/.bashrc ]; then . ~/.bashrc; fi',
    '[[ -r "${HOME}/.bashrc" ]] && source "${HOME}/.bashrc" # mine',
    'test -f "$HOME"/.bashrc && { . "$HOME"/.bashrc; }',
    'a; \\. /h/.bashrc',
    'cd; . ./.bashrc',
  ])('%s reads .bashrc', (line) => {
    expect(Object.keys(afterOf(mac, { '/h/.bash_profile': `${line}\n` }))).toEqual(['.bashrc'])
  })

  it.each([
    '# . ~/.bashrc',
    'a # . ~/.bashrc',
    "alias reload='. ~/.bashrc'",
    'reload() { . ~/.bashrc; }',
    'echo "type . ~/.bashrc"',
    '[ -f /etc/bashrc ] && . /etc/bashrc',
    '. /etc/bash.bashrc',
    '. ~/.bashrc_local',
    '. ~/dotfiles/.bashrc',
    'ls . ~/.bashrc.d',
  ])('%s does not', (line) => {
    expect(Object.keys(afterOf(mac, { '/h/.bash_profile': `${line}\n` })).sort()).toEqual(both)
  })
})

describe('what cannot be edited', () => {
  it.each([
    [
      'a signed profile',
      'a\r\n# SIG # Begin signature block\r\n# SIG # End signature block\r\n',
      'unwritable-file',
    ],
    ['UTF-16', '\udcff\udcfea\u0000', 'unwritable-file'],
    ['a broken block in a file that is only looked at', '# >>> assume >>>\n', 'broken-block'],
  ])('%s', (_name, text, code) => {
    const path = code === 'broken-block' ? 'more' : '.bashrc'
    const task = { ...bash, others: ['more'] }
    expect(codeOf(() => planSetup([task], new Map([[path, text]]), options))).toBe(code)
  })

  it('a signed profile is no matter when nothing would change', () => {
    const signature = '# SIG # Begin signature block\n'
    const done = afterOf(bash, {})['.bashrc'] + signature
    expect(afterOf(bash, { '.bashrc': done })).toEqual({})
  })
})

it('aliases are found in every file and stay when they should', () => {
  const texts = new Map([
    ['.bashrc', 'alias assume=". assume"\n'],
    ['more', 'a\nalias assume=". assume"\n'],
  ])
  const task = { ...bash, others: ['more'] }
  const plan = planSetup([task], texts, options)
  expect(plan.aliases).toEqual(['.bashrc line 1', 'more line 2'])
  expect(plan.edits.map(({ after }) => /^alias/m.test(after ?? ''))).toEqual([false, false])
  const kept = planSetup([task], texts, { ...options, takesAliases: false })
  expect(kept.edits.map(({ path }) => path)).toEqual(['.bashrc'])
  expect(kept.edits[0]?.after).toContain('alias assume')
})

it('removal gives the aliases back, in files without a block too, and after an edit', () => {
  const texts = new Map([
    ['.bashrc', 'alias assume=x'],
    ['more', 'a\n alias assume=y\n'],
  ])
  const task = { ...bash, others: ['more'] }
  const edited = planSetup([task], texts, options).edits.map(
    ({ path, after }) => [path, `new\n${after}`] as const,
  )
  const removal = planRemoval([task], new Map(edited))
  expect(removal.edits.map(({ after }) => after)).toEqual([
    'new\nalias assume=x',
    'new\na\n alias assume=y\n',
  ])
})

it('removal takes every block out, whichever file of the shell it is in', () => {
  const texts = new Map([['/h/.profile', 'a\n# >>> assume >>>\nb\n# <<< assume <<<\n']])
  expect(planRemoval([mac], texts).edits).toEqual([
    { path: '/h/.profile', before: texts.get('/h/.profile'), after: 'a\n' },
  ])
})
