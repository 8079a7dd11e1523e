import { basename, join } from 'node:path'
import type { Context } from '../context.ts'
import { writeAtomically } from '../system/files/atomic-write.ts'
import type { FileEdit } from '../system/files/file-edit.ts'
import type { Paths } from '../system/paths.ts'
import { encodeText } from '../text/utf-8.ts'

/** The files that a call of import changes, as they were before. Never the credentials file. */
export class ImportBackup {
  readonly #context: Pick<Context, 'files' | 'now'>
  readonly #parent: string
  /** By the path of the file; an empty place for one that was not there. */
  readonly #copies = new Map<string, string>()
  #folder: string | undefined

  constructor(context: Pick<Context, 'files' | 'now'>, { backups }: Pick<Paths, 'backups'>) {
    this.#context = context
    this.#parent = backups
  }

  /** Keeps a file before its first edit. Throws AssumeError `unwritable-file`: nothing is edited without. */
  keep({ path, before }: FileEdit): void {
    if (this.#copies.has(path)) return
    if (before === undefined) {
      this.#copies.set(path, '')
      return
    }
    this.#folder ??= this.#chooseFolder()
    const names = new Set([...this.#copies.values()].map((copy) => basename(copy)))
    const name = basename(path).replace(/^\./, '')
    const copy = join(this.#folder, names.has(name) ? `${names.size}-${name}` : name)
    writeAtomically(this.#context.files, copy, encodeText(before))
    this.#copies.set(path, copy)
  }

  /** Where the copies are; undefined where no file was changed that had been there. */
  get folder(): string | undefined {
    return this.#folder
  }

  /** The commands that put every file back. */
  formatUndo(quote: (word: string) => string): string[] {
    return [...this.#copies].map(([path, copy]) =>
      copy === '' ? `rm ${quote(path)}` : `cp ${quote(copy)} ${quote(path)}`,
    )
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
