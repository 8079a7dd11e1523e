import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { describeSurroundings, isFarFromBrowser } from '../browser/surroundings.ts'
import type { Arguments } from '../cli/parse.ts'
import type { Context, Environment, Outcome } from '../context.ts'
import { quoteFish, quotePosix, quotePowerShell } from '../emit/quote.ts'
import { findLoginShell } from '../emit/shell.ts'
import type { ProgramEnd } from '../program-ports.ts'
import { formatBanner } from '../sandbox/banner.ts'
import { sandboxConfig, sandboxCredentials, sandboxEnvironment } from '../sandbox/config.ts'
import { removeForGood, tryRemoval } from '../sandbox/removal.ts'
import { startSandbox } from '../sandbox/sandbox.ts'
import { formatStartUpFiles, otherPrompt, settingsWithoutPage } from '../sandbox/start-up.ts'
import { formatLoadLine } from '../setup/load-line.ts'
import { describeFailure } from '../system/files/atomic-write.ts'
import { printable } from '../text/redact.ts'
import { quoteAnywhere } from '../text/words.ts'

/** `assume sandbox [-- CMD]`: a local Identity Center and a throw-away home, for as long as a shell or CMD runs. */
export async function run({ positionals, flags }: Arguments, context: Context): Promise<Outcome> {
  const { files, cleanups } = context
  // Nobody can open a page of this machine in a browser of another one.
  const isFar = isFarFromBrowser(describeSurroundings(context))
  const approves = flags['approve'] === true
  const asks = !approves && context.terminal.stdinIsTerminal && !isFar
  const sandbox = await startSandbox({ answer: asks ? 'ask' : 'allow', requestsPerSecond: 20 })
  const home = join(tmpdir(), `assume-sandbox-${randomBytes(6).toString('hex')}`)
  const remove = () => tryRemoval(files, home)
  cleanups.add(remove)
  try {
    furnish(context, home, { config: sandboxConfig(sandbox.url), asks })
    const shell = findLoginShell(context.env)
    const env = createEnvironment(context, home, { url: sandbox.url, shell })
    const [program = shell, ...args] =
      positionals.length > 0 ? positionals : [shell, ...interactiveWords(shell)]
    const login = asks ? 'page' : approves ? 'at once' : 'code'
    if (positionals.length === 0) context.notify(formatBanner(login, context.terminal.stdoutColumns))
    return describeEnd(program, await context.run(program, args, env))
  } finally {
    await sandbox.close()
    await removeHome(context, home)
    cleanups.delete(remove)
  }
}

async function removeHome({ files, notify }: Context, home: string): Promise<void> {
  const onWait = () => notify(`waiting for a program that still writes to ${home}`)
  const removal = await removeForGood(files, home, onWait)
  const command = `rm -rf ${quoteAnywhere(home)}`
  if (removal === 'written-to') notify(`a program still writes to ${home}; when it has ended: ${command}`)
  if (removal === 'refused') notify(`not all of ${home} may be removed by you; whoever may: ${command}`)
}

/** Writes the files of AWS and of assume, and for each shell the start-up file that loads assume. */
function furnish(
  { files, installation }: Context,
  home: string,
  { config, asks }: { config: string; asks: boolean },
): void {
  const at = (name: string) => join(installation, 'shell', name)
  const all = { placesPrompt: true, watchesDirectories: true }
  const contents: Readonly<Record<string, string>> = {
    ...formatStartUpFiles({
      bash: formatLoadLine('bash', quotePosix(at('bash/assume.bash')), all),
      zsh: formatLoadLine('zsh', quotePosix(at('zsh/assume.plugin.zsh')), all),
      fish: formatLoadLine('fish', quoteFish(at('fish/conf.d/assume.fish')), all),
      powershell: formatLoadLine('powershell', quotePowerShell(at('powershell/Assume/Assume.psd1')), all),
    }),
    '.aws/config': config,
    '.aws/credentials': sandboxCredentials(),
    ...(!asks && { '.config/assume/config': settingsWithoutPage }),
  }
  try {
    files.makeDirectory(join(home, '.run'), 0o700)
    for (const [name, text] of Object.entries(contents)) {
      files.makeDirectory(dirname(join(home, name)), 0o700)
      files.create(join(home, name), Buffer.from(text), 0o600)
    }
  } catch (cause) {
    throw describeFailure(home, cause, 'create')
  }
}

/** The user's environment without what leads to the real home, with what leads older AWS CLIs to the sandbox. */
function createEnvironment(
  { env, installation }: Context,
  home: string,
  { url, shell }: { url: string; shell: string },
): Record<string, string> {
  const foreign = /^(AWS_|ASSUME_|XDG_|ZDOTDIR$|BASH_ENV$|ENV$|HOME$)/
  const kept = Object.entries(env).flatMap(([name, value]) =>
    value === undefined || foreign.test(name) ? [] : [[name, value] as const],
  )
  return {
    ...Object.fromEntries(kept),
    ...sandboxEnvironment(url),
    // Nothing in here is to ask the machine that it runs on for keys.
    AWS_EC2_METADATA_DISABLED: 'true',
    HOME: home,
    NO_PROXY: '127.0.0.1',
    no_proxy: '127.0.0.1',
    PATH: `${join(installation, 'bin')}:${pathOf(env)}`,
    // Without it fish has a folder of its own beside the home, and leaves it there.
    XDG_RUNTIME_DIR: join(home, '.run'),
    ...(!/^(bash|zsh|fish|pwsh)/.test(basename(shell)) && { PS1: otherPrompt }),
  }
}

function pathOf(env: Environment): string {
  return env['PATH'] ?? '/usr/bin:/bin'
}

function interactiveWords(shell: string): string[] {
  return basename(shell).startsWith('pwsh') ? ['-NoLogo'] : ['-i']
}

function describeEnd(program: string, end: ProgramEnd): Outcome {
  if ('status' in end) return { exitStatus: end.status }
  if ('signal' in end) return { exitStatus: end.signal }
  return {
    notices: [`${printable(program)} cannot be started`],
    exitStatus: end.failure === 'not-found' ? 127 : 126,
  }
}
