import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { Arguments } from '../cli/parse.ts'
import type { Context, Environment, Outcome, ProgramEnd } from '../context.ts'
import { quoteFish, quotePosix, quotePowerShell } from '../emit/quote.ts'
import { printable } from '../redact.ts'
import { sandboxConfig, sandboxEnvironment } from '../sandbox/config.ts'
import { startSandbox } from '../sandbox/sandbox.ts'
import { formatGuardLine } from '../setup/guard-line.ts'

const hint = `
A local Identity Center runs here, and this home folder is thrown away when you leave it: exit
  assume dev-p<TAB>   logs in and switches; the login page has an Allow button
  assume list         assume -         assume --unset         assume --help
`

/** `assume sandbox [-- CMD]`: a local Identity Center and a throw-away home, for as long as a shell or CMD runs. */
export async function run({ positionals, flags }: Arguments, context: Context): Promise<Outcome> {
  const asks = flags['approve'] !== true && context.terminal.stdinIsTerminal
  const sandbox = await startSandbox({ answer: asks ? 'ask' : 'allow' })
  const home = join(tmpdir(), `assume-sandbox-${randomBytes(6).toString('hex')}`)
  try {
    furnish(context, home, sandboxConfig(sandbox.url))
    const env = createEnvironment(context, home, sandbox.url)
    const shell = context.env['SHELL'] || '/bin/sh'
    const [program = shell, ...args] =
      positionals.length > 0 ? positionals : [shell, ...interactiveWords(shell)]
    if (positionals.length === 0) context.notify(hint.trim())
    return describeEnd(program, await context.run(program, args, env))
  } finally {
    await sandbox.close()
    context.files.remove(home)
  }
}

/** Writes the AWS config file, and for each shell the start-up file that loads assume. */
function furnish({ files, installation }: Context, home: string, config: string): void {
  const at = (name: string) => join(installation, 'shell', name)
  const prompt = { placesPrompt: true }
  const contents: Readonly<Record<string, string>> = {
    '.aws/config': config,
    '.bashrc': formatGuardLine('bash', quotePosix(at('bash/assume.bash')), prompt),
    '.zshrc': `autoload -Uz compinit && compinit -i\n${formatGuardLine('zsh', quotePosix(at('zsh/assume.plugin.zsh')), prompt)}`,
    '.config/fish/conf.d/assume.fish': formatGuardLine(
      'fish',
      quoteFish(at('fish/conf.d/assume.fish')),
      prompt,
    ),
    '.config/powershell/profile.ps1': formatGuardLine(
      'powershell',
      quotePowerShell(at('powershell/Assume/Assume.psd1')),
      prompt,
    ),
  }
  for (const [name, text] of Object.entries(contents)) {
    files.makeDirectory(dirname(join(home, name)), 0o700)
    files.create(join(home, name), Buffer.from(`${text.trimEnd()}\n`), 0o600)
  }
}

/** The user's environment without what leads to the real home, with what leads older AWS CLIs to the sandbox. */
function createEnvironment(
  { env, installation }: Context,
  home: string,
  url: string,
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
