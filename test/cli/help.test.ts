import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatHelp } from '../../src/cli/help.ts'
import { chooseHelpPage, type HelpPages, nameHelpFile } from '../../src/cli/help-page.ts'
import { subcommands, switchCommand } from '../../src/cli/table.ts'
import { repository } from '../support/home.ts'

const folder = join(repository, 'dist/help')
const commands = [switchCommand, ...subcommands].map(
  (command) => [command.name || 'assume', command] as const,
)
const bold = (text: string) => text.match(/(?<=\u001b\[1m)[^\u001b]*/g)

function readPages(name: string): HelpPages {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'))
}

describe('help', () => {
  it.each(commands)('of %s is made by the build as yargs lays it out', async (_name, command) => {
    const pages = Object.entries(readPages(nameHelpFile(command)))
    expect(pages.map(([width]) => width)).toEqual(['40', '50', '60', '70', '80', '90', '100'])
    for (const [width, page] of pages) expect(page).toBe(await formatHelp(command, Number(width)))
  })

  it('is made for nothing else', () => {
    expect(readdirSync(folder).sort()).toEqual(commands.map(([, command]) => nameHelpFile(command)).sort())
  })

  it.each(commands)(
    'of %s fits the columns, and shows every flag, and every example whole',
    (_name, command) => {
      const pages = readPages(nameHelpFile(command))
      const help = chooseHelpPage(pages, { columns: 80, colour: false })
      expect(help.split('\n').filter((line) => line.length > 80)).toEqual([])
      expect(help.replace(/\s+/g, ' ')).toContain(command.describe)
      for (const { name } of command.flags) expect(help).toContain(` --${name}`)
      for (const [line] of command.examples) expect(help).toContain(`  ${line}`)
      const narrow = chooseHelpPage(pages, { columns: 50, colour: false })
      const [, examples = ''] = narrow.split('\nExamples:\n')
      const lines = new Set(command.examples.map(([line]) => `  ${line}`))
      expect(examples.split('\n').filter((line) => line.length > 50 && !lines.has(line))).toEqual([])
      expect(help).not.toContain('\u001b')
    },
  )

  it('groups the commands, and shows titles in bold where there are colours', () => {
    const help = chooseHelpPage(readPages(nameHelpFile(switchCommand)), { columns: 80, colour: true })
    expect(bold(help)).toEqual([
      'Switch:',
      'Log in:',
      'Look:',
      'Run:',
      'Configure:',
      'Extend:',
      'Options:',
      'Examples:',
    ])
    for (const { name, describe } of subcommands)
      expect(help.replace(/\s+/g, ' ')).toContain(`assume ${name} ${describe}`)
  })

  it('is that of the next narrower width, and of the narrowest where none is', () => {
    const pages = readPages(nameHelpFile(switchCommand))
    const widths = Object.keys(pages).map(Number)
    fc.assert(
      fc.property(fc.nat(300), (columns) => {
        const expected = Math.max(40, ...widths.filter((width) => width <= columns))
        expect(chooseHelpPage(pages, { columns, colour: true })).toBe(pages[expected])
      }),
    )
  })
})
