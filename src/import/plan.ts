import type { importToolNames } from '../cli/import-command.ts'
import type { ConfigEdit } from '../profiles/config/edit.ts'
import type { FileEdit } from '../system/files/file-edit.ts'
import type { KeyMove, planMoves } from '../tool-keys/key-move.ts'
import type { ImportFacts } from './facts.ts'

type ToolName = (typeof importToolNames)[number]

/** So many uses of a profile, the last one at that time (seconds since the epoch). */
export interface Uses {
  readonly name: string
  readonly count: number
  readonly last: number
}

/** A setting of ours, and the program without which it is not made. */
export interface SettingChange {
  /** Absent: it stands before the first section. */
  readonly section?: string
  readonly name: string
  readonly value: string
  readonly program?: string
}

/** A line of a start-up file that becomes a comment, as it stands there without its line break. */
interface LineAside {
  readonly path: string
  readonly line: string
}

/** What is to become of the files. */
export interface Change {
  readonly config: readonly ConfigEdit[]
  readonly settings: readonly SettingChange[]
  readonly asides: readonly LineAside[]
  readonly uses: readonly Uses[]
  /** Profiles whose temporary keys leave the credentials file, and whether the whole section is the tool's. */
  readonly keys: readonly { readonly name: string; readonly isWhole: boolean }[]
  /** Long-lived keys that move into a store of ours; each is asked about by itself. */
  readonly moves: readonly KeyMove[]
}

const noChange: Change = { config: [], settings: [], asides: [], uses: [], keys: [], moves: [] }

/** The two changes, one after the other. */
export function joinChanges(one: Change, other: Partial<Change>): Change {
  return {
    config: [...one.config, ...(other.config ?? [])],
    settings: [...one.settings, ...(other.settings ?? [])],
    asides: [...one.asides, ...(other.asides ?? [])],
    uses: [...one.uses, ...(other.uses ?? [])],
    keys: [...one.keys, ...(other.keys ?? [])],
    moves: [...one.moves, ...(other.moves ?? [])],
  }
}

/** A change with the edits of files that it leads to, worked out once. */
export interface Draft {
  readonly change: Change
  readonly config: FileEdit | undefined
  readonly settings: FileEdit | undefined
  readonly startUp: readonly FileEdit[]
}

/**
 * What a person should know: `needs`: still needs the tool · `cannot`: is not taken over · `hint`: what is different from
 * now on, or what to type.
 */
export interface Note {
  readonly kind: 'needs' | 'cannot' | 'hint'
  readonly text: string
}

/** What only the user knows. Left out where nobody is asked. */
export type ImportQuestion =
  | {
      readonly kind: 'confirm'
      readonly text: string
      /** What Enter means. */
      readonly fallback: boolean
      readonly yes: Partial<Change>
      /** So that the question is not asked again; absent: nothing. */
      readonly no?: Partial<Change>
    }
  | {
      readonly kind: 'name'
      readonly text: string
      /** A free name. */
      readonly proposal: string
      readonly give: (name: string) => Partial<Change>
    }

/** What is to become of what a tool left, as a value. */
export interface ToolPlan {
  readonly change: Change
  readonly questions: readonly ImportQuestion[]
  readonly notes: readonly Note[]
}

/** Where a tool can have left something. */
export interface PlaceWorld {
  readonly home: string
  readonly env: ImportFacts['env']
  readonly isFolder: (path: string) => boolean
}

/** One tool: where its files are, whether it has been here, and what is to become of what it left. */
export interface ImportTool {
  readonly name: ToolName
  readonly title: string
  /** Its own files by what they are to it. */
  readonly places: (world: PlaceWorld) => Readonly<Record<string, string>>
  /** Its own folders of which the names are wanted. */
  readonly folders?: (world: PlaceWorld) => Readonly<Record<string, string>>
  /** What shows that it has been here; empty: nothing. */
  readonly detect: (facts: ImportFacts) => readonly string[]
  /** Throws AssumeError `unreadable-file` for a file that is not what the tool writes. */
  readonly plan: (facts: ImportFacts) => ToolPlan
}

/** Collects a plan. */
export class PlanDraft {
  #change = noChange
  /** Of thousands of profiles. */
  readonly #edits: ConfigEdit[] = []
  readonly #questions: ImportQuestion[] = []
  readonly #notes = new Map<string, Note>()

  add(change: Partial<Omit<Change, 'config'>>): void {
    this.#change = joinChanges(this.#change, change)
  }

  edit(edits: readonly ConfigEdit[]): void {
    for (const edit of edits) this.#edits.push(edit)
  }

  ask(question: ImportQuestion): void {
    this.#questions.push(question)
  }

  take({ moves, edits, needs }: ReturnType<typeof planMoves>): void {
    this.add({ moves })
    this.edit(edits)
    for (const text of needs) this.note('needs', text)
  }

  note(kind: Note['kind'], text: string): void {
    this.#notes.set(`${kind} ${text}`, { kind, text })
  }

  finish(): ToolPlan {
    return {
      change: joinChanges({ ...noChange, config: this.#edits }, this.#change),
      questions: this.#questions,
      notes: [...this.#notes.values()],
    }
  }
}
