import { basename } from 'node:path'
import type { ShellName } from '../../emit/shell.ts'
import { findAliases, findAliasesWithin, findCode, splitRcLines } from '../../setup/alias.ts'
import { blankBlock } from '../../setup/block.ts'
import { findFunctionsAside } from '../../setup/function.ts'
import { pathsOf } from '../../setup/plan.ts'
import { printable } from '../../text/redact.ts'
import type { Hint } from '../../text/words.ts'
import type { ShellFacts } from '../facts.ts'
import type { SetUpFinding } from '../finding.ts'
import { findLoadingLine } from './loading-line.ts'

/** What a command can stand behind in a line. */
const start = String.raw`(?:^|[;&|({]|\b(?:then|do|else|and|or|builtin)\s)\s*`
const after = String.raw`(?=[\s;&|)}]|$)`
/** The names that a command lists before the one that is looked for. */
const others = String.raw`(?:[^\s;&|#]+\s+)*?`
const removal = new RegExp(`${start}(?:unset\\s+-f|unfunction)\\s+${others}assume${after}`)
/** What takes the function away, with nothing in its place. */
const removals: Readonly<Record<ShellName, RegExp>> = {
  bash: removal,
  zsh: removal,
  fish: new RegExp(`${start}functions\\s+(?:-e|--erase)\\s+${others}assume${after}`),
  powershell: new RegExp(`${start}(?:Remove-Item|ri|rm|del)\\s[^;|]*\\bfunction:[\\\\/]?assume\\b(?!-)`, 'i'),
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
    const lines = splitRcLines(blankBlock(text, path))
    const nameAlias = (line: number) =>
      /\babbr\b/.test(lines[line - 1] ?? '') ? 'defines an abbreviation' : 'defines an alias'
    return [
      ...findAliases(text, path).flatMap((line) => describe(line, 'defines an alias', setup)),
      ...findAliasesWithin(text, path).flatMap((line) => describe(line, nameAlias(line), edit(line))),
      ...findFunctionsAside(text, path).flatMap(({ first }) =>
        describe(first, 'defines a function', edit(first)),
      ),
      ...findCode(lines, removals[name]).flatMap((line) =>
        describe(line, 'removes the function', edit(line)),
      ),
    ]
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
