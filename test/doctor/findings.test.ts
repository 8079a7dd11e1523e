import {
  appendFileSync,
  chmodSync,
  chownSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
} from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import type { CheckName } from '../../src/cli/doctor-command.ts'
import { nameKeySession } from '../../src/credentials/role-file.ts'
import type { ToldFinding } from '../../src/doctor/examine.ts'
import type { Level } from '../../src/doctor/finding.ts'
import type { ShellName } from '../../src/emit/shell.ts'
import { sealKey } from '../../src/keys/key-file.ts'
import { locateKeyFile } from '../../src/keys/key-folder.ts'
import { placeBlock } from '../../src/setup/block.ts'
import { formatLoadLine } from '../../src/setup/load-line.ts'
import { nodeFiles } from '../../src/system/files/files.ts'
import {
  consultDoctor,
  createSoundHome,
  formatBlockLine,
  type Surroundings,
  soundConfig,
  startUpFiles,
  typeInBash,
  writeProgram,
} from '../support/doctor.ts'
import type { Home } from '../support/home.ts'
import { repository } from '../support/home.ts'
import { give, isRoot, otherGroup, otherUser } from '../support/other-user.ts'
import { runSetup } from '../support/setup-world.ts'

type Mending =
  /** The command is typed in bash. */
  | 'typed'
  /** It is that of setup. */
  | 'setup'
  /** What it needs is not here: its text is all that is looked at, and the home is mended by `mend`. */
  | 'text'
  /** There is none. */
  | 'none'

interface Case extends Surroundings {
  readonly title: string
  readonly check: CheckName
  readonly level: Level
  readonly seen: string | RegExp
  readonly mending: Mending
  readonly command?: string | RegExp
  readonly why?: RegExp
  readonly spoil: (home: Home) => void
  readonly mend?: (home: Home) => void
  /** What is otherwise afterwards, where that is no matter of the home. */
  readonly after?: Surroundings
  readonly isSkipped?: boolean
}

/** A user whose home belongs to root as far as nothing else is said. */
const jo = { id: 1000, groupId: 1000 }
const addProfile = (lines: string) => (home: Home) =>
  home.writeAws(`${soundConfig}\n[profile odd]\n${lines}\n`)
/** An installation with these files, which others can write. */
const openInstallation = (home: Home, names: readonly string[]) => {
  home.write('installed/package.json', '{"version":"1.0.0"}')
  for (const name of names) chmodSync(home.write(join('installed', name), '/bin/sh\n'), 0o666)
}
const restoreConfig = (home: Home) => home.writeAws(soundConfig)
/** In the form of a secret key. */
const secretKey = 'topsecret/K7MDENG+bPxRfiCYEXAMPLEKEYtops'
const line = (home: Home) => formatBlockLine(home, 'bash')
const inFuture = (home: Home, path: string, seconds: number) => {
  const time = Date.now() / 1000 + seconds
  utimesSync(join(home.path, path), time, time)
}
const locateStoredKey = (home: Home, name: string) =>
  locateKeyFile(join(home.path, '.config/assume/keys'), 'file', name)
/** As the file store leaves one; whoever looks at it has no passphrase. */
const writeStoredKey = (home: Home, name: string, days = 1) => {
  const key = {
    accessKeyId: 'AKIAEXAMPLE000000001',
    secretAccessKey: 'topsecret',
    createdAt: Date.now() - days * 86_400_000,
  }
  const seal = {
    salt: Buffer.alloc(16).toString('base64'),
    secret: Buffer.alloc(32),
    nonce: Buffer.alloc(12),
  }
  home.write(locateStoredKey(home, name).slice(home.path.length + 1), sealKey(name, key, seal))
}
const token = (fields: object) => JSON.stringify({ startUrl: 'x', accessToken: 'fake', ...fields })

/** What setup leaves alone, and hides the function where it stands behind the block. */
const hidingLines: readonly (readonly [ShellName, string, string])[] = [
  ['bash', "alias ll='ls -l' assume='. assume'", 'defines an alias'],
  ['bash', 'alias "assume=. assume"', 'defines an alias'],
  ['bash', 'if true; then alias assume=". assume"; fi', 'defines an alias'],
  ['bash', '[[ -n $TMUX ]] || \\builtin alias assume=". assume"', 'defines an alias'],
  ['bash', 'unset -f ll assume', 'removes the function'],
  ['zsh', 'alias -g ll=x assume=x', 'defines an alias'],
  ['zsh', 'true && unfunction assume', 'removes the function'],
  ['fish', "abbr -a -- assume 'source assume'", 'defines an abbreviation'],
  ['fish', 'status is-interactive; and alias assume "source assume"', 'defines an alias'],
  ['fish', 'functions --erase assume', 'removes the function'],
  ['powershell', 'if ($true) { Set-Alias -Name assume -Value x }', 'defines an alias'],
  ['powershell', 'Remove-Item Function:\\assume', 'removes the function'],
]

const cases: readonly Case[] = [
  {
    title: 'no block in the start-up file',
    ...{ check: 'shell', level: 'error', mending: 'setup', handedFacts: null },
    seen: 'no start-up file of bash loads assume',
    command: 'assume setup --shell bash',
    spoil: (home) => home.write('.bashrc', 'alias ll="ls -l"\n'),
  },
  {
    title: 'a start-up file that is too large to look at',
    ...{ check: 'shell', level: 'error', mending: 'none', handedFacts: null },
    seen: /\.bashrc is too large to look at: 2000000 bytes$/,
    spoil: (home) => home.write('.bashrc', 'assume() {\n'.padEnd(2_000_000, ' ')),
    mend: (home) => home.write('.bashrc', placeBlock('', line(home), 'x')),
  },
  {
    title: 'a start-up file that is a loop of links',
    ...{ check: 'shell', level: 'error', mending: 'none', handedFacts: null },
    seen: /^cannot read \S+\.bashrc: its links lead in a circle$/,
    spoil: (home) => {
      rmSync(join(home.path, '.bashrc'))
      symlinkSync('.bashrc', join(home.path, '.bashrc'))
    },
    mend: (home) => {
      rmSync(join(home.path, '.bashrc'))
      home.write('.bashrc', placeBlock('', line(home), 'x'))
    },
  },
  {
    title: 'no block, and no assume on PATH',
    ...{ check: 'shell', level: 'error', mending: 'text', handedFacts: null, env: { PATH: 'HOME/shells' } },
    seen: 'no start-up file of bash loads assume',
    command: /^'?\/\S+\/bin\/assume'? setup --shell bash$/,
    spoil: (home) => {
      chmodSync(home.write('shells/bash', ''), 0o755)
      rmSync(join(home.path, '.bashrc'))
    },
    mend: (home) => home.write('.bashrc', placeBlock('', line(home), 'x')),
  },
  {
    title: 'a login file that does not read the other',
    ...{ check: 'shell', level: 'warning', mending: 'setup' },
    seen: /\.bash_profile does not load assume$/,
    command: 'assume setup --shell bash',
    spoil: (home) => home.write('.bash_profile', 'export EDITOR=vi\n'),
  },
  {
    title: 'a file beside the login file',
    ...{ check: 'shell', level: 'warning', mending: 'setup' },
    seen: /\.bashrc does not load assume$/,
    command: 'assume setup --shell bash',
    spoil: (home) => {
      home.write('.bash_profile', placeBlock('', line(home), 'x'))
      home.write('.bashrc', 'export EDITOR=vi\n')
    },
  },
  {
    title: 'a file beside the login file that is gone',
    ...{ check: 'shell', level: 'warning', mending: 'setup' },
    seen: /\.bashrc is not there, and so does not load assume$/,
    command: 'assume setup --shell bash',
    spoil: (home) => {
      home.write('.bash_profile', placeBlock('', line(home), 'x'))
      rmSync(join(home.path, '.bashrc'))
    },
  },
  {
    title: 'a block of an installation that is gone',
    ...{ check: 'shell', level: 'error', mending: 'setup' },
    seen: /the block in .*\.bashrc loads a file that is not there/,
    command: 'assume setup --shell bash',
    spoil: (home) =>
      home.write('.bashrc', placeBlock('', line(home).replaceAll(repository, '/opt/gone'), 'x')),
  },
  {
    title: 'a block whose line is a comment',
    ...{ check: 'shell', level: 'error', mending: 'setup', handedFacts: null },
    seen: 'no start-up file of bash loads assume',
    command: 'assume setup --shell bash',
    spoil: (home) => home.write('.bashrc', placeBlock('', `# ${line(home)}`, 'x')),
  },
  {
    title: 'a login file whose block is a comment',
    ...{ check: 'shell', level: 'warning', mending: 'setup' },
    seen: /\.bash_profile does not load assume$/,
    command: 'assume setup --shell bash',
    spoil: (home) => home.write('.bash_profile', placeBlock('', `# ${line(home)}`, 'x')),
  },
  {
    title: 'a file of this installation that is gone',
    ...{ check: 'shell', level: 'error', mending: 'none', handedFacts: null },
    seen: /the block in .*\.bashrc loads a file of this installation that is not there/,
    context: { installation: 'HOME/installed' },
    spoil: (home) => {
      const file = '"$HOME/installed/shell/bash/assume.bash"'
      home.write('installed/package.json', '{"version":"1.0.0"}')
      home.write(
        '.bashrc',
        placeBlock('', formatLoadLine('bash', file, { placesPrompt: true, watchesDirectories: false }), 'x'),
      )
    },
    mend: (home) => home.write('installed/shell/bash/assume.bash', ''),
  },
  {
    title: 'a block of another installation',
    ...{ check: 'shell', level: 'warning', mending: 'setup' },
    seen: /loads another assume: .*other\.bash/,
    spoil: (home) => {
      const path = home.write('other.bash', '')
      home.write(
        '.bashrc',
        placeBlock('', `if [ -n "\${BASH_VERSION-}" ] && [ -r ${path} ]; then . ${path}; fi`, 'x'),
      )
    },
  },
  {
    title: 'a block without an end',
    ...{ check: 'shell', level: 'error', mending: 'none' },
    seen: /has no "# <<< assume <<<" after it/,
    why: /^bash may load nothing of assume; take the marker lines/,
    spoil: (home) => home.write('.bashrc', '# >>> assume >>>\n'),
    mend: (home) => home.write('.bashrc', placeBlock('', line(home), 'x')),
  },
  {
    title: 'a block without an end, in a shell without the function',
    ...{ check: 'shell', level: 'error', mending: 'text', handedFacts: null },
    seen: /has no "# <<< assume <<<" after it/,
    spoil: (home) => home.write('.bashrc', `# >>> assume >>>\n${line(home)}\n`),
    mend: (home) => home.write('.bashrc', placeBlock('', line(home), 'x')),
  },
  {
    title: 'an alias behind the block',
    ...{ check: 'shell', level: 'error', mending: 'setup', handedFacts: null },
    seen: /\.bashrc line 4 defines an alias assume/,
    // The word assume is the alias.
    command: /^'?\/\S+\/bin\/assume'? setup --shell bash$/,
    spoil: (home) => home.write('.bashrc', `${placeBlock('', line(home), 'x')}alias assume=". assume"\n`),
  },
  ...hidingLines.map(
    ([shell, code, seen]): Case => ({
      title: `${shell}: ${code}`,
      ...{ check: 'shell', level: 'error', mending: 'text', handedFacts: null, shell },
      seen: new RegExp(`line 4 ${seen} assume$`),
      command: /^vi \+4 /,
      spoil: (home) => appendFileSync(join(home.path, startUpFiles[shell]), `${code}\n`),
      mend: (home) =>
        home.write(startUpFiles[shell], `${code}\n${placeBlock('', formatBlockLine(home, shell), 'x')}`),
    }),
  ),
  {
    title: 'a function behind the block',
    ...{ check: 'shell', level: 'error', mending: 'text', handedFacts: null },
    seen: /\.bashrc line 4 defines a function assume/,
    command: /^vi \+4 \S+\.bashrc$/,
    spoil: (home) => home.write('.bashrc', `${placeBlock('', line(home), 'x')}assume() { true; }\n`),
    mend: (home) => home.write('.bashrc', placeBlock('', line(home), 'x')),
  },
  {
    title: 'a function that shells to come read behind the block',
    ...{ check: 'shell', level: 'warning', mending: 'text' },
    seen: /\.bash_aliases line 1 defines a function assume/,
    command: /^vi \+1 \S+\.bash_aliases$/,
    spoil: (home) => {
      home.write('.bash_aliases', 'function assume { true; }\n')
      home.write('.bashrc', `${placeBlock('', line(home), 'x')}. ~/.bash_aliases\n`)
    },
    mend: (home) => home.write('.bash_aliases', ''),
  },
  {
    title: 'an alias in a file that is read nobody knows when',
    ...{ check: 'shell', level: 'warning', mending: 'setup', handedFacts: null },
    seen: /\.bash_aliases line 1 defines an alias assume/,
    spoil: (home) => home.write('.bash_aliases', "alias assume='. assume'\n"),
  },
  {
    title: 'an alias in a file of oh-my-zsh',
    ...{ check: 'shell', level: 'error', mending: 'setup', handedFacts: null, shell: 'zsh' },
    seen: /\.oh-my-zsh\/custom\/mine\.zsh line 1 defines an alias assume/,
    command: /\/bin\/assume'? setup --shell zsh$/,
    spoil: (home) => {
      home.write('.oh-my-zsh/custom/mine.zsh', 'alias assume="source assume"\n')
      home.write('.zshrc', `${placeBlock('', formatBlockLine(home, 'zsh'), 'x')}source $ZSH/oh-my-zsh.sh\n`)
    },
  },
  {
    title: 'a function in a login file of zsh',
    ...{ check: 'shell', level: 'error', mending: 'text', handedFacts: null, shell: 'zsh' },
    seen: /\.zlogin line 1 defines a function assume/,
    spoil: (home) => home.write('.zlogin', 'assume () { true }\n'),
    mend: (home) => home.write('.zlogin', ''),
  },
  {
    title: 'a function in a file of fish that is read behind the block',
    ...{ check: 'shell', level: 'error', mending: 'text', handedFacts: null, shell: 'fish' },
    seen: /config\.fish line 1 defines a function assume/,
    spoil: (home) => home.write('.config/fish/config.fish', 'function assume; end\n'),
    mend: (home) => home.write('.config/fish/config.fish', ''),
  },
  {
    title: 'a function in a profile of PowerShell that is read behind the block',
    ...{ check: 'shell', level: 'error', mending: 'text', handedFacts: null, shell: 'powershell' },
    seen: /Microsoft\.PowerShell_profile\.ps1 line 1 defines a function assume/,
    spoil: (home) =>
      home.write('.config/powershell/Microsoft.PowerShell_profile.ps1', 'function global:Assume {}\n'),
    mend: (home) => home.write('.config/powershell/Microsoft.PowerShell_profile.ps1', ''),
  },
  {
    title: 'no block, in a shell that is not the user’s',
    ...{ check: 'shell', level: 'info', mending: 'setup', command: 'assume setup --shell zsh' },
    seen: 'no start-up file of zsh loads assume',
    spoil: (home) => writeProgram(home, 'zsh'),
  },
  {
    title: 'a block in a file that zsh does not read',
    ...{ check: 'shell', level: 'error', mending: 'text', handedFacts: null, shell: 'zsh' },
    seen: 'no start-up file of zsh loads assume',
    spoil: (home) => home.write('.zshenv', 'export ZDOTDIR=~/.config/zsh\n'),
    mend: (home) => home.write('.zshenv', ''),
  },
  {
    title: 'a script, which has no function',
    ...{ check: 'shell', level: 'info', mending: 'text', handedFacts: null },
    seen: 'the function of the shell has not called: this is a script, or a shell without it',
    command: /^\. '?\S+assume\.bash'?$/,
    spoil: () => {},
    after: { handedFacts: '4 interactive prompt' },
  },
  {
    title: 'a zsh that completes nothing yet',
    ...{ check: 'shell', level: 'info', mending: 'typed', shell: 'zsh', handedFacts: '4 interactive prompt' },
    seen: 'nothing has run compinit in this zsh',
    command: /^echo 'autoload -Uz compinit && compinit' >> \S+\.zshrc$/,
    spoil: () => {},
  },
  {
    title: 'a prompt that is built behind the block',
    ...{ check: 'shell', level: 'info', mending: 'none', handedFacts: '4 interactive completion' },
    seen: 'the prompt of this bash does not show the profile, and the block asks for it',
    spoil: () => {},
    after: { handedFacts: '4 interactive prompt completion' },
  },
  {
    title: 'the function of an earlier version',
    ...{ check: 'shell', level: 'warning', mending: 'text', handedFacts: '3 interactive' },
    after: { handedFacts: '4 interactive' },
    seen: 'this shell has loaded the function of another version of assume',
    command: 'exec bash',
    spoil: () => {},
  },
  {
    title: 'no assume on PATH',
    ...{ check: 'path', level: 'info', mending: 'typed' },
    seen: 'no assume is on PATH',
    command: /^export PATH=\S+\/\.local\/bin:"\$PATH"$/,
    env: { PATH: 'HOME/none' },
    spoil: (home) => {
      home.write('.local/bin/x', '')
      symlinkSync(join(repository, 'bin/assume'), join(home.path, '.local/bin/assume'))
    },
  },
  {
    title: 'no assume on the PATH of PowerShell',
    ...{ check: 'path', level: 'info', mending: 'text', shell: 'powershell' },
    seen: 'no assume is on PATH',
    command: /^\$env:PATH = '\S+\/bin:' \+ \$env:PATH$/,
    env: { PATH: 'HOME/none' },
    spoil: () => {},
    after: { env: {} },
  },
  {
    title: 'a Node that is too old',
    ...{ check: 'node', level: 'warning', mending: 'none', context: { nodeVersion: 'v20.18.3' } },
    seen: 'Node v20.18.3 runs assume',
    spoil: () => {},
    after: { context: { nodeVersion: 'v20.19.0' } },
  },
  {
    title: 'a Node that has gone',
    ...{ check: 'node', level: 'warning', mending: 'typed', context: { installation: 'HOME/installed it' } },
    seen: 'the Node that was recorded at the installation is gone: /opt/gone/node',
    command: /^printf '%s\\n' \S+ > '\S+ it\/node' && touch -r \S+ '\S+ it\/node'$/,
    spoil: (home) => {
      home.write('installed it/package.json', '{"version":"1.0.0"}')
      home.write('installed it/node', '/opt/gone/node\nbundled-roots\n')
    },
  },
  {
    title: 'another assume earlier on PATH',
    ...{ check: 'path', level: 'warning', mending: 'typed' },
    seen: /first\/assume, Granted's, comes first on PATH, before .*bin\/assume/,
    command: /^export PATH=\S+\/bin:"\$PATH"$/,
    env: { PATH: 'HOME/first:HOME/bin' },
    spoil: (home) => chmodSync(home.write('first/assume', '#!/bin/sh\ngranted "$@"\n'), 0o755),
  },
  {
    title: 'a line that is none',
    ...{ check: 'config', level: 'error', mending: 'text' },
    seen: /^~\/\.aws\/config:14: no `=` in the line$/,
    command: /^vi \+14 \S+\/\.aws\/config$/,
    spoil: (home) => home.writeAws(`${soundConfig}nonsense\n`),
    mend: restoreConfig,
  },
  {
    title: 'a section that is read by nobody',
    ...{ check: 'config', level: 'warning', mending: 'text' },
    seen: /^~\/\.aws\/config:14: /,
    spoil: (home) => home.writeAws(`${soundConfig}[profile ]\n`),
    mend: restoreConfig,
  },
  {
    title: 'a section again, with a blank behind its name',
    ...{ check: 'config', level: 'warning', mending: 'text' },
    seen: '~/.aws/config:14: the AWS CLI reads only the later one of [profile dev] and [profile dev ]',
    spoil: (home) => home.writeAws(`${soundConfig}[profile dev ]\nregion = eu-west-1\n`),
    mend: restoreConfig,
  },
  {
    title: 'what Java and Rust reject',
    ...{ check: 'config', level: 'warning', mending: 'text' },
    seen: '~/.aws/config:15: an indented comment above any key',
    spoil: (home) => home.writeAws(`${soundConfig}[profile x]\n  # mine\nregion = eu-west-1\n`),
    mend: restoreConfig,
  },
  {
    title: 'a file that is a folder',
    ...{ check: 'config', level: 'error', mending: 'none' },
    seen: /cannot read .*config: it is a directory/,
    spoil: (home) => {
      rmSync(join(home.path, '.aws/config'))
      home.write('.aws/config/x', '')
    },
    mend: (home) => {
      rmSync(join(home.path, '.aws/config'), { recursive: true })
      restoreConfig(home)
    },
  },
  {
    title: 'a line of the settings that is none',
    ...{ check: 'config', level: 'warning', mending: 'text' },
    seen: '~/.config/assume/config:2: no `=` in the line',
    command: /^vi \+2 \S+\/assume\/config$/,
    spoil: (home) => home.write('.config/assume/config', '# mine\nnonsense line\n'),
    mend: (home) => rmSync(join(home.path, '.config/assume/config')),
  },
  {
    title: 'a header of the settings that is none',
    ...{ check: 'config', level: 'warning', mending: 'text' },
    seen: '~/.config/assume/config:1: no `]` behind the name of a section',
    command: /^vi \+1 /,
    spoil: (home) => home.write('.config/assume/config', '[junk\n'),
    mend: (home) => rmSync(join(home.path, '.config/assume/config')),
  },
  {
    title: 'a section of the settings that nobody reads',
    ...{ check: 'config', level: 'warning', mending: 'text' },
    seen: '~/.config/assume/config:3: there is no section [junk], but [plugin NAME]',
    command: /^vi \+3 /,
    spoil: (home) =>
      home.write('.config/assume/config', 'assume_mode = auto\n\n[junk]\nassume_mode = none\n'),
    mend: (home) => rmSync(join(home.path, '.config/assume/config')),
  },
  {
    title: 'a setting that there is not',
    ...{ check: 'config', level: 'warning', mending: 'text' },
    seen: '~/.config/assume/config:1: there is no setting assume_regoin; did you mean assume_region?',
    command: /^vi \+1 /,
    spoil: (home) => home.write('.config/assume/config', 'assume_regoin = on\n'),
    mend: (home) => rmSync(join(home.path, '.config/assume/config')),
  },
  {
    title: 'a value that a setting cannot have',
    ...{ check: 'config', level: 'warning', mending: 'text' },
    seen: '~/.config/assume/config:1: assume_region has no value maybe',
    command: 'assume settings set assume_region on',
    spoil: (home) => home.write('.config/assume/config', 'assume_region = maybe\n'),
    mend: (home) => rmSync(join(home.path, '.config/assume/config')),
  },
  {
    title: 'a value that a setting nearly has',
    ...{ check: 'config', level: 'warning', mending: 'text' },
    seen: '~/.config/assume/config:2: assume_login has no value pkc',
    command: 'assume settings set assume_login pkce',
    spoil: (home) => home.write('.config/assume/config', 'assume_region = off\nassume_login = pkc\n'),
    mend: (home) => rmSync(join(home.path, '.config/assume/config')),
  },
  {
    title: 'a time that a setting cannot be',
    ...{ check: 'config', level: 'warning', mending: 'text' },
    seen: '~/.config/assume/config:1: assume_session_duration is 15m to 36h, not 5m',
    command: 'assume settings set assume_session_duration 12h',
    spoil: (home) => home.write('.config/assume/config', 'assume_session_duration = 5m\n'),
    mend: (home) => rmSync(join(home.path, '.config/assume/config')),
  },
  {
    title: 'no profiles',
    ...{ check: 'profiles', level: 'info', mending: 'text' },
    seen: '~/.aws/config has no profiles',
    command: 'assume configure',
    spoil: (home) => home.writeAws(''),
    mend: restoreConfig,
  },
  {
    title: 'a session of a stored key that is over',
    ...{ check: 'sessions', level: 'info', mending: 'text' },
    seen: /^the session of the stored key of base has been over since \d+d/,
    command: 'assume login base',
    spoil: (home) => {
      const mfaSerial = 'arn:aws:iam::111122223333:mfa/me'
      const lines = `assume_keys = os\nmfa_serial = ${mfaSerial}\n`
      home.writeAws(
        `${soundConfig}[profile base]\n${lines}credential_process = assume credential-process base\n`,
      )
      const note = { v: 1, profile: 'base', accessKeyId: 'AKIAEXAMPLE000000000', createdAt: Date.now() }
      home.write('.config/assume/keys/base.note', JSON.stringify(note))
      const profile = { name: 'base', kind: 'keys', keyStore: 'os', mfaSerial, handsOutKey: false } as const
      const keys = { AccessKeyId: 'ASIAEXAMPLE', SecretAccessKey: 'x', SessionToken: 'y' }
      home.write(
        `.cache/assume/roles/${nameKeySession(profile)}`,
        JSON.stringify({ Credentials: { ...keys, Expiration: '2026-01-02T03:04:05+00:00' } }),
      )
    },
    mend: restoreConfig,
  },
  {
    title: 'a session that is missing',
    ...{ check: 'profiles', level: 'error', mending: 'text' },
    seen: /profile odd uses sso-session gone/,
    command: 'assume configure --session gone',
    spoil: addProfile('sso_session = gone\nsso_account_id = 111122223333\nsso_role_name = A'),
    mend: restoreConfig,
  },
  {
    title: 'a session with a start URL that is none',
    ...{ check: 'profiles', level: 'error', mending: 'text' },
    seen: 'sso_start_url of sso-session work is no https address: not a url',
    command: /^vi \+2 \S+\/\.aws\/config$/,
    spoil: (home) => home.writeAws(soundConfig.replace(/https:.*/, 'not a url')),
    mend: restoreConfig,
  },
  {
    title: 'a session with a region that is none',
    ...{ check: 'profiles', level: 'error', mending: 'text' },
    seen: 'sso_region of sso-session work is no region: eu west',
    command: /^vi \+3 \S+\/\.aws\/config$/,
    spoil: (home) => home.writeAws(soundConfig.replace('eu-west-1', 'eu west')),
    mend: restoreConfig,
  },
  {
    title: 'a session with a region that there is not',
    ...{ check: 'profiles', level: 'warning', mending: 'text' },
    seen: /^sso_region of sso-session work: there is no AWS region eu-west1/,
    command: /^vi \+3 \S+\/\.aws\/config$/,
    spoil: (home) => home.writeAws(soundConfig.replace('eu-west-1', 'eu-west1')),
    mend: restoreConfig,
  },
  {
    title: 'a session without a region that no profile uses',
    ...{ check: 'profiles', level: 'warning', mending: 'text' },
    seen: 'sso-session other has no sso_region',
    command: 'assume configure --session other',
    spoil: (home) =>
      home.writeAws(`${soundConfig}[sso-session other]\nsso_start_url = https://x.awsapps.com/start\n`),
    mend: restoreConfig,
  },
  {
    title: 'a profile of its own session with a start URL that is none',
    ...{ check: 'profiles', level: 'error', mending: 'text' },
    seen: 'sso_start_url of profile odd is no https address: example.awsapps.com/start',
    command: /^vi \+16 \S+\/\.aws\/config$/,
    spoil: addProfile(
      'sso_start_url = example.awsapps.com/start\nsso_region = eu-west-1\nsso_account_id = 111122223333\nsso_role_name = A',
    ),
    mend: restoreConfig,
  },
  {
    title: 'a source that is missing',
    ...{ check: 'profiles', level: 'error', mending: 'text' },
    seen: 'profile odd names gone in source_profile, and there is no such profile',
    command: /^vi \+17 \S+\/\.aws\/config$/,
    spoil: addProfile('role_arn = arn:aws:iam::444455556666:role/A\nsource_profile = gone'),
    mend: restoreConfig,
  },
  {
    title: 'two sources',
    ...{ check: 'profiles', level: 'error', mending: 'none' },
    seen: 'profile odd has both source_profile and credential_source',
    why: /; remove one of them from the config file$/,
    spoil: addProfile(
      'role_arn = arn:aws:iam::444455556666:role/A\nsource_profile = dev\ncredential_source = Environment',
    ),
    mend: restoreConfig,
  },
  {
    title: 'a half of a key',
    ...{ check: 'profiles', level: 'error', mending: 'text' },
    seen: 'profile odd has no aws_access_key_id',
    command: 'aws configure --profile odd',
    spoil: addProfile('aws_secret_access_key = topsecret'),
    mend: restoreConfig,
  },
  {
    title: 'an account of a source that none can be',
    ...{ check: 'profiles', level: 'warning', mending: 'none' },
    seen: /^profile source: sso_account_id is 12345, and an account id has 12 digits$/,
    why: /; aws configure set sso_account_id ID --profile source$/,
    spoil: (home) =>
      home.writeAws(
        `${soundConfig}[profile source]\nsso_session = work\nsso_account_id = 12345\nsso_role_name = A\n[profile odd]\nrole_arn = arn:aws:iam::444455556666:role/A\nsource_profile = source\n`,
      ),
    mend: restoreConfig,
  },
  {
    title: 'a loop',
    ...{ check: 'profiles', level: 'error', mending: 'text' },
    seen: /get their credentials from each other by source_profile: odd -> odd/,
    spoil: addProfile('role_arn = arn:aws:iam::444455556666:role/A\nsource_profile = odd'),
    mend: restoreConfig,
  },
  {
    title: 'an account that none can be',
    ...{ check: 'profiles', level: 'error', mending: 'text' },
    seen: /sso_account_id is 12345, and an account id has 12 digits/,
    command: /^vi \+17 \S+\/\.aws\/config$/,
    spoil: addProfile('sso_session = work\nsso_account_id = 12345\nsso_role_name = A'),
    mend: restoreConfig,
  },
  {
    title: 'a region that no host can have',
    ...{ check: 'profiles', level: 'error', mending: 'text' },
    seen: 'the region of profile odd is no region: eu west',
    command: /^aws configure set region \S+ --profile odd$/,
    spoil: addProfile('region = eu west'),
    mend: restoreConfig,
  },
  {
    title: 'a secret in the place of a region',
    ...{ check: 'profiles', level: 'error', mending: 'text' },
    seen: 'the region of profile odd is no region: ***',
    spoil: addProfile(`region = ${secretKey}`),
    mend: restoreConfig,
  },
  {
    title: 'the id of a key in the place of a profile',
    ...{ check: 'profiles', level: 'error', mending: 'none' },
    seen: 'profile AKIA…MPLE names AKIA…MPLE in source_profile, and there is no such profile',
    spoil: (home) =>
      home.writeAws(
        `${soundConfig}[profile AKIAIOSFODNN7EXAMPLE]\nrole_arn = arn:aws:iam::444455556666:role/A\nsource_profile = AKIAJOSFODNN7EXAMPLE\n`,
      ),
    mend: restoreConfig,
  },
  {
    title: 'such a region, where there is no AWS CLI',
    ...{ check: 'profiles', level: 'error', mending: 'text' },
    seen: 'the region of profile odd is no region: eu west',
    command: /^vi \+16 \S+\/\.aws\/config$/,
    spoil: (home) => {
      rmSync(join(home.path, 'bin/aws'))
      addProfile('region = eu west')(home)
    },
    mend: restoreConfig,
  },
  {
    title: 'such a region of a name that the AWS CLI writes otherwise',
    ...{ check: 'profiles', level: 'error', mending: 'text' },
    seen: "the region of profile jo's is no region: eu west",
    command: /^vi \+15 \S+\/\.aws\/config$/,
    spoil: (home) => home.writeAws(`${soundConfig}[profile "jo's"]\nregion = eu west\n`),
    mend: restoreConfig,
  },
  {
    title: 'a name that no command can hold',
    ...{ check: 'profiles', level: 'error', mending: 'none' },
    seen: 'the region of profile a?b is no region: e?[31m',
    spoil: (home) => home.writeAws(`${soundConfig}[profile "a\x07b"]\nregion = e\x1b[31m\n`),
    mend: restoreConfig,
  },
  {
    title: 'a region that there is not',
    ...{ check: 'profiles', level: 'warning', mending: 'text' },
    seen: /region of profile odd: there is no AWS region eu-west1/,
    command: 'aws configure set region eu-west-1 --profile odd',
    spoil: addProfile('region = eu-west1\ncredential_process = /bin/true'),
    mend: restoreConfig,
  },
  {
    title: 'a program that is not there',
    ...{ check: 'profiles', level: 'error', mending: 'text' },
    seen: 'the program /opt/gone/keys in credential_process of profile odd is not there',
    command: /^vi \+16 \S+\/\.aws\/config$/,
    spoil: addProfile('credential_process = /opt/gone/keys --json'),
    mend: restoreConfig,
  },
  {
    title: 'a variable in the place of a program',
    ...{ check: 'profiles', level: 'error', mending: 'text' },
    seen: 'the program API_TOKEN=… in credential_process of profile odd is not there',
    spoil: addProfile('credential_process = API_TOKEN=topsecret getcreds'),
    mend: restoreConfig,
  },
  {
    title: 'a token file that is not there',
    ...{ check: 'profiles', level: 'error', mending: 'text' },
    seen: 'web_identity_token_file of profile odd is /opt/gone/token, and there is no such file',
    command: /^vi \+17 \S+\/\.aws\/config$/,
    spoil: addProfile(
      'role_arn = arn:aws:iam::444455556666:role/A\nweb_identity_token_file = /opt/gone/token',
    ),
    mend: restoreConfig,
  },
  {
    title: 'a CA bundle of a profile that is not there',
    ...{ check: 'profiles', level: 'error', mending: 'text' },
    seen: 'ca_bundle of profile odd is ~/gone.pem, and there is no such file',
    command: /^vi \+17 \S+\/\.aws\/config$/,
    spoil: addProfile('credential_process = /bin/true\nca_bundle = ~/gone.pem'),
    mend: restoreConfig,
  },
  {
    title: 'a comment behind a value',
    ...{ check: 'profiles', level: 'warning', mending: 'none' },
    seen: /the comment behind sso_role_name in profile odd/,
    spoil: addProfile('sso_session = work\nsso_account_id = 111122223333\nsso_role_name = A # me'),
    mend: restoreConfig,
  },
  {
    title: 'a config file that others can write',
    ...{ check: 'files', level: 'error', mending: 'typed' },
    seen: 'others can write to ~/.aws/config',
    command: /^chmod go-w \S+\/\.aws\/config$/,
    spoil: (home) => chmodSync(join(home.path, '.aws/config'), 0o666),
  },
  {
    title: 'a start-up file that others can write',
    ...{ check: 'files', level: 'error', mending: 'typed' },
    seen: 'others can write to ~/.bashrc',
    spoil: (home) => chmodSync(join(home.path, '.bashrc'), 0o666),
  },
  {
    title: 'a file that others can write, in a folder that they can write to',
    ...{ check: 'files', level: 'error', mending: 'typed' },
    seen: 'others can write to ~/.aws/config',
    command: /^chmod go-w \S+\/\.aws\/config$/,
    spoil: (home) => typeInBash(home, 'chmod -R 777 .aws', {}),
  },
  {
    title: 'a file of the installation that others can write',
    ...{ check: 'files', level: 'error', mending: 'typed', context: { installation: 'HOME/installed' } },
    seen: 'others can write to ~/installed/node',
    command: /^chmod -R go-w \S+\/installed$/,
    spoil: (home) => openInstallation(home, ['node']),
  },
  {
    title: 'files of the installation that others can write',
    ...{ check: 'files', level: 'error', mending: 'typed', context: { installation: 'HOME/installed' } },
    seen: 'others can write to ~/installed/dist/chunks/x.js; so it is with 2 more in ~/installed',
    command: /^chmod -R go-w \S+\/installed$/,
    spoil: (home) => openInstallation(home, ['dist/chunks/x.js', 'shell/bash/assume.bash', 'node']),
  },
  {
    title: 'files of the installation that are of somebody else',
    ...{ check: 'files', level: 'error', mending: 'text', isSkipped: !isRoot },
    context: { installation: 'HOME/installed' },
    seen: `~/installed/dist belongs to another user (${otherUser}); so it is with 1 more in ~/installed`,
    command: /^chown -R 0 \S+\/installed$/,
    spoil: (home) => {
      openInstallation(home, [])
      home.write('installed/dist/main.js', '')
      give(join(home.path, 'installed/dist'), otherUser)
    },
    mend: (home) => give(join(home.path, 'installed'), 0),
  },
  {
    title: 'credentials that others can read',
    ...{ check: 'files', level: 'error', mending: 'typed' },
    seen: 'others can read ~/.aws/credentials',
    command: /^chmod go-rwx \S+\/\.aws\/credentials$/,
    spoil: (home) => chmodSync(home.write('.aws/credentials', '[x]\n'), 0o644),
  },
  {
    title: 'credentials that a group with other members can read',
    ...{ check: 'files', level: 'error', mending: 'typed', isSkipped: !isRoot },
    seen: `group ${otherGroup} can read ~/.aws/credentials`,
    command: /^chmod go-rwx \S+\/\.aws\/credentials$/,
    spoil: (home) => {
      chmodSync(home.write('.aws/credentials', '[x]\n'), 0o640)
      chownSync(join(home.path, '.aws/credentials'), 0, otherGroup)
    },
  },
  {
    title: 'keys in a config file that others can read',
    ...{ check: 'files', level: 'error', mending: 'typed' },
    seen: 'others can read ~/.aws/config',
    spoil: (home) => {
      addProfile('aws_access_key_id = AKIAEXAMPLE567890\naws_secret_access_key = topsecret')(home)
      chmodSync(join(home.path, '.aws/config'), 0o644)
    },
  },
  {
    title: 'a folder for tokens that root has made',
    ...{ check: 'files', level: 'error', mending: 'text', isSkipped: !isRoot, context: { user: jo } },
    seen: 'you cannot write to ~/.aws/sso/cache',
    command: /^sudo chown -R 1000 \S+\/\.aws\/sso\/cache$/,
    spoil: (home) => home.logIn('work'),
    mend: (home) => give(join(home.path, '.aws/sso/cache'), jo.id),
  },
  {
    title: 'a folder that root has made, and none for tokens in it',
    ...{ check: 'files', level: 'error', mending: 'text', isSkipped: !isRoot, context: { user: jo } },
    seen: 'you cannot write to ~/.aws/sso',
    command: /^sudo chown -R 1000 \S+\/\.aws\/sso$/,
    spoil: (home) => {
      give(home.path, jo.id)
      home.write('.aws/sso/x', '')
    },
    mend: (home) => give(join(home.path, '.aws/sso'), jo.id),
  },
  {
    title: 'a home that root has made',
    ...{ check: 'files', level: 'error', mending: 'text', isSkipped: !isRoot, context: { user: jo } },
    seen: /^you cannot write to \S+\/home-\w+$/,
    command: /^sudo chown 1000 \S+$/,
    env: { AWS_CONFIG_FILE: 'HOME/config' },
    spoil: (home) => {
      home.write('config', soundConfig)
      rmSync(join(home.path, '.aws'), { recursive: true })
    },
    mend: (home) => give(home.path, jo.id),
  },
  {
    title: 'a folder of ours that is read-only',
    ...{ check: 'files', level: 'warning', mending: 'typed', isSkipped: !isRoot, context: { user: jo } },
    seen: 'you cannot write to ~/.cache/assume',
    command: /^chmod u\+rwx \S+\/\.cache\/assume$/,
    spoil: (home) => {
      home.write('.cache/assume/x', '')
      give(join(home.path, '.cache'), jo.id)
      chmodSync(join(home.path, '.cache/assume'), 0o500)
    },
  },
  {
    title: 'tokens that others can read',
    ...{ check: 'files', level: 'error', mending: 'typed' },
    seen: 'others can read ~/.aws/sso/cache',
    command: /^chmod -R go-rwx \S+\/\.aws\/sso\/cache$/,
    spoil: (home) => {
      home.logIn('other')
      chmodSync(join(home.path, '.aws/sso/cache'), 0o755)
      typeInBash(home, 'chmod 644 .aws/sso/cache/*', {})
    },
  },
  {
    title: 'a profile by hand that there is not',
    ...{ check: 'environment', level: 'error', mending: 'typed' },
    seen: 'AWS_PROFILE is nobody, and there is no such profile',
    command: 'unset AWS_PROFILE',
    env: { AWS_PROFILE: 'nobody' },
    spoil: () => {},
  },
  {
    title: 'a profile by hand that is empty',
    ...{ check: 'environment', level: 'error', mending: 'typed' },
    seen: 'AWS_PROFILE is set but empty',
    command: 'unset AWS_PROFILE',
    env: { AWS_PROFILE: '' },
    spoil: () => {},
  },
  {
    title: 'a profile of a start-up file that there is not',
    ...{ check: 'environment', level: 'error', mending: 'typed' },
    seen: 'AWS_PROFILE is nobody, and there is no such profile',
    why: /; \S+\.bashrc line 4 sets it in every new shell$/,
    env: { AWS_PROFILE: 'nobody' },
    spoil: (home) => appendFileSync(join(home.path, '.bashrc'), 'export AWS_PROFILE="nobody" # mine\n'),
  },
  {
    title: 'the id of a key in the place of a profile by hand',
    ...{ check: 'environment', level: 'error', mending: 'typed' },
    seen: 'AWS_PROFILE is AKIA…MPLE, and there is no such profile',
    command: 'unset AWS_PROFILE',
    env: { AWS_PROFILE: 'AKIAIOSFODNN7EXAMPLE' },
    spoil: () => {},
  },
  {
    title: 'a switch to a profile that has gone since',
    ...{ check: 'environment', level: 'error', mending: 'text' },
    seen: 'AWS_PROFILE is gone, and there is no such profile',
    command: 'assume --unset',
    env: { AWS_PROFILE: 'gone', ASSUME_VARS: 'AWS_PROFILE' },
    spoil: () => {},
    after: { env: {} },
  },
  {
    title: 'keys beside a profile',
    ...{ check: 'environment', level: 'warning', mending: 'typed' },
    seen: /^the tools do not use the same: /,
    env: { AWS_PROFILE: 'dev', AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'x' },
    spoil: () => {},
  },
  {
    title: 'half of a key',
    ...{ check: 'environment', level: 'error', mending: 'typed' },
    seen: 'AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not',
    command: 'unset AWS_ACCESS_KEY_ID',
    env: { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE567890' },
    spoil: () => {},
  },
  {
    title: 'keys of a session without its token',
    ...{ check: 'environment', level: 'error', mending: 'typed' },
    seen: 'AWS_ACCESS_KEY_ID is that of a session, and AWS_SESSION_TOKEN is not set',
    command: 'unset AWS_ACCESS_KEY_ID; unset AWS_SECRET_ACCESS_KEY',
    env: { AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE567890', AWS_SECRET_ACCESS_KEY: 'x' },
    spoil: () => {},
  },
  {
    title: 'keys that have expired',
    ...{ check: 'environment', level: 'warning', mending: 'typed' },
    seen: /^the tools do not use the same: /,
    why: /^the keys in the environment have expired/,
    command: /^unset AWS_ACCESS_KEY_ID; .*; unset AWS_CREDENTIAL_EXPIRATION$/,
    env: {
      AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE567890',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_SESSION_TOKEN: 'x',
      AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z',
    },
    spoil: () => {},
  },
  {
    title: 'an endpoint that is no URL',
    ...{ check: 'environment', level: 'error', mending: 'typed' },
    seen: 'AWS_ENDPOINT_URL_S3 is no URL: ***@127.0.0.1',
    command: 'unset AWS_ENDPOINT_URL_S3',
    env: { AWS_ENDPOINT_URL_S3: 'u:topsecret@127.0.0.1' },
    spoil: () => {},
  },
  {
    title: 'a region by hand that is none',
    ...{ check: 'environment', level: 'error', mending: 'typed' },
    seen: 'AWS_REGION is no region: a b',
    command: 'unset AWS_REGION',
    env: { AWS_REGION: 'a b' },
    spoil: () => {},
  },
  {
    title: 'a secret in the place of a region by hand',
    ...{ check: 'environment', level: 'error', mending: 'typed' },
    seen: 'AWS_DEFAULT_REGION is no region: ***',
    command: 'unset AWS_DEFAULT_REGION',
    env: { AWS_DEFAULT_REGION: secretKey },
    spoil: () => {},
  },
  {
    title: 'a region by hand that there is not',
    ...{ check: 'environment', level: 'warning', mending: 'typed' },
    seen: /^AWS_DEFAULT_REGION: there is no AWS region mars-1/,
    env: { AWS_DEFAULT_REGION: 'mars-1' },
    spoil: () => {},
  },
  {
    title: 'a CA bundle that is not there',
    ...{ check: 'environment', level: 'error', mending: 'typed' },
    seen: 'AWS_CA_BUNDLE is /opt/gone.pem, and there is no such file',
    why: /^every call of an AWS tool fails/,
    command: 'unset AWS_CA_BUNDLE',
    env: { AWS_CA_BUNDLE: '/opt/gone.pem' },
    spoil: () => {},
  },
  {
    title: 'an AWS file that is not there',
    ...{ check: 'environment', level: 'warning', mending: 'typed' },
    seen: 'AWS_SHARED_CREDENTIALS_FILE is /opt/gone, and there is no such file',
    command: 'unset AWS_SHARED_CREDENTIALS_FILE',
    env: { AWS_SHARED_CREDENTIALS_FILE: '/opt/gone' },
    spoil: () => {},
  },
  {
    title: 'certificates for Node that are not there',
    ...{ check: 'environment', level: 'warning', mending: 'typed' },
    seen: 'NODE_EXTRA_CA_CERTS is /opt/gone.pem, and there is no such file',
    env: { NODE_EXTRA_CA_CERTS: '/opt/gone.pem' },
    spoil: () => {},
  },
  {
    title: 'a variable for the config file that is empty',
    ...{ check: 'environment', level: 'error', mending: 'typed' },
    seen: 'AWS_CONFIG_FILE is set but empty',
    command: 'unset AWS_CONFIG_FILE',
    env: { AWS_CONFIG_FILE: '' },
    spoil: () => {},
  },
  {
    title: 'a file of tomorrow',
    ...{ check: 'clock', level: 'warning', mending: 'text' },
    seen: /^~\/\.aws\/config was written .* from now: the clock is behind/,
    command: 'sudo timedatectl set-ntp true',
    context: { user: jo },
    spoil: (home) => inFuture(home, '.aws/config', 86_400),
    mend: restoreConfig,
  },
  {
    title: 'a file of tomorrow of root',
    ...{ check: 'clock', level: 'warning', mending: 'text', context: { user: { id: 0, groupId: 0 } } },
    seen: /^~\/\.aws\/config was written .* from now: the clock is behind/,
    command: /^timedatectl set-ntp true$/,
    spoil: (home) => inFuture(home, '.aws/config', 86_400),
    mend: restoreConfig,
  },
  {
    title: 'a session that is over',
    ...{ check: 'sessions', level: 'info', mending: 'text' },
    seen: /^session work has been over since /,
    command: 'assume login work',
    spoil: (home) => home.logIn('work', Date.now() - 3600_000),
    mend: (home) => home.logIn('work'),
  },
  {
    title: 'such a session, where a script has called by the path',
    ...{ check: 'sessions', level: 'info', mending: 'text', handedFacts: null, env: { PATH: 'HOME/none' } },
    seen: /^session work has been over since /,
    command: /^'?\/\S+\/bin\/assume'? login work$/,
    spoil: (home) => home.logIn('work', Date.now() - 3600_000),
    mend: (home) => home.logIn('work'),
  },
  {
    title: 'a token file that is none',
    ...{ check: 'sessions', level: 'warning', mending: 'text' },
    seen: /^the token file of session work is not usable/,
    command: 'assume login work',
    spoil: (home) => home.logInRaw('work', '{"accessToken": '),
    mend: (home) => home.logIn('work'),
  },
  {
    title: 'a registration that is over',
    ...{ check: 'sessions', level: 'info', mending: 'text' },
    seen: 'the registration of session work is over',
    command: 'assume login work',
    spoil: (home) =>
      home.logInRaw(
        'work',
        token({
          expiresAt: new Date(Date.now() + 3600_000).toISOString(),
          registrationExpiresAt: '2020-01-01T00:00:00Z',
        }),
      ),
    mend: (home) => home.logIn('work'),
  },
  {
    title: 'long-lived keys in plain text',
    ...{ check: 'keys', level: 'warning', mending: 'text' },
    seen: /profile odd has a long-lived key in plain text in ~\/\.aws\/credentials \(AKIA…7890\)/,
    command: 'assume keys add odd --from-credentials',
    spoil: (home) =>
      home.write(
        '.aws/credentials',
        '[odd]\naws_access_key_id = AKIAEXAMPLE567890\naws_secret_access_key = topsecret\n',
      ),
    mend: (home) => rmSync(join(home.path, '.aws/credentials')),
  },
  {
    title: 'a key beside a role, which cannot be moved',
    ...{ check: 'keys', level: 'warning', mending: 'none' },
    seen: /profile odd has a long-lived key in plain text in ~\/\.aws\/config \(AKIA…7890\)/,
    spoil: addProfile(
      'role_arn = arn:aws:iam::444455556666:role/A\nsource_profile = odd\naws_access_key_id = AKIAEXAMPLE567890\naws_secret_access_key = topsecret',
    ),
    mend: restoreConfig,
  },
  {
    title: 'a profile whose key is in no store',
    ...{ check: 'keys', level: 'error', mending: 'text' },
    seen: 'profile odd has assume_keys = file, and that store has no key of it',
    command: 'assume keys add odd',
    spoil: addProfile('assume_keys = file\ncredential_process = assume credential-process odd'),
    mend: (home) => writeStoredKey(home, 'odd'),
  },
  {
    title: 'a profile whose key is in the other store',
    ...{ check: 'keys', level: 'error', mending: 'text' },
    seen: 'profile odd has assume_keys = os, and that store has no key of it, but the other one',
    command: 'assume keys add odd --store os',
    spoil: (home) => {
      writeStoredKey(home, 'odd')
      addProfile('assume_keys = os\ncredential_process = assume credential-process odd')(home)
    },
    mend: addProfile('assume_keys = file\ncredential_process = assume credential-process odd'),
  },
  {
    title: 'a stored key without a profile',
    ...{ check: 'keys', level: 'warning', mending: 'text' },
    seen: 'the stored key of odd (AKIA…0001) belongs to no profile',
    command: 'assume keys add odd --store file',
    spoil: (home) => writeStoredKey(home, 'odd'),
    mend: addProfile('assume_keys = file\ncredential_process = assume credential-process odd'),
  },
  {
    title: 'a stored key that is old',
    ...{ check: 'keys', level: 'warning', mending: 'text' },
    seen: 'the stored key of odd (AKIA…0001) is 400 days old',
    command: 'assume keys rotate odd',
    spoil: (home) => {
      writeStoredKey(home, 'odd', 400)
      addProfile('assume_keys = file\ncredential_process = assume credential-process odd')(home)
    },
    mend: (home) => writeStoredKey(home, 'odd'),
  },
  {
    title: 'a damaged file of a key',
    ...{ check: 'keys', level: 'error', mending: 'none' },
    seen: /odd\.key is damaged, or of another version of assume$/,
    spoil: (home) => {
      writeStoredKey(home, 'odd')
      home.write(locateStoredKey(home, 'odd').slice(home.path.length + 1), 'half of it')
    },
    mend: (home) => rmSync(locateStoredKey(home, 'odd')),
  },
  {
    title: 'direnv',
    ...{ check: 'directory', level: 'warning', mending: 'text' },
    command: /^direnv edit \S+\/\.envrc$/,
    seen: /^direnv sets AWS_PROFILE in this folder, by .*\.envrc$/,
    spoil: (home) => {
      writeProgram(home, 'direnv')
      home.write('.envrc', 'export AWS_PROFILE=dev\n')
    },
    mend: (home) => rmSync(join(home.path, '.envrc')),
  },
  ...(['use assume dev', 'export AWS_PROFILE=dev'] as const).map(
    (code): Case => ({
      title: `a quarrel of direnv with the file of a directory, by ${code}`,
      ...{ check: 'directory', level: 'warning', mending: 'text' },
      command: 'assume here --deny',
      seen: /^direnv sets AWS_PROFILE in this folder, by .*\.envrc, and .*\.aws-profile names a profile, too$/,
      handedFacts: '4 interactive prompt completion directories',
      spoil: (home) => {
        writeProgram(home, 'direnv')
        home.write('.envrc', `${code}\n`)
        home.write('.aws-profile', 'dev\n')
      },
      mend: (home) => {
        rmSync(join(home.path, '.envrc'))
      },
    }),
  ),
  {
    title: 'mise',
    ...{ check: 'directory', level: 'warning', mending: 'text' },
    command: /^mise unset --file \S+\/mise\.toml AWS_PROFILE$/,
    seen: /^mise sets AWS_PROFILE in this folder, by .*mise\.toml$/,
    env: { MISE_SHELL: 'bash' },
    spoil: (home) => home.write('mise.toml', '[env]\nAWS_PROFILE = "dev"\n'),
    mend: (home) => rmSync(join(home.path, 'mise.toml')),
  },
  {
    title: 'a file of mise for this machine alone, beside a task that names a variable',
    ...{ check: 'directory', level: 'warning', mending: 'text' },
    command: /^mise unset --file \S+\/mise\.local\.toml AWS_PROFILE$/,
    seen: /^mise sets AWS_PROFILE in this folder, by .*mise\.local\.toml$/,
    env: { MISE_SHELL: 'bash' },
    spoil: (home) => {
      home.write('mise.toml', '[tasks.plan]\nrun = "AWS_PROFILE=dev terraform plan"\n')
      home.write('mise.local.toml', '[env]\nAWS_PROFILE = "dev"\n')
    },
    mend: (home) => rmSync(join(home.path, 'mise.local.toml')),
  },
  {
    title: 'a file that the one of direnv reads',
    ...{ check: 'directory', level: 'warning', mending: 'text' },
    command: /^vi \S+\/\.env$/,
    seen: /^direnv sets AWS_PROFILE in this folder, by .*\.env$/,
    env: { DIRENV_DIR: '-/' },
    spoil: (home) => {
      home.write('.envrc', 'dotenv\n')
      home.write('.env', 'AWS_PROFILE=dev\n')
    },
    mend: (home) => rmSync(join(home.path, '.env')),
  },
  {
    title: 'profiles of a tool that is gone',
    ...{ check: 'tools', level: 'error', mending: 'text' },
    seen: '1 profile has keys from Granted, which is not there: odd',
    command: 'assume import granted',
    spoil: addProfile(
      'credential_process = granted credential-process --profile odd\ngranted_sso_start_url = https://a.awsapps.com/start',
    ),
    mend: restoreConfig,
  },
  {
    title: 'profiles whose keys lie in a tool that is gone',
    ...{ check: 'tools', level: 'error', mending: 'none' },
    seen: '1 profile has keys from Granted, which is not there: odd',
    spoil: addProfile('credential_process = granted credential-process --profile odd'),
    mend: restoreConfig,
  },
  {
    title: 'profiles of a SAML tool that is gone',
    ...{ check: 'tools', level: 'error', mending: 'none' },
    seen: '1 profile has keys from saml2aws, which is not there: odd',
    spoil: addProfile('credential_process = saml2aws login --credential-process'),
    mend: restoreConfig,
  },
  {
    title: 'a profile of aws-sso-util without its process',
    ...{ check: 'tools', level: 'info', mending: 'text' },
    seen: 'aws-sso-util has been here; 1 profile has something from it',
    command: 'assume import aws-sso-util',
    spoil: addProfile('sso_interactive_auth = true'),
    mend: restoreConfig,
  },
  {
    title: 'a tool that is there',
    ...{ check: 'tools', level: 'info', mending: 'text' },
    seen: 'aws-vault has been here (~/.awsvault); 0 profiles have something from it',
    command: 'assume import aws-vault',
    spoil: (home) => home.write('.awsvault/keys/jo', ''),
    mend: (home) => rmSync(join(home.path, '.awsvault'), { recursive: true }),
  },
  {
    title: 'profiles of a tool that is there',
    ...{ check: 'tools', level: 'info', mending: 'text' },
    seen: 'aws-vault has been here; 1 profile has something from it',
    command: 'assume import aws-vault',
    spoil: addProfile('include_profile = dev'),
    mend: restoreConfig,
  },
  {
    title: 'a shell of another tool',
    ...{ check: 'tools', level: 'info', mending: 'none', env: { AWS_VAULT: 'dev' } },
    seen: 'AWS_VAULT is set: this shell was started by aws-vault, or has been switched by it',
    spoil: () => {},
    after: { env: {} },
  },
  {
    title: 'the completion of Granted',
    ...{ check: 'tools', level: 'warning', mending: 'text', shell: 'zsh' },
    seen: /\.zshrc line 1 lets zsh find Granted's completion of assume$/,
    command: /^vi \+1 \S+\.zshrc$/,
    spoil: (home) =>
      home.write(
        '.zshrc',
        'fpath=(~/.granted/zsh_autocomplete/assume/ $fpath)\n# fpath=(zsh_autocomplete/assume)\n',
      ),
    mend: (home) => home.write('.zshrc', '# fpath=(~/.granted/zsh_autocomplete/assume/ $fpath)\n'),
  },
  {
    title: 'the aws plugin of oh-my-zsh',
    ...{ check: 'tools', level: 'info', mending: 'text', shell: 'zsh' },
    seen: /^the aws plugin of oh-my-zsh has been here \(\S+\.zshrc line 4\); 0 profiles/,
    command: 'assume import oh-my-zsh',
    spoil: (home) => appendFileSync(join(home.path, '.zshrc'), 'plugins=(git\n  aws # asp\n)\n'),
    mend: (home) => home.write('.zshrc', ''),
  },
  {
    title: 'that plugin, which keeps the profile for other shells',
    ...{ check: 'tools', level: 'warning', mending: 'text', shell: 'zsh' },
    seen: /\.zshrc line 5 sets AWS_PROFILE_STATE_ENABLED$/,
    command: /^vi \+5 \S+\.zshrc$/,
    spoil: (home) =>
      appendFileSync(join(home.path, '.zshrc'), 'plugins=(aws)\nAWS_PROFILE_STATE_ENABLED=true\n'),
    mend: (home) => home.write('.zshrc', 'plugins=(aws)\n#AWS_PROFILE_STATE_ENABLED=true\n'),
  },
  {
    title: 'a plugin that others can change',
    ...{ check: 'plugins', level: 'error', mending: 'typed' },
    seen: /^plugin mine is refused: a plugin from \S+ is refused: others can write to it$/,
    command: /^chmod go-w \S+\/assume-plugin-mine$/,
    spoil: (home) => {
      chmodSync(home.write('.config/assume/plugins/assume-plugin-mine', '#!/bin/sh\n'), 0o777)
      home.write('.config/assume/config', '[plugin mine]\nenabled = true\nhash = x\n')
    },
  },
  {
    title: 'a plugin that others can change, and that is not enabled',
    ...{ check: 'plugins', level: 'warning', mending: 'typed' },
    seen: /^plugin mine is refused/,
    spoil: (home) => chmodSync(home.write('.config/assume/plugins/assume-plugin-mine', '#!/bin/sh\n'), 0o777),
  },
  {
    title: 'a plugin that is gone, and that no switch requires',
    ...{ check: 'plugins', level: 'warning', mending: 'text' },
    seen: 'plugin lost is enabled and not there',
    spoil: (home) =>
      home.write('.config/assume/config', '[plugin lost]\nenabled = true\nhooks = env\nhash = x\n'),
    mend: (home) => rmSync(join(home.path, '.config/assume/config')),
  },
  {
    title: 'sections of plugins that are not valid',
    ...{ check: 'config', level: 'error', mending: 'text', env: { AWS_PROFILE: 'nobody' } },
    seen: /plugin/,
    spoil: (home) => home.write('.config/assume/config', '[plugin mine]\nenabled = perhaps\n'),
    mend: (home) => rmSync(join(home.path, '.config/assume/config')),
  },
  {
    title: 'a plugin that is gone',
    ...{ check: 'plugins', level: 'error', mending: 'text' },
    seen: 'plugin lost is enabled and not there',
    command: 'assume plugin disable lost',
    spoil: (home) => home.write('.config/assume/config', '[plugin lost]\nenabled = true\nhash = x\n'),
    mend: (home) => rmSync(join(home.path, '.config/assume/config')),
  },
  {
    title: 'a plugin that has changed',
    ...{ check: 'plugins', level: 'warning', mending: 'text' },
    seen: 'plugin mine is not what was enabled',
    command: 'assume plugin enable mine',
    spoil: (home) => {
      chmodSync(home.write('.config/assume/plugins/assume-plugin-mine', '#!/bin/sh\n'), 0o755)
      home.write('.config/assume/config', '[plugin mine]\nenabled = true\nrequired = false\nhash = x\n')
    },
    mend: (home) => rmSync(join(home.path, '.config/assume'), { recursive: true }),
  },
]

/** With HOME in the place of the home of the test. */
function fillIn<Value>(home: Home, value: Value): Value {
  return JSON.parse(JSON.stringify(value).replaceAll('HOME', home.path)) as Value
}

/** All that has been said for a reason. */
const told: ToldFinding[] = []

describe('a home that is spoilt by', () => {
  it.each(cases.filter(({ isSkipped }) => !isSkipped))('$title', async (each) => {
    const { check, level, seen, mending, command, why = /./, spoil, mend, after, shell } = each
    const home = createSoundHome(shell)
    const env = fillIn(home, each.env ?? {})
    const ask = (now: Surroundings) =>
      consultDoctor(home, { ...each, context: fillIn(home, each.context ?? {}), words: [check], ...now })
    const isIt = (finding: ToldFinding) =>
      finding.level === level && (typeof seen === 'string' ? finding.seen === seen : seen.test(finding.seen))
    spoil(home)
    const { findings, status } = await ask({ env })
    told.push(...findings)
    const found = findings.find(isIt)
    expect(found, JSON.stringify(findings, null, 1)).toBeDefined()
    expect(status).toBe(findings.some((finding) => finding.level === 'error') ? 1 : 0)
    expect(found?.why).toMatch(why)
    // One thing that is wrong is told once.
    const commands = findings.flatMap((finding) => finding.mend ?? [])
    if (check === 'environment') expect(new Set(commands).size).toBe(commands.length)
    expect(JSON.stringify(findings)).not.toMatch(/topsecret|AKIA[A-Z]/)
    if (command !== undefined) expect(found?.mend).toEqual(expect.stringMatching(command))
    if (mending === 'none') expect(found?.mend).toBeNull()
    let now = env
    if (mending === 'typed') now = typeInBash(home, found?.mend ?? 'false', env)
    else if (mending === 'setup') {
      const [name = ''] = /(?<=\bassume'? setup --shell )\w+$/.exec(found?.mend ?? '') ?? []
      await runSetup(home, `y ${name}`, { installation: repository })
    } else mend?.(home)
    const later = await ask({ env: now, ...after })
    expect(later.findings.find(isIt), JSON.stringify(later.findings, null, 1)).toBeUndefined()
  })

  it('all that can be said for a reason', () => {
    const untold = listReasons().filter((reason) => !told.some(({ why }) => reason.test(why)))
    // What is said of the network is tried out in network.test.ts.
    expect(untold.map(String)).toEqual([])
  })
})

it('says once that the home cannot be written at all, and by no command', async () => {
  const home = createSoundHome()
  home.logIn('work')
  const files = { ...nodeFiles, isReadOnly: () => true }
  const { findings } = await consultDoctor(home, { words: ['files'], context: { files } })
  expect(findings).toMatchObject([
    { level: 'error', seen: 'the file system of ~/.aws/sso/cache is read-only', mend: null },
  ])
})

it.skipIf(!isRoot)('gives nobody what lies outside the home', async () => {
  const surroundings = { words: ['files'], context: { user: jo }, env: { XDG_CACHE_HOME: '/jo/cache' } }
  const { findings } = await consultDoctor(createSoundHome(), surroundings)
  expect(findings).toContainEqual(expect.objectContaining({ seen: 'you cannot write to /', mend: null }))
})

/** The reasons that the checks give, each as a pattern of the text with its words filled in. */
function listReasons(): RegExp[] {
  const folder = join(repository, 'src/doctor/checks')
  return readdirSync(folder).flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8')
    const found: RegExp[] = []
    const visit = (node: ts.Node, isReason: boolean): void => {
      const isNamed =
        (ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) && node.name.getText() === 'why'
      if (!isReason || !(ts.isStringLiteral(node) || ts.isTemplateExpression(node))) {
        ts.forEachChild(node, (child) => visit(child, isReason || isNamed))
        return
      }
      const parts = ts.isStringLiteral(node)
        ? [node.text]
        : [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)]
      found.push(
        new RegExp(
          `^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}(?:; .*)?$`,
        ),
      )
    }
    if (name !== 'network.ts') visit(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true), false)
    return found
  })
}

describe('a sound home', () => {
  it.each(Object.keys(startUpFiles) as (keyof typeof startUpFiles)[])(
    'of %s has nothing above info',
    async (shell) => {
      const home = createSoundHome(shell)
      const { findings, status } = await consultDoctor(home, { shell })
      expect([findings.filter(({ level }) => level !== 'info'), status]).toEqual([[], 0])
    },
  )
})
