import { splitWords } from '../text/shell-words.ts'

/** A `credential_process` of another tool, as far as it is understood. */
export interface ToolProcess {
  /** The words behind the name of the program. */
  readonly words: readonly string[]
  /** The values of its options by name, without dashes; empty for one that stands alone. */
  readonly options: ReadonlyMap<string, string>
}

/**
 * What a `credential_process` says if its program is called like that, be it behind `env NAME=value …`; undefined if it is
 * another program.
 */
export function readProcess(
  command: string | undefined,
  program: RegExp,
  platform: NodeJS.Platform,
): ToolProcess | undefined {
  const all = command === undefined ? undefined : splitWords(command, platform)
  if (!all) return undefined
  const start = all.findIndex(
    (word, index) => !(index === 0 && /(?:^|\/)env$/.test(word)) && !/^\w+=/.test(word),
  )
  const name = all[start]
    ?.split(/[/\\]/)
    .at(-1)
    ?.replace(/\.exe$/i, '')
  if (name === undefined || !program.test(name)) return undefined
  const words = all.slice(start + 1)
  const options = new Map<string, string>()
  for (const [index, word] of words.entries()) {
    const [, option, value] = /^--?([\w-]+)(?:=(.*))?$/s.exec(word) ?? []
    if (option === undefined) continue
    const next = words[index + 1]
    options.set(option, value ?? (next?.startsWith('-') ? '' : (next ?? '')))
  }
  return { words, options }
}
