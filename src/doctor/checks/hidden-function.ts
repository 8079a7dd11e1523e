import { basename } from 'node:path'
import type { ShellName } from '../../emit/shell.ts'
import { findAliases, findQuoted, splitRcLines } from '../../setup/alias.ts'
import { blankBlock } from '../../setup/block.ts'
import { pathsOf } from '../../setup/plan.ts'
import { printable } from '../../text/redact.ts'
import type { Hint } from '../../text/words.ts'
import type { ShellFacts } from '../facts.ts'
import type { SetUpFinding } from '../finding.ts'
import { findLoadingLine } from './loading-line.ts'

const functionLines: Readonly<Record<ShellName, RegExp>> = {
  bash: /^[ \t]*(?:function[ \t]+assume\b(?!-)|assume[ \t]*\(\))/,
  zsh: /^[ \t]*(?:function[ \t]+assume\b(?!-)|assume[ \t]*\(\))/,
  fish: /^[ \t]*function[ \t]+assume\b(?!-)/,
  powershell: /^[ \t]*function[ \t]+(?:global:)?assume\b(?!-)/i,
}

/** Where a command can begin in a line. */
const start = String.raw`(?:^|[;&|({]|\b(?:then|do|else|and|or|builtin)\s)\s*`
const after = String.raw`(?=[\s;&|)}]|$)`
/** One of the names that a command lists before the one that is looked for. */
const others = String.raw`(?:(?:[^\s;&|#'"]|'[^']*'|"[^"]*")+\s+)*?`
const posixLines: readonly (readonly [string, RegExp])[] = [
  ['defines an alias', new RegExp(String.raw`${start}alias\s+${others}["']?assume=`)],
  ['removes the function', new RegExp(`${start}(?:unset\\s+-f|unfunction)\\s+${others}assume${after}`)],
]
/** What else hides the function, and setup leaves alone, with what it does. */
const hidingLines: Readonly<Record<ShellName, readonly (readonly [string, RegExp])[]>> = {
  bash: posixLines,
  zsh: posixLines,
  fish: [
    ['defines an alias', new RegExp(String.raw`${start}alias\s+${others}["']?assume[=\s]`)],
    [
      'defines an abbreviation',
      new RegExp(String.raw`${start}abbr\s+(?:-a|--add)\s+(?:-\S+\s+)*assume${after}`),
    ],
    [
      'removes the function',
      new RegExp(String.raw`${start}functions\s+(?:-e|--erase)\s+${others}assume${after}`),
    ],
  ],
  powershell: [
    [
      'defines an alias',
      new RegExp(String.raw`${start}(?:Set-Alias|New-Alias|sal|nal)\s+(?:-Name\s+)?["']?assume["']?\s`, 'i'),
    ],
    [
      'removes the function',
      new RegExp(String.raw`${start}(?:Remove-Item|ri|rm|del)\s[^;|]*\bfunction:[\\/]?assume\b(?!-)`, 'i'),
    ],
  ],
}

/**
 * Aliases and functions that take the place of ours, because a shell reads them behind it; ours undoes what comes before.
 * `isActive`: ours is what has called, so that it is only hidden in shells to come.
 */
export function checkHidden(shell: ShellFacts, isActive: boolean, setup: Hint): SetUpFinding[] {
  const { task, texts, ofFramework } = shell
  const name = task.shell
  return [...pathsOf(task), ...ofFramework].flatMap((path) => {
    const text = texts.get(path)
    if (text === undefined) return []
    const isReadBehind = findOrder(shell, path)
    const describe = (line: number, what: string, mend: Hint): SetUpFinding[] => {
      const isBehind = isReadBehind(line)
      if (isBehind === false) return []
      return [
        {
          level: isBehind && !isActive ? 'error' : 'warning',
          seen: `${printable(path)} line ${line} ${what} assume`,
          why: `it hides the function in ${isActive ? 'new shells of ' : ''}${name}${isBehind ? '' : ', where it is read behind ours'}: something else is called in its place`,
          mend,
        },
      ]
    }
    const edit =
      (line: number): Hint =>
      (quote) =>
        `vi +${line} ${quote(path)}`
    const lines = blankBlock(text, path).split('\n')
    const quoted = findQuoted(lines)
    const aliases = findAliases(text, path)
    return [
      ...aliases.flatMap((line) =>
        describe(line, 'defines an alias', ofFramework.includes(path) ? edit(line) : setup),
      ),
      ...lines.flatMap((line, at) =>
        functionLines[name].test(line) && !quoted.has(at)
          ? describe(at + 1, 'defines a function', edit(at + 1))
          : [],
      ),
      ...findHidingLines(name, text, path)
        .filter(([line]) => !aliases.includes(line))
        .flatMap(([line, what]) => describe(line, what, edit(line))),
    ]
  })
}

/** The numbers, from 1, of those lines outside our block, with what they do. */
function findHidingLines(shell: ShellName, text: string, path: string): (readonly [number, string])[] {
  const lines = splitRcLines(blankBlock(text, path))
  const quoted = findQuoted(lines)
  return lines.flatMap((line, index) => {
    if (quoted.has(index) || /^[ \t]*#/.test(line)) return []
    const [what] = hidingLines[shell].find(([, pattern]) => pattern.test(line)) ?? []
    return what === undefined ? [] : [[index + 1, what] as const]
  })
}

/** Tells of a line of a file whether the shell reads it behind ours; undefined where that cannot be told. */
function findOrder(
  { task, texts, ofFramework, readers }: ShellFacts,
  path: string,
): (line: number) => boolean | undefined {
  const read = (each: string) => texts.get(each) ?? ''
  const own = pathsOf(task).find((each) => findLoadingLine(read(each)) >= 0)
  const holder = own ?? [...readers.keys()][0]
  if (holder === undefined) return () => undefined
  const text = read(holder)
  const ours = own === undefined ? (readers.get(holder) ?? -1) : findLoadingLine(text)
  if (path === holder) return (line) => line - 1 > ours
  const name = basename(path)
  if (task.shell === 'fish') return () => name > basename(holder)
  if (task.shell === 'powershell' || name === '.zlogin') return () => true
  if (name === '.zshenv' || name === '.zprofile') return () => false
  const word = ofFramework.includes(path) ? 'oh-my-zsh.sh' : name
  const reader = text.split('\n').findLastIndex((each) => each.includes(word) && !/^[ \t]*#/.test(each))
  return () => (reader < 0 ? undefined : reader > ours)
}
