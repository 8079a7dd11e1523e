import type { ShellName } from '../emit/shell.ts'

/** How a shell is told what to do before each prompt, and how that sets the prompt. */
interface Hooks {
  readonly name: string
  /** What runs before each prompt: text that runs, or that names functions. */
  readonly pattern: RegExp
  /** A function that runs without being named anywhere. */
  readonly callsItself?: string
  readonly assignment: RegExp
  /** The prompt as it was, within what it is set to. */
  readonly former: RegExp
  /** The statement that puts the segment in front of what was built. */
  readonly remedy: string
}

const word = String.raw`(?:'[^']*'|"(?:[^"\\]|\\[\s\S])*"|\\[\s\S]|\([^)]*\)|[^\s;&|"'()\\])+`

const hooks: Partial<Readonly<Record<ShellName, Hooks>>> = {
  bash: {
    name: 'PROMPT_COMMAND',
    pattern: new RegExp(String.raw`\b(?:PROMPT_COMMAND|precmd_functions)\+?=(${word})`, 'g'),
    assignment: /(?:^|[\s;&|({"'])PS1=([^\n]*)|\b__git_ps1[ \t]+["'\\]/gm,
    former: /\$\{?PS1\b/,
    remedy: `PS1="\\\${assume_prompt}$PS1"`,
  },
  zsh: {
    name: 'precmd',
    pattern: new RegExp(
      String.raw`\bprecmd_functions\+?=(${word})|\badd-zsh-hook[ \t]+(?:-\w+[ \t]+)*precmd[ \t]+(\S+)`,
      'g',
    ),
    callsItself: 'precmd',
    assignment: /(?:^|[\s;&|({"'])(?:PS1|PROMPT|prompt)=([^\n]*)|\b__git_ps1[ \t]+["'\\]/gm,
    former: /\$\{?(?:PS1|PROMPT|prompt)\b/,
    remedy: 'PROMPT="%9v$PROMPT"',
  },
}
const segment = /\bassume_prompt\b|__assume_place_prompt\b|%9v/

/**
 * What to tell somebody whose rc texts build the prompt anew before each prompt, where a segment that was placed once is
 * lost; undefined where nothing does, or where the segment is in what it builds.
 */
export function adviseOnBuilder(shell: ShellName, texts: readonly string[]): string | undefined {
  const hook = hooks[shell]
  if (!hook) return undefined
  const code = texts.map((text) => text.replace(/^[ \t]*#.*$/gm, '')).join('\n')
  const functions = findFunctions(code)
  const place = findBuilder(code, functions, hook)
  if (place === undefined) return undefined
  const where = place === '' || place === hook.name ? hook.name : `${place}, which ${hook.name} calls`
  return [
    `${shell}: ${hook.name} builds the prompt anew each time, so the profile will not show in it; to place it, put`,
    `  ${hook.remedy}`,
    `  at the end of ${where}`,
  ].join('\n')
}

/** The name of the function that builds the prompt; empty where the hook does it itself. */
function findBuilder(code: string, functions: ReadonlyMap<string, string>, hook: Hooks): string | undefined {
  const called = [...code.matchAll(hook.pattern)].map(([, one, other]) => one ?? other ?? '')
  if (called.some((text) => builds(text, hook))) return ''
  const names = new Set([...called, hook.callsItself ?? ''].flatMap((text) => listCalls(text, functions)))
  for (const name of names) {
    const body = functions.get(name) ?? ''
    if (builds(body, hook)) return name
    for (const other of listCalls(body, functions)) names.add(other)
  }
  return undefined
}

function builds(text: string, { assignment, former }: Hooks): boolean {
  if (segment.test(text)) return false
  return [...text.matchAll(assignment)].some(([, value = '']) => !former.test(value))
}

function listCalls(text: string, functions: ReadonlyMap<string, string>): string[] {
  return (text.match(/[\w-]+/g) ?? []).filter((name) => functions.has(name))
}

const opening =
  /^([ \t]*)(?:function[ \t]+([\w-]+)[ \t]*(?:\([ \t]*\))?|([\w-]+)[ \t]*\([ \t]*\))[ \t]*(\{.*)?$/

/** The functions that a text defines, by name: from their opening to the brace that is indented as that is. */
function findFunctions(code: string): Map<string, string> {
  const functions = new Map<string, string>()
  const lines = code.split('\n').map((line) => line.trimEnd())
  for (const [index, line] of lines.entries()) {
    const [, indentation = '', one, other, rest = ''] = opening.exec(line) ?? []
    const name = one ?? other
    if (name === undefined) continue
    const isWhole = /[\s;]\}[ \t;]*$/.test(rest)
    const end = lines.findIndex((each, at) => at > index && each.startsWith(`${indentation}}`))
    const body = isWhole || end < 0 ? [] : lines.slice(index + 1, end)
    functions.set(name, [rest, ...body].join('\n'))
  }
  return functions
}
