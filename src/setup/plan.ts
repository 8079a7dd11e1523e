import type { FileEdit } from '../core/file-edit.ts'
import type { ShellName } from '../core/shell.ts'
import { findAliases, removeAliases } from './alias.ts'
import { blankBlock, hasBlock, placeBlock, removeBlock } from './block.ts'
import { describeCompinit } from './compinit.ts'
import { checkEditable } from './edit.ts'
import { formatGuardLine } from './guard-line.ts'
import { chooseLoginFile, readsBashrc } from './login-file.ts'
import { findTheme } from './theme.ts'

/** A shell to set up; its files as `store/rc-files.ts` finds them. */
export interface ShellTask {
  readonly shell: ShellName
  readonly own: readonly string[]
  readonly login: readonly string[]
  readonly others: readonly string[]
  readonly signs: readonly string[]
  /** What the block loads, quoted for the shell. */
  readonly quotedFile: string
}

/** The texts of all files of the tasks, by path; undefined for a file that does not exist. */
export type RcTexts = ReadonlyMap<string, string | undefined>

export interface SetupPlan {
  readonly edits: readonly FileEdit[]
  /** What a person should know about it, one line each. */
  readonly notes: readonly string[]
  /** Where an alias hides the function: `PATH line N`. */
  readonly aliases: readonly string[]
}

/** The edits that load assume in the shells. Throws AssumeError `broken-block` and `unwritable-file`. */
export function planSetup(
  tasks: readonly ShellTask[],
  texts: RcTexts,
  options: { readonly placesPrompt: boolean; readonly removesAliases: boolean },
): SetupPlan {
  const after = new Map(texts)
  const notes: string[] = []
  const aliases = new Set<string>()
  for (const task of tasks) {
    for (const path of pathsOf(task)) {
      const text = after.get(path)
      if (text === undefined) continue
      for (const line of findAliases(text, path)) aliases.add(`${path} line ${line}`)
      if (options.removesAliases) after.set(path, removeAliases(text, path))
    }
    const theme = options.placesPrompt ? findTheme(task.shell, themeTexts(task, texts)) : undefined
    if (theme) {
      const why = theme.showsProfile ? 'shows the profile already' : 'draws the prompt'
      notes.push(`${task.shell}: ${theme.name} ${why}; prompt left alone`)
    }
    if (task.shell === 'zsh') notes.push(describeCompinit(themeTexts(task, texts)))
    const placesPrompt = options.placesPrompt && !theme
    for (const path of blockFiles(task, texts)) {
      const isShared = path.endsWith('/.profile')
      const line = formatGuardLine(task.shell, task.quotedFile, { placesPrompt, isShared })
      after.set(path, placeBlock(after.get(path), line, path))
    }
  }
  return { edits: listEdits(texts, after), notes, aliases: [...aliases] }
}

/** The edits that take every block of ours out of the files of the shells. */
export function planRemoval(tasks: readonly ShellTask[], texts: RcTexts): SetupPlan {
  const after = new Map(texts)
  for (const path of tasks.flatMap(pathsOf)) {
    const text = texts.get(path)
    if (text !== undefined) after.set(path, removeBlock(text, path))
  }
  return { edits: listEdits(texts, after), notes: [], aliases: [] }
}

/** Whether one of the shell's files holds a block of ours. */
export function isSetUp(task: Pick<ShellTask, 'own' | 'login'>, texts: RcTexts): boolean {
  return [...task.own, ...task.login].some((path) => hasBlock(texts.get(path) ?? '', path))
}

/** Every file of the shell, each once. */
export function pathsOf({ own, login, others }: Pick<ShellTask, 'own' | 'login' | 'others'>): string[] {
  return [...new Set([...own, ...login, ...others])]
}

function blockFiles({ own, login }: ShellTask, texts: RcTexts): readonly string[] {
  const path = chooseLoginFile(login, (each) => texts.get(each) !== undefined)
  if (path === undefined) return own
  const text = texts.get(path) ?? ''
  return hasBlock(text, path) || !readsBashrc(text) ? [...own, path] : own
}

function themeTexts(task: ShellTask, texts: RcTexts): string[] {
  return [...pathsOf(task).map((path) => blankBlock(texts.get(path) ?? '', path)), task.signs.join('\n')]
}

function listEdits(before: RcTexts, after: RcTexts): FileEdit[] {
  const edits = [...after].map(([path, text]) => ({ path, before: before.get(path), after: text }))
  const changes = edits.filter((edit) => edit.before !== edit.after)
  for (const { path, before: text } of changes) checkEditable(path, text)
  return changes
}
