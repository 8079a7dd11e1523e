import { AssumeError } from '../errors.ts'

/** The lines between which our block stands. */
export const blockBegin = '# >>> assume >>>'
export const blockEnd = '# <<< assume <<<'
/** What is noted of a file that was not there, nor so many of the folders above it. */
const createdNote = /^\(file(?: and (\d+) folders?)? created by assume setup\)$/
const unfinishedNote = '(the last line had no line break)'

const beginLine = /^[ \t]*# >>> assume >>>(?: (\([^()]*\)))?[ \t]*$/
const endLine = /^[ \t]*# <<< assume <<<[ \t]*$/

interface Block {
  /** Offset of its first character. */
  readonly start: number
  /** Offset behind its last character, the line break included. */
  readonly end: number
  /** What the begin marker says of the file as it was before; empty when there is nothing to say. */
  readonly note: string
  readonly lineBreak: '\n' | '\r\n'
}

/** Whether an rc text holds our block. Throws AssumeError `broken-block` as all functions here do. */
export function hasBlock(text: string, file: string): boolean {
  return findBlock(text, file) !== undefined
}

/**
 * The rc text with `line` in our block: appended, or in the place of the block that is there. Undefined text means
 * that there is no such file, and neither are so many of the folders above it. The begin marker keeps what `removeBlock`
 * needs to give the same bytes back.
 */
export function placeBlock(text: string | undefined, line: string, file: string, missingFolders = 0): string {
  if (text === undefined)
    return formatBlock({ note: formatCreatedNote(missingFolders), lineBreak: '\n' }, line)
  const block = findBlock(text, file)
  if (block) {
    const unended = text.endsWith('\n') || block.end < text.length ? '' : block.lineBreak
    const replacement = formatBlock(block, line)
    const whole = unended === '' ? replacement : replacement.slice(0, -unended.length)
    return text.slice(0, block.start) + whole + text.slice(block.end)
  }
  const lineBreak = /\r\n[^\n]*$/.test(text) ? '\r\n' : '\n'
  const unfinished = text !== '' && !text.endsWith('\n')
  const block_ = formatBlock({ note: unfinished ? unfinishedNote : '', lineBreak }, line)
  return text + (unfinished ? lineBreak : '') + block_
}

/** The rc text without our block; undefined when the file was ours alone and is to be deleted. */
export function removeBlock(text: string, file: string): string | undefined {
  const block = findBlock(text, file)
  if (!block) return text
  const before = text.slice(0, block.start)
  const after = text.slice(block.end)
  if (createdNote.test(block.note) && (before + after).trim() === '') return undefined
  const restores = block.note === unfinishedNote && after === '' && before.endsWith(block.lineBreak)
  return restores ? before.slice(0, -block.lineBreak.length) : before + after
}

/** How many folders above it were created with the file that holds this text. */
export function countCreatedFolders(text: string, file: string): number {
  const [, count] = createdNote.exec(findBlock(text, file)?.note ?? '') ?? []
  return Number(count ?? 0)
}

function formatCreatedNote(folders: number): string {
  const what = folders === 0 ? 'file' : `file and ${folders} ${folders === 1 ? 'folder' : 'folders'}`
  return `(${what} created by assume setup)`
}

/** The line of our block; undefined where there is none. */
export function readBlockLine(text: string, file: string): string | undefined {
  const block = findBlock(text, file)
  return block && text.slice(block.start, block.end).split(/\r?\n/)[1]
}

/** The rc text in which every line of our block is empty: for looking at what the user wrote. */
export function blankBlock(text: string, file: string): string {
  const block = findBlock(text, file)
  if (!block) return text
  const inside = text.slice(block.start, block.end).replace(/[^\n]+/g, '')
  return text.slice(0, block.start) + inside + text.slice(block.end)
}

/** In a CRLF file a comment sign keeps the carriage return out of the command: `fi\r` would be a syntax error. */
function formatBlock({ note, lineBreak }: Pick<Block, 'note' | 'lineBreak'>, line: string): string {
  const command = lineBreak === '\r\n' ? `${line} #` : line
  return [`${blockBegin} ${note}`.trimEnd(), command, blockEnd, ''].join(lineBreak)
}

function findBlock(text: string, file: string): Block | undefined {
  let found: Block | undefined
  let open: (Block & { readonly number: number }) | undefined
  let offset = text.startsWith('\ufeff') ? 1 : 0
  for (const [index, raw] of text.slice(offset).split('\n').entries()) {
    const line = raw.replace(/\r$/, '')
    const next = Math.min(offset + raw.length + 1, text.length)
    const opening = beginLine.exec(line)
    if (opening) {
      if (open) throw broken(file, open.number, `"${blockBegin}" has no "${blockEnd}" after it`)
      if (found) throw broken(file, index + 1, `a second "${blockBegin}"`)
      const lineBreak = raw.endsWith('\r') ? '\r\n' : '\n'
      open = { start: offset, end: next, note: opening[1] ?? '', lineBreak, number: index + 1 }
    } else if (endLine.test(line)) {
      if (!open) throw broken(file, index + 1, `"${blockEnd}" has no "${blockBegin}" before it`)
      found = { start: open.start, end: next, note: open.note, lineBreak: open.lineBreak }
      open = undefined
    }
    offset = next
  }
  if (open) throw broken(file, open.number, `"${blockBegin}" has no "${blockEnd}" after it`)
  return found
}

function broken(file: string, line: number, what: string): AssumeError {
  return new AssumeError('broken-block', `${file}:${line}: ${what}`, {
    hint: `take the marker lines and what assume wrote between them out of ${file}, then repeat`,
  })
}
