import { importToolNames } from '../cli/import-command.ts'
import { requireOneOf, usageError } from '../cli/mistake.ts'
import type { Arguments } from '../cli/parse.ts'
import { checkName } from '../configure/checks.ts'
import type { Context, Outcome, TerminalSession } from '../context.ts'
import { applyDraft } from '../import/apply.ts'
import { ImportBackup } from '../import/backup.ts'
import { advanceFacts, draftChange, isNothing, listEdits } from '../import/draft.ts'
import { type ImportFacts, isTaken, readConfigFacts } from '../import/facts.ts'
import { addOwnFiles, gatherImportFacts, listPlaces } from '../import/gather.ts'
import {
  type Change,
  type Draft,
  type ImportQuestion,
  type ImportTool,
  joinChanges,
  type SettingChange,
  type ToolPlan,
} from '../import/plan.ts'
import {
  formatHeading,
  formatMoves,
  formatNotes,
  formatOpenQuestions,
  formatOtherChanges,
} from '../import/report.ts'
import { listDefinitions } from '../import/start-up.ts'
import { importTools } from '../import/tools.ts'
import { addEarlierUses, findNewUses } from '../index/uses.ts'
import { KeyStores } from '../key-lifecycle/key-stores.ts'
import { findStartFailure } from '../programs/programs.ts'
import { leaveIndex } from '../switch/known-profiles.ts'
import type { FileEdit } from '../system/files/file-edit.ts'
import { readText } from '../system/files/read-text.ts'
import { locatePaths, type Paths, shortenPath } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import { confirm } from '../ui/confirm.ts'
import { formatDiff } from '../ui/diff.ts'
import { canAsk, chooseLook, holdTerminal, refuseToAsk } from '../ui/terminal.ts'
import { askForText } from '../ui/text-question.ts'

/** A tool that has been here, with its files. */
interface Found {
  readonly tool: ImportTool
  readonly marks: readonly string[]
  readonly own: Pick<ImportFacts, 'own' | 'listings'>
  readonly plan: ToolPlan
}

type Mode = 'dry-run' | 'yes' | 'ask' | 'refuse'

/** `assume import [TOOL]`: what another tool left becomes what works without it, shown as a diff first. */
export async function run({ positionals: [word], flags }: Arguments, context: Context): Promise<Outcome> {
  const wanted = word === undefined ? undefined : requireOneOf('import', 'tool', word, importToolNames)
  if (flags['yes'] === true && flags['dry-run'] === true)
    throw usageError('import', '--yes and --dry-run do not go together')
  const paths = locatePaths(context.env, context.platform)
  const chosen = importTools.filter(({ name }) => wanted === undefined || name === wanted)
  const facts = await gatherImportFacts(context, paths)
  // Every file is read and every plan made before the first edit: one that is broken changes nothing.
  const found = chosen.flatMap((tool) => findTool(context, paths, facts, tool))
  if (found.length === 0) return { output: describeNothing(context, paths, chosen) }
  return new Import(context, paths, chooseMode(flags, context), wanted).run(found, facts)
}

function chooseMode(flags: Arguments['flags'], { terminal }: Context): Mode {
  if (flags['dry-run'] === true) return 'dry-run'
  if (flags['yes'] === true) return 'yes'
  return canAsk(terminal) ? 'ask' : 'refuse'
}

function findTool(context: Context, paths: Paths, facts: ImportFacts, tool: ImportTool): Found[] {
  const whole = addOwnFiles(context, paths, facts, tool)
  const marks = tool.detect(whole)
  if (marks.length === 0) return []
  const { own, listings } = whole
  return [{ tool, marks, own: { own, listings }, plan: tool.plan(whole) }]
}

function describeNothing(context: Context, paths: Paths, chosen: readonly ImportTool[]): string {
  const config = shortenPath(paths.awsConfig, paths)
  const places = [...new Set(chosen.flatMap((tool) => listPlaces(context, paths, tool)))]
  const names = chosen.map(({ title }) => title).join(', ')
  const where = [config, 'the start-up files', ...places].map((each) => printable(each)).join(', ')
  return `nothing to import: no trace of ${names}\nlooked in ${where}\n`
}

/** One call: the tools one after the other, each on what the one before has left. */
class Import {
  readonly #context: Context
  readonly #paths: Paths
  readonly #mode: Mode
  readonly #wanted: string | undefined
  readonly #backup: ImportBackup
  readonly #stores: KeyStores
  readonly #written = new Set<string>()
  #output = ''
  #isOpen = false
  #isNeeded = false
  #isDeclined = false
  #isFailed = false

  constructor(context: Context, paths: Paths, mode: Mode, wanted: string | undefined) {
    this.#context = context
    this.#paths = paths
    this.#mode = mode
    this.#wanted = wanted
    this.#backup = new ImportBackup(context, paths)
    this.#stores = new KeyStores(context, paths, mode === 'ask')
  }

  async run(found: readonly Found[], first: ImportFacts): Promise<Outcome> {
    let facts = first
    try {
      for (const each of found) {
        const whole = { ...facts, ...each.own }
        const plan = facts === first ? each.plan : each.tool.plan(whole)
        facts = await this.#take(each, whole, this.#settle(plan))
      }
    } catch (error) {
      for (const line of this.#describeUndo()) this.#context.notify(line)
      throw error
    }
    const changed = [...this.#written].map((path) => `changed ${printable(shortenPath(path, this.#paths))}\n`)
    const hiding = listDefinitions(facts.startUp)
    if (hiding.length > 0)
      this.#output += `note: ${hiding.join(', ')} ${hiding.length === 1 ? 'defines' : 'define'} assume for another tool: assume setup\n`
    if (this.#mode === 'refuse' && this.#isNeeded)
      return refuseToAsk([], this.#output, this.#formatCommand('--yes'))
    const undo = this.#describeUndo().map((line) => `${line}\n`)
    const nothing = this.#isDeclined && this.#written.size === 0 ? 'nothing was changed\n' : ''
    const output = this.#output + nothing + changed.join('') + undo.join('')
    if (this.#isFailed) return { output, exitStatus: 1 }
    if (this.#mode !== 'yes' || !this.#isOpen) return { output }
    return { notices: [`some of it needs an answer\n  ${this.#formatCommand()}`], output, exitStatus: 1 }
  }

  /** Shows the plan of one tool, and makes it where that is wanted. Returns the facts as they are then. */
  async #take({ tool, marks }: Found, facts: ImportFacts, plan: ToolPlan): Promise<ImportFacts> {
    const heading = formatHeading(tool, marks)
    const notes = formatNotes(tool, plan.notes)
    if (this.#mode === 'ask') return this.#ask(heading, notes, facts, plan)
    const draft = this.#draft(facts, plan.change)
    // A secret moves for a yes of its own alone, so --yes is none.
    const open = formatOpenQuestions(plan.questions) + formatMoves(plan.change.moves)
    const nothing = isNothing(draft) && open === '' ? 'nothing to change\n' : ''
    this.#output +=
      heading + this.#show(draft, this.#context.terminal.stdoutIsTerminal) + nothing + notes + open
    this.#isOpen ||= open !== ''
    this.#isNeeded ||= !isNothing(draft) || open !== ''
    if (this.#mode !== 'yes' || isNothing(draft)) return advanceFacts(facts, draft)
    return this.#apply(facts, draft)
  }

  async #ask(opening: string, notes: string, facts: ImportFacts, plan: ToolPlan): Promise<ImportFacts> {
    const draft = await this.#askForChanges(opening, notes, facts, plan)
    if (!draft) {
      this.#isDeclined ||= !isNothing(this.#draft(facts, plan.change)) || plan.questions.length > 0
      return facts
    }
    const made = isNothing(draft) ? facts : await this.#applyAsked(facts, draft)
    return draft.change.moves.length === 0 ? made : this.#move(made, draft.change.moves)
  }

  /** The draft that the user has agreed to, or that has nothing to agree to but keys; undefined where there is none. */
  #askForChanges(opening: string, notes: string, facts: ImportFacts, plan: ToolPlan) {
    return holdTerminal(this.#context.terminal, async (session) => {
      session.output.write(opening)
      let { change } = plan
      for (const question of plan.questions)
        change = joinChanges(change, await this.#answer(session, question, facts))
      const made = this.#draft(facts, change)
      const hasMoves = change.moves.length > 0
      const nothing = isNothing(made) && !hasMoves ? 'nothing to change\n' : ''
      session.output.write(this.#show(made, true) + nothing + notes)
      const isWanted = isNothing(made) ? hasMoves : await confirm(session, 'Make these changes?')
      return isWanted ? made : undefined
    })
  }

  #applyAsked(facts: ImportFacts, draft: Draft): Promise<ImportFacts> {
    return this.#apply(facts, draft, (edit) =>
      holdTerminal(this.#context.terminal, (session) => {
        session.output.write(this.#formatDiff([edit], true))
        return confirm(session, 'Make this change?')
      }),
    )
  }

  async #move(facts: ImportFacts, moves: Change['moves']): Promise<ImportFacts> {
    const [context, paths] = [this.#context, this.#paths]
    const { moveToolKeys } = await import('../tool-keys/move-key.ts')
    const keep = (edit: FileEdit) => {
      // A copy of a file with a secret would be one more with it.
      if (!edit.before?.includes('aws_secret_access_key')) this.#backup.keep(edit)
    }
    const isWhole = await moveToolKeys({ context, paths, stores: this.#stores, keep }, moves)
    if (!isWhole) this.#isFailed = true
    const text = readText(context.files, paths.awsConfig)
    if (text !== facts.configText) this.#written.add(paths.awsConfig)
    return { ...facts, ...readConfigFacts(text) }
  }

  async #answer(
    session: TerminalSession,
    question: ImportQuestion,
    facts: ImportFacts,
  ): Promise<Partial<Change>> {
    if (question.kind === 'confirm') {
      const isYes = await confirm(session, printable(question.text), question.fallback)
      return isYes ? question.yes : (question.no ?? {})
    }
    const check = (name: string) => {
      if (name === leftOut) return undefined
      return checkName(name) ?? (isTaken(facts, name) ? 'there is a profile of that name' : undefined)
    }
    const label = `${question.text} (${leftOut}: leave it out)`
    const name = await askForText(
      session,
      { label, fallback: question.proposal, check },
      chooseLook(this.#context),
    )
    return name === leftOut ? {} : question.give(name)
  }

  async #apply(
    facts: ImportFacts,
    draft: Draft,
    agree?: (edit: FileEdit) => Promise<boolean>,
  ): Promise<ImportFacts> {
    const context = this.#context
    const paths = this.#paths
    leaveIndex(context, { paths })
    const application = { context, paths, backup: this.#backup, ...(agree && { agree }) }
    for (const path of await applyDraft(application, draft)) this.#written.add(path)
    if (draft.change.uses.length > 0) {
      addEarlierUses(context, paths, draft.change.uses)
      this.#written.add(paths.history)
    }
    return advanceFacts(facts, draft)
  }

  /** What the plan comes to on this machine: a browser that is not there is no setting, a use is noted once. */
  #settle({ change, questions, notes }: ToolPlan): ToolPlan {
    const isThere = ({ program }: SettingChange) =>
      program === undefined || findStartFailure(this.#context, program) === undefined
    const missing = change.settings.filter((setting) => !isThere(setting))
    return {
      change: {
        ...change,
        settings: change.settings.filter(isThere),
        uses: findNewUses(this.#context, this.#paths, change.uses),
      },
      questions,
      notes: [
        ...notes,
        ...missing.map(({ name, program = '' }) => {
          return { kind: 'cannot', text: `${name}: there is no program ${program}` } as const
        }),
      ],
    }
  }

  #draft(facts: ImportFacts, change: Change): Draft {
    return draftChange(facts, change, { ...this.#paths, settingsText: this.#readSettings() })
  }

  #readSettings(): string | undefined {
    return readText(this.#context.files, this.#paths.settings)
  }

  #show(draft: Draft, isTerminal: boolean): string {
    return this.#formatDiff(listEdits(draft), isTerminal) + formatOtherChanges(draft.change)
  }

  #formatDiff(edits: readonly FileEdit[], isTerminal: boolean): string {
    return formatDiff(edits, { colour: isTerminal && !this.#context.env['NO_COLOR'] })
  }

  #describeUndo(): string[] {
    const commands = this.#backup.formatUndo(this.#context.quoteWord)
    if (commands.length === 0) return []
    const { folder } = this.#backup
    const where =
      folder === undefined ? [] : [`as it was before: ${printable(shortenPath(folder, this.#paths))}`]
    return [...where, 'to put it back:', ...commands.map((command) => `  ${command}`)]
  }

  #formatCommand(...flags: string[]): string {
    return ['assume import', ...(this.#wanted === undefined ? [] : [this.#wanted]), ...flags].join(' ')
  }
}

/** What is typed to leave a name out. */
const leftOut = 'none'
