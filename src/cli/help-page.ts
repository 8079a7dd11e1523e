import type { Command } from './command.ts'

/** The help texts of a command by the columns that they are laid out for, with titles in bold. */
export type HelpPages = Readonly<Record<string, string>>

export interface HelpStyle {
  /** Of the terminal. */
  readonly columns: number
  readonly colour: boolean
}

/** The file with the pages of a command, in the folder with those of all. */
export function nameHelpFile({ name }: Command): string {
  return `${name || 'assume'}.json`
}

/** The widest page that fits, or the narrowest where none does. Throws where there are no pages. */
export function chooseHelpPage(pages: HelpPages, { columns, colour }: HelpStyle): string {
  const widths = Object.keys(pages).map(Number)
  const fitting = widths.filter((width) => width <= columns)
  const page = pages[fitting.length > 0 ? Math.max(...fitting) : Math.min(...widths)]
  if (page === undefined) throw new Error('there is no page of help')
  return colour ? page : page.replaceAll(/\u001b\[\d*m/g, '')
}
