import { splitRcLines } from '../../setup/alias.ts'
import { blockBegin, blockEnd } from '../../setup/block.ts'

/** What people, plugin managers and Nix write to load assume. */
const byHand = /\/assume\.(?:bash|plugin\.zsh|fish)\b|Import-Module\b.*\bAssume\b|\bassume-cli\b|__assume_/

/** The index of the first line of a start-up file that loads assume, in the block of setup or by hand; -1 where none does. */
export function findLoadingLine(text: string): number {
  const plugins = findPluginList(text)
  let isInBlock = false
  const line = splitRcLines(text).findIndex((each) => {
    if (each.includes(blockBegin)) isInBlock = true
    else if (each.includes(blockEnd)) isInBlock = false
    return !/^[ \t]*(?:#|$)/.test(each) && (isInBlock || byHand.test(each))
  })
  return line < 0 || (plugins >= 0 && plugins < line) ? plugins : line
}

/** Where the list of plugins of oh-my-zsh begins that has assume in it. */
function findPluginList(text: string): number {
  const code = text.replace(/(^|\s)#.*$/gm, '$1')
  const lists = [...code.matchAll(/^[ \t]*plugins\+?=\(([^)]*)/gm)]
  const list = lists.find(([, names = '']) => names.split(/\s+/).includes('assume'))
  return list ? code.slice(0, list.index).split('\n').length - 1 : -1
}
