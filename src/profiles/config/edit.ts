import { endingOf } from '../../text/line.ts'
import { printable } from '../../text/redact.ts'
import {
  appendProperty,
  type Block,
  clearSection,
  endLastLine,
  formatProperty,
  isBlankLine,
  moveHeaderOut,
  readBlock,
  removeProperty,
  replaceValue,
} from './block.ts'
import { checkKey, checkSection, checkValue, refuseEdit, type SectionName } from './constraint.ts'
import { type ConfigProperty, type ConfigSection, parseDocument } from './document.ts'
import { type FileKind, formatHeader } from './header.ts'
import { isProfileDefault } from './merge.ts'

/** A change of a file. Keys are taken without regard to case. Removing what is not there changes nothing. */
export type ConfigEdit =
  | { readonly op: 'set'; readonly section: SectionName; readonly key: string; readonly value: string }
  | { readonly op: 'remove'; readonly section: SectionName; readonly key: string }
  | { readonly op: 'remove-section'; readonly section: SectionName }
  | {
      readonly op: 'add-section'
      readonly section: SectionName
      readonly properties: readonly (readonly [key: string, value: string])[]
    }

interface Draft {
  readonly kind: FileKind
  readonly ending: string
  readonly blocks: Block[]
  /** The blocks of each section, by `nameOf`, in the order of the file. */
  readonly named: Map<string, Block[]>
}

/**
 * The text of a file after the edits, in their order. Every line that an edit does not concern stays as it is, to the byte.
 * `set` changes the occurrence of a key that counts, or adds the key, or the section; `remove` takes all occurrences.
 * @throws AssumeError invalid-edit where the result would not be read as it is meant; a section that is added exists
 */
export function editDocument(text: string, kind: FileKind, edits: readonly ConfigEdit[]): string {
  const draft = openDraft(text, kind)
  for (const edit of edits) applyEdit(draft, edit)
  return draft.blocks.map((block) => block.lines.join('')).join('')
}

function openDraft(text: string, kind: FileKind): Draft {
  const { lines, sections } = parseDocument(text, kind)
  const ending = endingOf(lines.find((line) => endingOf(line) !== '') ?? '\n')
  const draft: Draft = { kind, ending, blocks: [], named: new Map() }
  let next = 0
  for (const section of sections) {
    draft.blocks.push({ lines: lines.slice(next, section.line - 1) })
    addBlock(draft, section, lines.slice(section.line - 1, section.lastLine))
    next = section.lastLine
  }
  draft.blocks.push({ lines: lines.slice(next) })
  return draft
}

function applyEdit(draft: Draft, edit: ConfigEdit): void {
  const { section } = edit
  switch (edit.op) {
    case 'set':
      setProperty(draft, section, edit.key, edit.value)
      break
    case 'remove':
      removeKey(draft, section, edit.key)
      break
    case 'remove-section':
      removeSection(draft, section)
      break
    case 'add-section':
      addSection(draft, section, edit.properties)
      break
  }
}

function setProperty(draft: Draft, section: SectionName, key: string, value: string): void {
  checkKey(key)
  checkValue(key, value)
  const lowerKey = key.toLowerCase()
  const winners = readWinners(draft, section)
  const holder = winners.findLast((winner) => findLastProperty(winner.section, lowerKey) !== undefined)
  const last = winners.at(-1)
  if (holder !== undefined) {
    replaceValue(holder.block, findLastProperty(holder.section, lowerKey) as ConfigProperty, value)
  } else if (last !== undefined) {
    const next = findNext(draft, last.block)?.lines[0]
    appendProperty(last.block, formatProperty(lowerKey, value), draft.ending, draft.kind, next)
  } else {
    addSection(draft, section, [[key, value]])
  }
}

/** The blocks whose properties count: all of the name, or those of `[profile default]` alone. */
function readWinners(draft: Draft, section: SectionName): { block: Block; section: ConfigSection }[] {
  const blocks = draft.named.get(nameOf(section)) ?? []
  const all = blocks.map((block) => ({ block, section: readBlock(block, draft.kind) }))
  const defaults = all.filter((each) => isProfileDefault(each.section))
  return defaults.length > 0 ? defaults : all
}

function findLastProperty(section: ConfigSection, key: string): ConfigProperty | undefined {
  return section.properties.findLast((property) => property.key === key)
}

function removeKey(draft: Draft, section: SectionName, key: string): void {
  const lowerKey = key.toLowerCase()
  for (const block of draft.named.get(nameOf(section)) ?? []) {
    const properties = readBlock(block, draft.kind).properties.filter((property) => property.key === lowerKey)
    for (const property of properties.toReversed()) removeProperty(block, property)
  }
}

function removeSection(draft: Draft, section: SectionName): void {
  for (const block of draft.named.get(nameOf(section)) ?? []) {
    clearSection(block)
    const next = findNext(draft, block)
    if (next !== undefined) moveHeaderOut(next)
    if (block.lines.length === 0) trimEnd(draft, block)
  }
  draft.named.delete(nameOf(section))
}

function addSection(
  draft: Draft,
  section: SectionName,
  properties: readonly (readonly [key: string, value: string])[],
): void {
  checkSection(section, draft.kind)
  if (draft.named.has(nameOf(section)))
    refuseEdit(`The file has the ${section.type} "${printable(section.name)}" already`)
  const keys = new Set<string>()
  const lines = [formatHeader(section.type, section.name, draft.kind)]
  for (const [key, value] of properties) {
    checkKey(key)
    checkValue(key, value)
    if (keys.has(key.toLowerCase())) refuseEdit(`The key ${key} is given twice`)
    keys.add(key.toLowerCase())
    lines.push(formatProperty(key.toLowerCase(), value))
  }
  const last = draft.blocks.findLast((block) => block.lines.length > 0)
  if (last !== undefined) {
    const isSeparate = isBlankLine(last.lines.at(-1) as string)
    last.lines = endLastLine(last.lines, draft.ending)
    if (!isSeparate) lines.unshift('')
  }
  addBlock(
    draft,
    section,
    lines.map((line) => line + draft.ending),
  )
}

/** The lines behind those of a section: a header comes first. */
function findNext(draft: Draft, block: Block): Block | undefined {
  const { blocks } = draft
  for (let index = blocks.indexOf(block) + 1; index < blocks.length; index++) {
    // A copy of what is behind would take time by the square of the sections.
    if ((blocks[index] as Block).lines.length > 0) return blocks[index]
  }
  return undefined
}

/** Where the file now ends before `cleared`, takes away the blank line that stood in front of it. */
function trimEnd(draft: Draft, cleared: Block): void {
  let isLast = false
  while (draft.blocks.at(-1)?.lines.length === 0) isLast = draft.blocks.pop() === cleared || isLast
  const last = draft.blocks.at(-1)
  if (isLast && last !== undefined && isBlankLine(last.lines.at(-1) as string))
    last.lines = last.lines.slice(0, -1)
}

function addBlock(draft: Draft, section: SectionName, lines: readonly string[]): void {
  const block: Block = { lines }
  draft.blocks.push(block)
  const blocks = draft.named.get(nameOf(section))
  if (blocks === undefined) draft.named.set(nameOf(section), [block])
  else blocks.push(block)
}

function nameOf({ type, name }: SectionName): string {
  return `${type} ${name}`
}
