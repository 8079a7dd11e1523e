import type { ShellName } from '../emit/shell.ts'
import type { FileEdit } from '../system/files/file-edit.ts'
import { findAliases, findAliasesWithin, putAliasesAside, restoreAliases } from './alias.ts'
import { blankBlock, hasBlock, placeBlock, readBlockLine, removeBlock } from './block.ts'
import { describeCompinit } from './compinit.ts'
import { type DirenvLibrary, planLibrary } from './direnv.ts'
import { checkEditable } from './edit.ts'
import { findFunctionsAside, putFunctionsAside, restoreFunctions } from './function.ts'
import { formatLoadLine, watchesDirectories } from './load-line.ts'
import { chooseLoginFile, readsBashrc } from './login-file.ts'
import { adviseOnBuilder } from './prompt-builder.ts'
import { findTheme } from './theme.ts'

/** A shell to set up; its files as `setup/rc-files.ts` finds them. */
export interface ShellTask {
  readonly shell: ShellName
  readonly own: readonly string[]
  readonly login: readonly string[]
  readonly others: readonly string[]
  readonly signs: readonly string[]
  /** What is looked at for aliases and functions alone; absent: nothing. */
  readonly definitions?: readonly string[]
  /** What the block loads, quoted for the shell. */
  readonly quotedFile: string
  /** How many of the folders above a file do not exist, by path; absent is none. */
  readonly missingFolders?: ReadonlyMap<string, number>
}

/** The texts of all files of the tasks, by path; undefined for a file that does not exist. */
export type RcTexts = ReadonlyMap<string, string | undefined>

export interface SetupPlan {
  readonly edits: readonly FileEdit[]
  /** What a person should know about it, one each. */
  readonly notes: readonly string[]
  /** Where an alias hides the function: `PATH line N`. */
  readonly aliases: readonly string[]
  /** Where a function of that name can: those that are put aside where they are taken, as `PATH line N`. */
  readonly functions: readonly string[]
}

/** The edits that load assume in the shells. Throws AssumeError `broken-block` and `unwritable-file`. */
export function planSetup(
  tasks: readonly ShellTask[],
  texts: RcTexts,
  options: {
    readonly placesPrompt: boolean
    /** Whether shells take the profile of each directory; absent: those that do. */
    readonly watchesDirectories?: boolean | undefined
    readonly takesAliases: boolean
    /** Whether functions become comments; absent: they are named only. */
    readonly takesFunctions?: boolean
    /** Gets `use assume`; absent: direnv is not found, or not asked for. */
    readonly direnv?: DirenvLibrary | undefined
  },
): SetupPlan {
  const after = new Map(texts)
  const notes = new Set<string>()
  const aliases = new Set<string>()
  const functions = new Set<string>()
  for (const task of tasks) {
    for (const path of listDefining(task)) {
      const text = after.get(path)
      if (text === undefined) continue
      for (const line of findAliases(text, path)) aliases.add(`${path} line ${line}`)
      for (const line of findAliasesWithin(text, path)) notes.add(describeAlias(`${path} line ${line}`))
      for (const { first, last } of findFunctionsAside(text, path)) {
        const place = `${path} line ${first}`
        if (last !== undefined) functions.add(place)
        if (last === undefined || !options.takesFunctions) notes.add(describeFunction(place))
      }
      const bare = options.takesFunctions ? putFunctionsAside(text, path) : text
      after.set(path, options.takesAliases ? putAliasesAside(bare, path) : bare)
    }
    if (task.shell === 'zsh') notes.add(describeCompinit(readCodes(pathsOf(task), texts)))
    for (const path of blockFiles(task, texts)) {
      const prompt = options.placesPrompt ? lookAtPrompt(task, path, texts) : { isTheirs: true }
      if (prompt.note !== undefined) notes.add(prompt.note)
      const line = formatLoadLine(task.shell, task.quotedFile, {
        placesPrompt: !prompt.isTheirs,
        watchesDirectories: options.watchesDirectories ?? isWatching(texts.get(path), path),
      })
      after.set(path, placeBlock(after.get(path), line, path, task.missingFolders?.get(path)))
    }
  }
  const { direnv } = options
  if (direnv) after.set(direnv.path, planLibrary(direnv, after.get(direnv.path), true))
  return {
    edits: listEdits(texts, after),
    notes: [...notes],
    aliases: [...aliases],
    functions: [...functions],
  }
}

/** The edits that take every block of ours out of the files of the shells, and give them back their aliases and functions. */
export function planRemoval(
  tasks: readonly ShellTask[],
  texts: RcTexts,
  direnv?: DirenvLibrary | undefined,
): SetupPlan {
  const after = new Map(texts)
  if (direnv) after.set(direnv.path, planLibrary(direnv, texts.get(direnv.path), false))
  for (const path of tasks.flatMap(listDefining)) {
    const text = texts.get(path)
    if (text === undefined) continue
    const rest = removeBlock(text, path)
    after.set(path, rest === undefined ? undefined : restoreFunctions(restoreAliases(rest)))
  }
  return { edits: listEdits(texts, after), notes: [], aliases: [], functions: [] }
}

function isWatching(text: string | undefined, path: string): boolean {
  return watchesDirectories(readBlockLine(text ?? '', path) ?? '')
}

/** Whether one of the shell's files holds a block of ours. */
export function isSetUp(task: Pick<ShellTask, 'own' | 'login'>, texts: RcTexts): boolean {
  return [...task.own, ...task.login].some((path) => hasBlock(texts.get(path) ?? '', path))
}

/** Every file of the shell, each once. */
export function pathsOf({ own, login, others }: Pick<ShellTask, 'own' | 'login' | 'others'>): string[] {
  return [...new Set([...own, ...login, ...others])]
}

function listDefining(task: ShellTask): string[] {
  return [...new Set([...pathsOf(task), ...(task.definitions ?? [])])]
}

/** Read before our block it is undone by that; where it is read behind it, or when, setup cannot tell. */
function describeFunction(place: string): string {
  return `${place} defines a function assume: where it is read after ours, it is called in its place`
}

/** What is not all of its line is nothing that setup takes out. */
function describeAlias(place: string): string {
  return `${place} defines an alias assume among other things: where it is read after ours, it is called in its place`
}

function blockFiles({ own, login }: ShellTask, texts: RcTexts): readonly string[] {
  const path = chooseLoginFile(login, (each) => texts.get(each) !== undefined)
  if (path === undefined) return own
  return hasBlock(texts.get(path) ?? '', path) || !readsBashrc(path, texts) ? [...own, path] : own
}

/**
 * Whether a theme draws the prompt of the shells that read the block in `path`, and what is to be said of that or of
 * whatever else builds it. What `.bashrc` says is no matter to a login file that does not read it.
 */
function lookAtPrompt(
  task: ShellTask,
  path: string,
  texts: RcTexts,
): { isTheirs: boolean; note?: string | undefined } {
  const isApart = task.login.includes(path) && !readsBashrc(path, texts)
  const paths = pathsOf(task).filter((each) => !isApart || !task.own.includes(each))
  const codes = readCodes(paths, texts)
  const theme = findTheme(task.shell, [...codes, task.signs.join('\n')])
  if (!theme) return { isTheirs: false, note: adviseOnBuilder(task.shell, codes) }
  const why = theme.showsProfile ? 'shows the profile already' : 'draws the prompt'
  return { isTheirs: true, note: `${task.shell}: ${theme.name} ${why}; prompt left alone` }
}

/** What the files say beside the blocks of ours. */
function readCodes(paths: readonly string[], texts: RcTexts): string[] {
  return paths.map((path) => blankBlock(texts.get(path) ?? '', path))
}

function listEdits(before: RcTexts, after: RcTexts): FileEdit[] {
  const edits = [...after].map(([path, text]) => ({ path, before: before.get(path), after: text }))
  const changes = edits.filter((edit) => edit.before !== edit.after)
  for (const { path, before: text } of changes) checkEditable(path, text)
  return changes
}
