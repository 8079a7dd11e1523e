import { join } from 'node:path'
import { type Arguments, usageError } from '../cli/parse.ts'
import type { Context, Outcome, TerminalSession } from '../context.ts'
import { encodeText } from '../core/config/text.ts'
import type { ShellName } from '../core/shell.ts'
import { quoteFish, quotePosix, quotePowerShell } from '../emit/quote.ts'
import { AssumeError } from '../errors.ts'
import { printable } from '../redact.ts'
import { formatDiff } from '../setup/diff.ts'
import type { FileEdit } from '../setup/edit.ts'
import {
  isSetUp,
  pathsOf,
  planRemoval,
  planSetup,
  type RcTexts,
  type SetupPlan,
  type ShellTask,
} from '../setup/plan.ts'
import { writeAtomically } from '../store/atomic-write.ts'
import { locatePaths, shortenPath } from '../store/paths.ts'
import { isInstalled, locateRcFiles } from '../store/rc-files.ts'
import { readText } from '../store/read-text.ts'
import { confirm } from '../ui/question.ts'

interface Options {
  readonly shells: readonly ShellName[] | undefined
  readonly uninstalls: boolean
  readonly placesPrompt: boolean
}

/** Plans with the alias lines taken out or left; the only thing that is asked separately. */
type Planner = (removesAliases: boolean) => SetupPlan

/** `assume setup`: edits the rc files so that the shells load assume, or so that they no longer do. */
export async function run({ flags }: Arguments, context: Context): Promise<Outcome> {
  const options: Options = {
    shells: readShells(flags['shell']),
    uninstalls: flags['uninstall'] === true,
    placesPrompt: flags['no-prompt'] !== true,
  }
  const { tasks, texts } = await findTasks(context, options)
  const makePlan: Planner = (removesAliases) =>
    options.uninstalls ? planRemoval(tasks, texts) : planSetup(tasks, texts, { ...options, removesAliases })
  const plan = makePlan(true)
  const { edits } = plan
  if (edits.length === 0) return { notices: plan.notes, output: `${describeNothing(tasks, options)}\n` }

  const output = formatDiff(edits, { colour: context.terminal.stdoutIsTerminal && !context.env['NO_COLOR'] })
  if (flags['dry-run'] === true) return { notices: plan.notes, output }
  if (flags['yes'] === true) {
    return {
      notices: plan.notes,
      output: output + applyEdits(edits, context) + adviseOnLoading(tasks, options, context),
    }
  }
  const { stdinIsTerminal, stderrIsTerminal } = context.terminal
  if (!stdinIsTerminal || !stderrIsTerminal) return refuseToAsk(plan, output, options)
  const chosen = await askForEdits(plan, makePlan, context)
  if (chosen.length === 0) return { notices: ['nothing was changed'] }
  return { output: applyEdits(chosen, context) + adviseOnLoading(tasks, options, context) }
}

const programs: Readonly<Record<ShellName, { file: string; quote: (text: string) => string; load: string }>> =
  {
    bash: { file: 'bash/assume.bash', quote: quotePosix, load: '.' },
    zsh: { file: 'zsh/assume.plugin.zsh', quote: quotePosix, load: '.' },
    fish: { file: 'fish/conf.d/assume.fish', quote: quoteFish, load: 'source' },
    powershell: { file: 'powershell/Assume/Assume.psd1', quote: quotePowerShell, load: 'Import-Module' },
  }
const allShells = Object.keys(programs) as ShellName[]

function readShells(list: string | true | undefined): readonly ShellName[] | undefined {
  if (typeof list !== 'string') return undefined
  return list.split(',').map((word) => {
    const name = word.trim() === 'pwsh' ? 'powershell' : word.trim()
    const shell = allShells.find((each) => each === name)
    if (!shell)
      throw usageError('setup', `there is no shell "${printable(name)}"; there are ${allShells.join(', ')}`)
    return shell
  })
}

/** The shells that are named, else those that are installed or hold our block; and the texts of their files. */
async function findTasks(
  context: Context,
  { shells, uninstalls }: Options,
): Promise<{ tasks: ShellTask[]; texts: RcTexts }> {
  const texts = new Map<string, string | undefined>()
  const tasks: ShellTask[] = []
  for (const shell of shells ?? allShells) {
    const files = await locateRcFiles(shell, context)
    if (shells && files.own.length === 0) throw profileNotFound()
    const own = new Map(pathsOf(files).map((path) => [path, readText(context.files, path)]))
    if (!shells && !uninstalls && !isInstalled(shell, context) && !isSetUp(files, own)) continue
    for (const [path, text] of own) texts.set(path, text)
    tasks.push({ ...files, quotedFile: quoteShellFile(shell, context) })
  }
  return { tasks, texts }
}

function profileNotFound(): AssumeError {
  return new AssumeError('program-failed', 'PowerShell does not tell where its profile is', {
    hint: "pwsh -NoProfile -Command '$PROFILE.CurrentUserAllHosts'",
  })
}

function quoteShellFile(shell: ShellName, { installation }: Context): string {
  const { file, quote } = programs[shell]
  return quote(join(installation, 'shell', file))
}

function describeNothing(tasks: readonly ShellTask[], { uninstalls }: Options): string {
  if (uninstalls) return 'nothing to do: no rc file loads assume'
  if (tasks.length === 0) return 'nothing to do: no shell found on PATH; name one: assume setup --shell bash'
  const names = tasks.map(({ shell }) => shell).join(', ')
  return `nothing to do: ${names} ${tasks.length === 1 ? 'is' : 'are'} set up`
}

/** The diff still goes out, so that the caller sees what a yes would do. */
function refuseToAsk({ notes }: SetupPlan, output: string, { uninstalls }: Options): Outcome {
  const command = uninstalls ? 'assume setup --uninstall --yes' : 'assume setup --yes'
  const error = new AssumeError(
    'confirmation-needed',
    'there is no terminal to ask on; nothing was changed',
    {
      hint: command,
    },
  )
  return { notices: [...notes, `${error.message}\n  ${error.hint}`], output, exitStatus: error.exitStatus }
}

async function askForEdits(
  plan: SetupPlan,
  makePlan: Planner,
  context: Context,
): Promise<readonly FileEdit[]> {
  const session = context.terminal.open()
  try {
    session.output.write(formatDiff(plan.edits, { colour: !context.env['NO_COLOR'] }))
    for (const note of plan.notes) session.output.write(`${note}\n`)
    const keepsAliases = plan.aliases.length > 0 && !(await askForAliases(session, plan.aliases))
    const { edits } = keepsAliases ? makePlan(false) : plan
    const question = keepsAliases ? 'Make the other changes?' : 'Make these changes?'
    if (edits.length === 0 || !(await confirm(session, question))) return []
    return edits
  } finally {
    session.close()
  }
}

function askForAliases(session: TerminalSession, aliases: readonly string[]): Promise<boolean> {
  return confirm(
    session,
    `Another tool left an alias "assume" (${printable(aliases.join(', '))}). Remove it?`,
  )
}

function applyEdits(edits: readonly FileEdit[], { env, files, platform }: Context): string {
  for (const { path, before } of edits) {
    if (readText(files, path) === before) continue
    throw new AssumeError(
      'unwritable-file',
      `${path} was changed by somebody else just now; nothing was changed`,
      {
        hint: 'assume setup',
      },
    )
  }
  const paths = locatePaths(env, platform)
  return edits
    .map(({ path, before, after }) => {
      if (after === undefined) files.remove(path)
      else writeAtomically(files, path, encodeText(after), { mode: 0o644 })
      const verb = after === undefined ? 'removed' : before === undefined ? 'created' : 'changed'
      return `${verb} ${printable(shortenPath(path, paths))}\n`
    })
    .join('')
}

function adviseOnLoading(
  tasks: readonly ShellTask[],
  { uninstalls }: Options,
  { callingShell, env }: Context,
): string {
  if (uninstalls) return 'Shells that are open keep assume until they end.\n'
  const current = callingShell ?? env['SHELL']?.split('/').at(-1)
  const task = tasks.find(({ shell }) => shell === current) ?? tasks[0]
  if (!task) return ''
  return `Open a new shell, or type in this one: ${programs[task.shell].load} ${task.quotedFile}\n`
}
