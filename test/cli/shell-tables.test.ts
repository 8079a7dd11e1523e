import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { generateShellTables, updateDirectWords, wrappers } from '../../src/cli/shell-tables.ts'
import { commonFlags, subcommands, switchCommand } from '../../src/cli/table.ts'
import { repository } from '../support/home.ts'

const shellFolder = join(repository, 'shell')

describe('the generated tables', () => {
  it.each([...generateShellTables()])('%s is up to date (npm run generate)', (path, text) => {
    expect(readFileSync(join(shellFolder, path), 'utf8')).toBe(text)
    expect(text).toMatch(/^[\n -~]*$/)
  })

  const shells = ['bash', 'zsh', 'fish', 'powershell'].map((shell) => {
    const own = [...generateShellTables()].filter(([path]) => path.startsWith(`${shell}/`))
    return [shell, own.map(([, text]) => text).join('')] as const
  })

  it.each(shells)('%s lacks no command and no flag', (_, text) => {
    for (const { name, flags } of [switchCommand, ...subcommands]) {
      if (name !== '') expect(text).toContain(name)
      for (const flag of [...flags, ...commonFlags]) {
        expect(text).toMatch(new RegExp(`--${flag.name}\\b`))
        if (flag.short) expect(text).toMatch(new RegExp(`[ ']-${flag.short}\\b`))
      }
    }
  })

  it.each(wrappers)('the list of subcommands in %s is up to date', (path) => {
    const text = readFileSync(join(shellFolder, path), 'utf8')
    expect(text).toContain('# subcommands, generated')
    expect(updateDirectWords(path, text)).toBe(text)
    expect(updateDirectWords(path, text.replace('settings', 'others'))).toBe(text)
  })
})
