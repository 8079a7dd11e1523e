import { dirname, join } from 'node:path'

/** A line that says how to read a file, and reads none: an alias, a function on one line, a text to show. */
const speaksOnly = /^(?:alias|function|echo|printf)\b|^[\w-]+[ \t]*\(\)/
/** The command that reads a file, and the file. */
const readCommand = /(?:^|[\s;&|({])\\?(?:source|\.)[ \t]+([^\s;&|)]+)/g
/** How a start-up file spells a file of the home folder, in which a login shell starts. */
const inHome = /^(?:~\/|\$HOME\/|\$\{HOME\}\/|\.\/)?(\.\w+)$/

/**
 * Whether the code of a login file (`~/.bash_profile`) reads `~/.bashrc`, by itself or by way of other files of `texts`.
 * Where that cannot be told it does not: a shell that loads assume twice is none the worse for it.
 */
export function readsBashrc(path: string, texts: ReadonlyMap<string, string | undefined>): boolean {
  const home = dirname(path)
  const ways = new Set([path])
  for (const way of ways) {
    for (const name of listReadFiles(texts.get(way) ?? '', home)) {
      if (name === '.bashrc') return true
      ways.add(join(home, name))
    }
  }
  return false
}

/** The names of the files of the home folder that an rc text reads. */
function listReadFiles(text: string, home: string): string[] {
  const lines = text.split('\n').map((line) => line.trim().replace(/(?:^|\s)#.*/, ''))
  return lines
    .filter((line) => !speaksOnly.test(line))
    .flatMap((line) => [...line.matchAll(readCommand)])
    .flatMap(([, word = '']) => {
      const plain = word.replace(/["']/g, '')
      const [, name] = inHome.exec(plain.startsWith(`${home}/`) ? plain.slice(home.length + 1) : plain) ?? []
      return name === undefined ? [] : [name]
    })
}

/**
 * Which of bash's login files, given in the order in which bash looks for them, a login shell reads: the first
 * that exists. When there is none, the first is the one to create: a later one would stay hidden behind it.
 */
export function chooseLoginFile(
  paths: readonly string[],
  exists: (path: string) => boolean,
): string | undefined {
  return paths.find(exists) ?? paths[0]
}
