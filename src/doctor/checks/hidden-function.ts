import { basename } from 'node:path'
import type { ShellName } from '../../emit/shell.ts'
import { findAliases, findQuoted } from '../../setup/alias.ts'
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
    const describe = (line: number, what: string): SetUpFinding[] => {
      const isBehind = isReadBehind(line)
      if (isBehind === false) return []
      return [
        {
          level: isBehind && !isActive ? 'error' : 'warning',
          seen: `${printable(path)} line ${line} defines ${what} assume`,
          why: `it hides the function in ${isActive ? 'new shells of ' : ''}${name}${isBehind ? '' : ', where it is read behind ours'}: something else is called in its place`,
          mend:
            what === 'an alias' && !ofFramework.includes(path)
              ? setup
              : (quote) => `vi +${line} ${quote(path)}`,
        },
      ]
    }
    const lines = blankBlock(text, path).split('\n')
    const quoted = findQuoted(lines)
    return [
      ...findAliases(text, path).flatMap((line) => describe(line, 'an alias')),
      ...lines.flatMap((line, at) =>
        functionLines[name].test(line) && !quoted.has(at) ? describe(at + 1, 'a function') : [],
      ),
    ]
  })
}

/** Tells of a line of a file whether the shell reads it behind ours; undefined where that cannot be told. */
function findOrder(
  { task, texts, ofFramework }: ShellFacts,
  path: string,
): (line: number) => boolean | undefined {
  const holder = pathsOf(task).find((each) => findLoadingLine(texts.get(each) ?? '') >= 0)
  if (holder === undefined) return () => undefined
  const text = texts.get(holder) ?? ''
  const ours = findLoadingLine(text)
  if (path === holder) return (line) => line - 1 > ours
  const name = basename(path)
  if (task.shell === 'fish') return () => name > basename(holder)
  if (task.shell === 'powershell' || name === '.zlogin') return () => true
  if (name === '.zshenv' || name === '.zprofile') return () => false
  const word = ofFramework.includes(path) ? 'oh-my-zsh.sh' : name
  const reader = text.split('\n').findLastIndex((each) => each.includes(word) && !/^[ \t]*#/.test(each))
  return () => (reader < 0 ? undefined : reader > ours)
}
