import { basename, join } from 'node:path'
import type { Context } from '../context.ts'
import { writeAtomically } from '../system/files/atomic-write.ts'
import type { FileEdit } from '../system/files/file-edit.ts'
import { readText } from '../system/files/read-text.ts'
import type { Paths } from '../system/paths.ts'
import { encodeText } from '../text/utf-8.ts'

/** The files that a call of import changes, as they were before. Never the credentials file. */
export class ImportBackup {
  readonly #context: Pick<Context, 'files' | 'now'>
  readonly #parent: string
  /** By the path of the file what it held, and where that is kept; none of it for one that was not there. */
  readonly #kept = new Map<string, { readonly before?: string; readonly copy?: string }>()
  #folder: string | undefined

  constructor(context: Pick<Context, 'files' | 'now'>, { backups }: Pick<Paths, 'backups'>) {
    this.#context = context
    this.#parent = backups
  }

  /** Keeps a file before its first edit. Throws AssumeError `unwritable-file`: nothing is edited without. */
  keep({ path, before }: FileEdit): void {
    if (this.#kept.has(path)) return
    if (before === undefined) {
      this.#kept.set(path, {})
      return
    }
    this.#folder ??= this.#chooseFolder()
    const names = new Set([...this.#kept.values()].map(({ copy = '' }) => basename(copy)))
    const name = basename(path).replace(/^\./, '')
    const copy = join(this.#folder, names.has(name) ? `${names.size}-${name}` : name)
    writeAtomically(this.#context.files, copy, encodeText(before))
    this.#kept.set(path, { before, copy })
  }

  /** Where the copies are; undefined where no file is another one now that had been there. */
  get folder(): string | undefined {
    return this.#listChanged().some(([, { copy }]) => copy !== undefined) ? this.#folder : undefined
  }

  /** The commands that put back every file that is another one now: a write may have failed. */
  formatUndo(quote: (word: string) => string): string[] {
    return this.#listChanged().map(([path, { copy }]) =>
      // Over a file that is read-only, too, as it was replaced.
      copy === undefined ? `rm ${quote(path)}` : `cp -f ${quote(copy)} ${quote(path)}`,
    )
  }

  #listChanged() {
    return [...this.#kept].filter(([path, { before }]) => readText(this.#context.files, path) !== before)
  }

  #chooseFolder(): string {
    const { files, now } = this.#context
    const time = new Date(now()).toISOString().slice(0, 19).replace(/[-:]/g, '')
    const free = (number: number): string => {
      const folder = join(this.#parent, `import-${time}${number === 1 ? '' : `-${number}`}`)
      return files.stat(folder) ? free(number + 1) : folder
    }
    return free(1)
  }
}
