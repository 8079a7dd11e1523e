import { basename } from 'node:path'
import { isCurrentContract } from '../../emit/contract.ts'
import type { ShellName } from '../../emit/shell.ts'
import { AssumeError } from '../../errors.ts'
import { hasBlock } from '../../setup/block.ts'
import { describeCompinit } from '../../setup/compinit.ts'
import { formatLoad, listLoadLines } from '../../setup/load-line.ts'
import { pathsOf, planSetup } from '../../setup/plan.ts'
import { printable } from '../../text/redact.ts'
import type { Hint } from '../../text/words.ts'
import { formatProgram } from '../advice.ts'
import type { Facts, LoadedFunction, ShellFacts } from '../facts.ts'
import type { SetUpFinding } from '../finding.ts'
import { checkHidden } from './hidden-function.ts'
import { findLoadingLine } from './loading-line.ts'

/** Whether the shells load the function, this version of it, and nothing hides it. */
export function checkShells(facts: Facts): SetUpFinding[] {
  return [...checkLoaded(facts), ...facts.shells.flatMap((shell) => checkShell(shell, facts))]
}

const programs: Readonly<Record<ShellName, string>> = {
  bash: 'bash',
  zsh: 'zsh',
  fish: 'fish',
  powershell: 'pwsh',
}

function checkLoaded({ loaded, isOutdated, userShell, shells }: Facts): SetUpFinding[] {
  if (isOutdated || (loaded && !isCurrentContract(loaded.contract))) {
    return [
      {
        level: 'warning',
        seen: 'this shell has loaded the function of another version of assume',
        why: 'every switch asks the core first, which takes a while, and what is new is not there',
        mend: `exec ${programs[userShell]}`,
      },
    ]
  }
  const own = shells.find(({ isUsers }) => isUsers)
  if (!loaded) {
    if (!own?.hasFile || !isSetUp(own)) return []
    return [
      {
        level: 'info',
        seen: 'the function of the shell has not called: this is a script, or a shell without it',
        why: 'a program cannot change the shell that starts it, so here assume NAME switches nothing',
        mend: formatLoad(userShell, own.task.quotedFile),
      },
    ]
  }
  if (!own || !loaded.isInteractive) return []
  return [...checkCompletion(own, loaded), ...checkPrompt(own, loaded)]
}

function checkCompletion({ task, texts }: ShellFacts, { hasCompletion }: LoadedFunction): SetUpFinding[] {
  if (task.shell !== 'zsh' || hasCompletion) return []
  if (!describeCompinit([...texts.values()].map((text) => text ?? '')).includes('no compinit')) return []
  return [
    {
      level: 'info',
      seen: 'nothing has run compinit in this zsh',
      why: 'the first TAB behind assume runs it, which takes longer than the others',
      mend: (quote) => `echo 'autoload -Uz compinit && compinit' >> ${quote(task.own[0] ?? '.zshrc')}`,
    },
  ]
}

function checkPrompt({ task, texts }: ShellFacts, { placesPrompt }: LoadedFunction): SetUpFinding[] {
  const isAsked = task.own.some((path) =>
    /__assume_place_prompt|Enable-AssumePrompt/.test(texts.get(path) ?? ''),
  )
  if (!isAsked || placesPrompt) return []
  return [
    {
      level: 'info',
      seen: `the prompt of this ${task.shell} does not show the profile, and the block asks for it`,
      why: 'what builds the prompt behind the block takes its place: the block is to be the last of the file',
    },
  ]
}

function checkShell(shell: ShellFacts, facts: Facts): SetUpFinding[] {
  const { task } = shell
  const name = task.shell
  try {
    const isActive = facts.loaded !== undefined && facts.userShell === name
    return [
      ...checkUnreadable(shell),
      ...checkBlock(shell, facts, isActive),
      ...checkHidden(shell, isActive, isActive ? formatSetup(shell) : formatSetupByPath(shell, facts)),
    ]
  } catch (error) {
    if (!(error instanceof AssumeError)) throw error
    return [
      { level: 'error', seen: error.message, why: `${name} may load nothing of assume`, mend: error.advice },
    ]
  }
}

function checkUnreadable({ task, unreadable }: ShellFacts): SetUpFinding[] {
  return unreadable.map(({ message, hint }) => ({
    level: 'error',
    seen: message,
    why: `what loads assume into ${task.shell} may stand there`,
    mend: hint,
  }))
}

/** The command that writes the block anew. */
function formatSetup({ task }: ShellFacts): Hint {
  return `assume setup --shell ${task.shell}`
}

/** The same where the word assume means something else, or nothing. */
function formatSetupByPath({ task }: ShellFacts, facts: Facts): Hint {
  return (quote) => `${formatProgram(facts, quote)} setup --shell ${task.shell}`
}

function checkBlock(shell: ShellFacts, facts: Facts, isActive: boolean): SetUpFinding[] {
  const { task, texts, isUsers } = shell
  const mend = formatSetup(shell)
  if (!isSetUp(shell)) {
    if (isActive || shell.unreadable.length > 0) return []
    const name = task.shell
    return [
      {
        level: isUsers ? 'error' : 'info',
        seen: `no start-up file of ${name} loads assume`,
        why: isUsers
          ? 'assume NAME cannot switch a shell without its function'
          : 'assume NAME switches nothing there',
        mend,
      },
    ]
  }
  return [
    ...task.own.concat(task.login).flatMap((path) => checkLines(path, texts.get(path) ?? '', shell, facts)),
    ...findMissing(shell).map(
      (path): SetUpFinding => ({
        level: 'warning',
        seen: `${printable(path)} ${texts.get(path) === undefined ? 'is not there, and so does' : 'does'} not load assume`,
        why: task.login.includes(path)
          ? `login shells of ${task.shell} read it in the place of .bashrc: tmux, ssh and terminals of macOS start such`
          : `shells of ${task.shell} that read it have no function`,
        mend,
      }),
    ),
  ]
}

/** The file that the block of a text loads, and whether that is the one of this installation. */
function checkLines(path: string, text: string, shell: ShellFacts, facts: Facts): SetUpFinding[] {
  const { task } = shell
  if (!hasBlock(text, path) || findLoadingLine(text) < 0) return []
  const isCurrent = listLoadLines(task.shell, task.quotedFile).some((line) => text.includes(line))
  if (isCurrent) return shell.hasFile ? [] : [describeLostFile(path, task.shell)]
  const file = findLoadedFile(text)
  const loaded = file === undefined ? 'absent' : facts.loadedFiles.get(file)
  if (loaded === 'ours') return []
  const isThere = file !== undefined && loaded === 'other'
  return [
    {
      level: isThere ? 'warning' : 'error',
      seen: isThere
        ? `the block in ${printable(path)} loads another assume: ${printable(file)}`
        : `the block in ${printable(path)} loads a file that is not there`,
      why: isThere
        ? 'the function of the shell and this program may be of different versions'
        : `new shells of ${task.shell} have no function, so assume NAME switches nothing`,
      mend: formatSetup(shell),
    },
  ]
}

function describeLostFile(path: string, shell: ShellName): SetUpFinding {
  return {
    level: 'error',
    seen: `the block in ${printable(path)} loads a file of this installation that is not there`,
    why: `new shells of ${shell} have no function until assume is installed again, as by install.sh of a clone`,
  }
}

/** What stands as a path in the line of a block; undefined where it has another form. */
export function findLoadedFile(text: string): string | undefined {
  const [, block = ''] = /# >>> assume >>>[^\n]*\n([^\n]*)/.exec(text) ?? []
  return /(?:\[ -r |test -r |-LiteralPath )(.*?)(?: \]; then|; source|\) \{ Import)/.exec(block)?.[1]
}

/**
 * Where a block would stand after `assume setup`, and none does. A shell that has others files needs no new one, but bash:
 * what is no login shell reads `.bashrc` alone.
 */
function findMissing({ task, texts, readers }: ShellFacts): string[] {
  const { edits } = planSetup([task], texts, { placesPrompt: false, takesAliases: false })
  return edits
    .filter(({ path, before }) =>
      before === undefined
        ? task.shell === 'bash' && task.own.includes(path)
        : findLoadingLine(before) < 0 && !readers.has(path),
    )
    .map(({ path }) => path)
}

function isSetUp({ task, texts, readers }: ShellFacts): boolean {
  const read = (path: string) => texts.get(path) ?? ''
  // With ZDOTDIR zsh reads the one in the home folder only if another file tells it to.
  const isRead = (path: string) =>
    basename(path) !== '.zshrc' ||
    task.own.includes(path) ||
    task.own.some((own) => read(own).includes('.zshrc'))
  return pathsOf(task).some((path) => isRead(path) && (findLoadingLine(read(path)) >= 0 || readers.has(path)))
}
