import { requireOneOf, usageError } from '../cli/mistake.ts'
import type { Arguments } from '../cli/parse.ts'
import type { Context, Files, Outcome, TerminalSession } from '../context.ts'
import { type ShellName, shellNames } from '../emit/shell.ts'
import { AssumeError } from '../errors.ts'
import { mergeWithCredentials } from '../profiles/profiles.ts'
import { isOnPath } from '../programs/programs.ts'
import { formatAdvice } from '../setup/advice.ts'
import { countCreatedFolders } from '../setup/block.ts'
import { locateDefinitionFiles } from '../setup/definition-files.ts'
import { type DirenvLibrary, direnvFile } from '../setup/direnv.ts'
import { closeToOthers } from '../setup/installation.ts'
import { formatLoad } from '../setup/load-line.ts'
import {
  isSetUp,
  pathsOf,
  planRemoval,
  planSetup,
  type RcTexts,
  type SetupPlan,
  type ShellTask,
} from '../setup/plan.ts'
import { isInstalled, locateRcFiles } from '../setup/rc-files.ts'
import { quoteInstalled, quoteShellFile } from '../setup/shell-file.ts'
import { editFile } from '../system/files/edit-file.ts'
import { type FileEdit, isSameChange, noSections } from '../system/files/file-edit.ts'
import { readText } from '../system/files/read-text.ts'
import { countMissingFolders, removeEmptyFolders } from '../system/files/remove-file.ts'
import { replaceText } from '../system/files/replace-text.ts'
import { locatePaths, shortenPath } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import { confirm } from '../ui/confirm.ts'
import { formatDiff } from '../ui/diff.ts'
import { canAsk, chooseLook, holdTerminal, refuseToAsk } from '../ui/terminal.ts'

interface Options {
  readonly shells: readonly ShellName[] | undefined
  readonly uninstalls: boolean
  readonly placesPrompt: boolean
  /** Whether shells take the profile of each directory; undefined: those that do. */
  readonly watchesDirectories: boolean | undefined
}

/** What is to become of the rc files. */
interface Work {
  readonly tasks: readonly ShellTask[]
  readonly texts: RcTexts
  readonly options: Options
  /** Where direnv is found and no shell is named, or where what it loads is to be taken out. */
  readonly direnv: DirenvLibrary | undefined
  /** Whether alias lines are put aside. This, and functions, are asked separately. */
  readonly takesAliases: boolean
  /** Whether functions are, which nobody does who is not asked. */
  readonly takesFunctions: boolean
}

/** `assume setup`: edits the rc files so that the shells load assume, or so that they no longer do. */
export async function run({ flags }: Arguments, context: Context): Promise<Outcome> {
  const options: Options = {
    shells: readShells(flags['shell']),
    uninstalls: flags['uninstall'] === true,
    placesPrompt: flags['no-prompt'] !== true,
    watchesDirectories: readWatch(flags),
  }
  const isDryRun = flags['dry-run'] === true
  const isAsked = !isDryRun && flags['yes'] !== true && canAsk(context.terminal)
  const found = await findTasks(context, options)
  const work: Work = { ...found, options, takesAliases: true, takesFunctions: isAsked }
  const plan = makePlan(work)
  const closing = () => (isDryRun || options.uninstalls ? [] : closeInstallation(context))
  if (plan.edits.length === 0) {
    return { notices: [...plan.notes, ...closing()], output: `${describeNothing(work)}\n` }
  }
  if (isDryRun) return { notices: plan.notes, output: format(plan.edits, context) }
  if (flags['yes'] === true) {
    const written = await makeEdits(context, work, plan.edits)
    const output = format(written, context) + report(written, context) + advise(work, context)
    return { notices: [...plan.notes, ...closing()], output }
  }
  if (!isAsked) {
    const command = `assume setup ${options.uninstalls ? '--uninstall ' : ''}--yes`
    return refuseToAsk(plan.notes, format(plan.edits, context), command)
  }
  const chosen = await askForEdits(work, plan, context)
  const written = await makeEdits(context, chosen.work, chosen.edits, (edit) => askAgain(context, edit))
  if (written.length === 0) return { notices: ['nothing was changed'] }
  return { notices: closing(), output: report(written, context) + advise(work, context) }
}

function makePlan({ tasks, texts, options, direnv, ...takes }: Work): SetupPlan {
  return options.uninstalls
    ? planRemoval(tasks, texts, direnv)
    : planSetup(tasks, texts, { ...options, ...takes, direnv })
}

function readWatch(flags: Arguments['flags']): boolean | undefined {
  const isOn = flags['directories'] === true
  const isOff = flags['no-directories'] === true
  if (isOn && isOff) throw usageError('setup', '--directories and --no-directories exclude each other')
  return isOn || isOff ? isOn : undefined
}

function format(edits: readonly FileEdit[], { terminal, env }: Context): string {
  return formatDiff(edits, { colour: terminal.stdoutIsTerminal && !env['NO_COLOR'] })
}

function readShells(list: string | true | undefined): readonly ShellName[] | undefined {
  if (typeof list !== 'string') return undefined
  return list.split(',').map((word) => {
    const name = word.trim() === 'pwsh' ? 'powershell' : word.trim()
    return requireOneOf('setup', 'shell', name, shellNames)
  })
}

/** The shells that are named, else those that are installed or hold our block; and the texts of their files. */
async function findTasks(
  context: Context,
  { shells, uninstalls }: Options,
): Promise<Pick<Work, 'tasks' | 'texts' | 'direnv'>> {
  const texts = new Map<string, string | undefined>()
  const tasks: ShellTask[] = []
  for (const shell of shells ?? shellNames) {
    const files = await locateRcFiles(shell, context)
    if (shells && files.own.length === 0) throw profileNotFound()
    const own = new Map(pathsOf(files).map((path) => [path, readText(context.files, path)]))
    if (!shells && !uninstalls && !isInstalled(shell, context) && !isSetUp(files, own)) continue
    for (const [path, text] of own) texts.set(path, text)
    const definitions = locateDefinitionFiles(shell, context, own).filter((path) => !own.has(path))
    for (const path of definitions) texts.set(path, readText(context.files, path))
    const missingFolders = new Map(
      pathsOf(files).map((path) => [path, countMissingFolders(context.files, path)]),
    )
    tasks.push({ ...files, definitions, quotedFile: quoteShellFile(shell, context), missingFolders })
  }
  const direnv = shells ? undefined : findDirenv(context, uninstalls)
  if (direnv) texts.set(direnv.path, readText(context.files, direnv.path))
  return { tasks, texts, direnv }
}

function findDirenv(context: Context, uninstalls: boolean): DirenvLibrary | undefined {
  if (context.platform === 'win32' || (!uninstalls && !isOnPath(context, 'direnv'))) return undefined
  const { direnvLibrary: path } = locatePaths(context.env, context.platform)
  const quotedFile = quoteInstalled('bash', direnvFile, context)
  return { path, quotedFile, missingFolders: countMissingFolders(context.files, path) }
}

function profileNotFound(): AssumeError {
  return new AssumeError('program-failed', 'PowerShell does not tell where its profile is', {
    hint: "pwsh -NoProfile -Command '$PROFILE.CurrentUserAllHosts'",
  })
}

function describeNothing({ tasks, options }: Work): string {
  if (options.uninstalls) return 'nothing to do: no rc file loads assume'
  if (tasks.length === 0) return 'nothing to do: no shell found on PATH; name one: assume setup --shell bash'
  const names = tasks.map(({ shell }) => shell).join(', ')
  return `nothing to do: ${names} ${tasks.length === 1 ? 'is' : 'are'} set up`
}

/** The edits that the user wants, and the work that they come from. */
function askForEdits(
  work: Work,
  plan: SetupPlan,
  context: Context,
): Promise<{ work: Work; edits: readonly FileEdit[] }> {
  return holdTerminal(context.terminal, async (session) => {
    session.output.write(formatDiff(plan.edits, chooseLook(context)))
    for (const note of plan.notes) session.output.write(`${note}\n`)
    const keepsAliases = plan.aliases.length > 0 && !(await askForAliases(session, plan.aliases))
    const isOffered = plan.edits.some(
      ({ path, before }) => path === work.direnv?.path && before === undefined,
    )
    const leavesDirenv = isOffered && !(await confirm(session, 'Make "use assume PROFILE" known to direnv?'))
    const keepsFunctions = plan.functions.length > 0 && !(await askForFunctions(session, plan.functions))
    const chosen = {
      ...work,
      takesAliases: work.takesAliases && !keepsAliases,
      takesFunctions: work.takesFunctions && !keepsFunctions,
      direnv: leavesDirenv ? undefined : work.direnv,
    }
    const { edits } = makePlan(chosen)
    const question =
      keepsAliases || keepsFunctions || leavesDirenv ? 'Make the other changes?' : 'Make these changes?'
    const isWanted = edits.length > 0 && (await confirm(session, question))
    return { work: chosen, edits: isWanted ? edits : [] }
  })
}

function askAgain(context: Context, edit: FileEdit): Promise<boolean> {
  return holdTerminal(context.terminal, (session) => {
    session.output.write(formatDiff([edit], chooseLook(context)))
    return confirm(session, 'Make this change?')
  })
}

function askForAliases(session: TerminalSession, aliases: readonly string[]): Promise<boolean> {
  return confirm(
    session,
    `Another tool left an alias "assume" (${printable(aliases.join(', '))}). Make it a comment? Uninstalling undoes that.`,
  )
}

/** It may be of the user's own making: Enter leaves it. */
function askForFunctions(session: TerminalSession, functions: readonly string[]): Promise<boolean> {
  return confirm(
    session,
    `There is a function "assume" (${printable(functions.join(', '))}). Make it a comment? Uninstalling undoes that.`,
    false,
  )
}

/** Makes edits that were agreed to, and returns those that were made, as they were made. */
async function makeEdits(
  context: Context,
  work: Work,
  edits: readonly FileEdit[],
  agree?: (edit: FileEdit) => Promise<boolean>,
): Promise<FileEdit[]> {
  const paths = locatePaths(context.env, context.platform)
  const written: FileEdit[] = []
  const editOne = (agreed: FileEdit) =>
    editFile<FileEdit>(context, paths, {
      path: agreed.path,
      plan: (before) => {
        const texts = new Map(work.texts).set(agreed.path, before)
        return makePlan({ ...work, texts }).edits.find((edit) => edit.path === agreed.path)
      },
      isSame: (one, other) => isSameChange(one, other, noSections),
      agreed,
      ...(agree && { agree }),
      replace: (edit) => replaceText(context.files, edit, { mode: 0o644 }),
    })
  try {
    for (const edit of edits) {
      const outcome = await editOne(edit)
      if (typeof outcome !== 'object') continue
      written.push(outcome.written)
      removeCreatedFolders(context.files, outcome.written)
    }
  } catch (error) {
    for (const line of describeEdits(written, context)) context.notify(line)
    throw error
  }
  return written
}

/** With a file that setup created go the folders that it created for it, where nothing else has come to be in them. */
function removeCreatedFolders(files: Files, { path, before, after }: FileEdit): void {
  if (before === undefined || after !== undefined) return
  try {
    removeEmptyFolders(files, path, countCreatedFolders(before, path))
  } catch {
    // An empty folder is no reason to fail.
  }
}

function report(written: readonly FileEdit[], context: Context): string {
  return describeEdits(written, context)
    .map((line) => `${line}\n`)
    .join('')
}

function describeEdits(written: readonly FileEdit[], { env, platform }: Context): string[] {
  const paths = locatePaths(env, platform)
  return written.map(({ path, before, after }) => {
    const verb = after === undefined ? 'removed' : before === undefined ? 'created' : 'changed'
    return `${verb} ${printable(shortenPath(path, paths))}`
  })
}

/** Lines on what others could have written to, of all that the shells load. */
function closeInstallation({ files, platform, installation }: Context): string[] {
  if (platform === 'win32') return []
  const { closed, open } = closeToOthers(files, installation)
  return [
    ...(closed > 0 ? [`${printable(installation)} can be written by you alone now`] : []),
    ...open.map((path) => `warning: others can write ${printable(path)}, which your shells run`),
  ]
}

function advise({ tasks, options }: Work, context: Context): string {
  if (options.uninstalls) return 'Shells that are open keep assume until they end.\n'
  const task = tasks.find(({ shell }) => shell === context.userShell) ?? tasks[0]
  if (!task) return ''
  const load = formatLoad(task.shell, task.quotedFile)
  return formatAdvice({ load, hasProfiles: hasProfiles(context) })
}

/** Whether there is a profile, for all that can be told: files that cannot be read are no matter of setup. */
function hasProfiles({ files, env, platform }: Context): boolean {
  const paths = locatePaths(env, platform)
  try {
    return mergeWithCredentials(files, paths, readText(files, paths.awsConfig)).profiles.size > 0
  } catch {
    return true
  }
}
