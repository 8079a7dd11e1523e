import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repository } from '../support/home.ts'

/** The titles of the sections of a shell, which fish has in several files. */
function sectionsOf(...paths: readonly string[]): (string | undefined)[] {
  return paths.flatMap((path) =>
    [...readFileSync(join(repository, 'shell', path), 'utf8').matchAll(/^# --- (.+?) -+$/gm)].map(
      ([, title]) => title,
    ),
  )
}

describe('the files of all shells have the same sections', () => {
  it.each([
    ['zsh', ['assume.plugin', 'index', 'switch'].map((name) => `zsh/${name}.zsh`)],
    [
      'PowerShell',
      ['Core.ps1', 'Index.ps1', 'Switch.ps1', 'Assume.psm1'].map((path) => `powershell/Assume/${path}`),
    ],
    [
      'fish',
      [
        'functions/assume.fish',
        'functions/__assume_find_row.fish',
        'functions/__assume_switch.fish',
        'functions/assume_prompt.fish',
        'conf.d/assume.fish',
      ].map((path) => `fish/${path}`),
    ],
  ])('with the function, in %s', (name, paths) => {
    const expected = sectionsOf(...['assume', 'index', 'switch', 'save'].map((name) => `bash/${name}.bash`))
    expect(expected.length).toBeGreaterThan(5)
    // Which file has which is up to the shell.
    expect(sectionsOf(...paths).sort()).toEqual(
      expected.filter((title) => name !== 'fish' || title !== 'completion').sort(),
    )
  })

  it.each([
    [
      'zsh',
      ['directories', 'directory-file', 'directory-layer', 'directory-others'].map(
        (name) => `zsh/${name}.zsh`,
      ),
    ],
    ['PowerShell', ['Directories.ps1', 'Layer.ps1'].map((path) => `powershell/Assume/${path}`)],
    [
      'fish',
      ['watch_directories', 'enter_directory', 'enter_layer', 'beside_direnv'].map(
        (name) => `fish/functions/__assume_${name}.fish`,
      ),
    ],
  ])('with the profiles of directories, in %s', (_, paths) => {
    const expected = sectionsOf(
      ...['directories', 'directory-file', 'directory-layer', 'directory-others'].map(
        (name) => `bash/${name}.bash`,
      ),
    )
    expect(expected.length).toBeGreaterThan(5)
    expect(sectionsOf(...paths).sort()).toEqual(expected.sort())
  })

  // bash and PowerShell give no list of words, so that their files begin with one.
  it.each([
    ['PowerShell', ['powershell/Assume/Completion.ps1'], 0],
    ['zsh', ['zsh/_assume', 'zsh/names.zsh'], 1],
    ['fish', ['fish/completions/assume.fish'], 1],
  ] as const)('with the completion, in %s', (_, paths, first) => {
    const [line, ...expected] = sectionsOf('bash/completion.bash', 'bash/names.bash')
    expect(expected.length).toBeGreaterThan(2)
    expect(sectionsOf(...paths).sort()).toEqual([...(first === 0 ? [line] : []), ...expected].sort())
  })
})
