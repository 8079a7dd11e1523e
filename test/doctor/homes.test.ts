import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { placeBlock } from '../../src/setup/block.ts'
import { nodeFiles } from '../../src/system/files/files.ts'
import {
  consultDoctor,
  createSoundHome,
  formatBlockLine,
  type Surroundings,
  soundConfig,
  writeProgram,
} from '../support/doctor.ts'
import { fixtures, type Home, repository } from '../support/home.ts'

const prepend = (home: Home, name: string, text: string) => {
  const path = join(home.path, name)
  home.write(name, text + readFileSync(path, 'utf8'))
}

/** A disk that keeps no modes: all that is on it looks like this. */
const withModes = (mode: number, userId = 0) => {
  const change = <Stat extends object>(stat: Stat | undefined) =>
    stat && { ...stat, mode, userId, groupId: userId }
  return {
    ...nodeFiles,
    stat: (path: string) => change(nodeFiles.stat(path)),
    statEntry: (path: string) => change(nodeFiles.statEntry(path)),
    probe: (path: string) => ({ ...nodeFiles.probe(path), mode, userId, groupId: userId }),
  } as typeof nodeFiles
}

/** What setup would mend there is said. */
const unfinished = 'the start-up files of somebody who comes over'

const homes: readonly (readonly [string, (home: Home) => Surroundings])[] = [
  [
    'oh-my-zsh with its aws plugin',
    (home) => {
      prepend(home, '.zshrc', 'plugins=(git aws)\nsource $ZSH/oh-my-zsh.sh\nSHOW_AWS_PROMPT=false\n')
      return { shell: 'zsh', handedFacts: '4 interactive completion' }
    },
  ],
  [
    'zsh with its files elsewhere',
    (home) => {
      mkdirSync(join(home.path, '.config/zsh'), { recursive: true })
      renameSync(join(home.path, '.zshrc'), join(home.path, '.config/zsh/.zshrc'))
      home.write('.zshenv', 'export ZDOTDIR="${XDG_CONFIG_HOME:-$HOME/.config}/zsh"\n')
      return { shell: 'zsh', handedFacts: null }
    },
  ],
  [
    'starship',
    (home) => {
      appendFileSync(join(home.path, '.bashrc'), 'eval "$(starship init bash)"\n')
      return { handedFacts: '4 interactive completion' }
    },
  ],
  [
    'a .bash_aliases that is read before the block',
    (home) => {
      home.write('.bash_aliases', 'alias assume=". assume"\nassume() { :; }\n')
      prepend(home, '.bashrc', '[ ! -f ~/.bash_aliases ] || . ~/.bash_aliases\n')
      return { handedFacts: null }
    },
  ],
  [
    'zsh with a function of another in its .zprofile, and one that oh-my-zsh reads before the block',
    (home) => {
      home.write('.zprofile', 'function assume { true }\n')
      home.write('.oh-my-zsh/custom/granted.zsh', 'alias assume="source assume"\n')
      prepend(home, '.zshrc', 'source $ZSH/oh-my-zsh.sh\n')
      return { shell: 'zsh', handedFacts: null }
    },
  ],
  [
    'fish with the function file of another tool, which ours comes before',
    (home) => {
      home.write('.config/fish/functions/assume.fish', 'function assume; end\n')
      home.write('.config/fish/conf.d/aaa.fish', 'function assume; end\n')
      return { shell: 'fish', handedFacts: null }
    },
  ],
  [
    'credentials that the group of the user alone can read',
    (home) => {
      chmodSync(home.write('.aws/credentials', '[x]\n'), 0o640)
      return {}
    },
  ],
  [
    'zsh with assume among the plugins of oh-my-zsh',
    (home) => {
      home.write('.zshrc', 'plugins=(git assume)\nsource $ZSH/oh-my-zsh.sh\n')
      return { shell: 'zsh', handedFacts: null }
    },
  ],
  [
    'zsh with assume in a list of plugins over lines',
    (home) => {
      home.write('.zshrc', 'plugins=(\n  git # (mine)\n  kubectl\n  assume\n)\nsource $ZSH/oh-my-zsh.sh\n')
      return { shell: 'zsh', handedFacts: null }
    },
  ],
  ...[
    'source ~/.zsh_plugins.zsh\n',
    'zsh_plugins=${ZDOTDIR:-$HOME}/.zsh_plugins\nsource "${zsh_plugins}.zsh"\n',
    '[[ -r ~/.zsh_plugins.zsh ]] && . $HOME/.zsh_plugins.zsh\n',
  ].map((code): readonly [string, (home: Home) => Surroundings] => [
    `zsh with a file that a plugin manager has made: ${code}`,
    (home) => {
      home.write('.zshrc', `alias assume=". assume"\n${code}`)
      home.write('.zsh_plugins.zsh', `source ${repository}/shell/zsh/assume.plugin.zsh\n`)
      return { shell: 'zsh', handedFacts: null }
    },
  ]),
  [
    'fish with a word of its own before the block',
    (home) => {
      prepend(home, '.config/fish/conf.d/assume.fish', 'functions -e assume\n')
      return { shell: 'fish', handedFacts: null }
    },
  ],
  [
    'what only speaks of an alias',
    (home) => {
      appendFileSync(
        join(home.path, '.bashrc'),
        'alias x=assume\nalias assume-dev="assume dev"\n# alias assume=x\necho "alias assume=x"\nunset -f assumed\nunset -v assume\ncat <<EOF\nunset -f assume\nEOF\n',
      )
      return { handedFacts: null }
    },
  ],
  [
    'a line by hand behind an alias',
    (home) => {
      home.write('.bashrc', `alias assume=". assume"\n. ${repository}/shell/bash/assume.bash\n`)
      return { handedFacts: null }
    },
  ],
  [
    'direnv with other variables',
    (home) => {
      writeProgram(home, 'direnv')
      home.write('.envrc', '# AWS_PROFILE=dev\nexport TF_VAR_x=1\n')
      return { env: { DIRENV_DIR: `-${home.path}` } }
    },
  ],
  [
    'Granted, left over',
    (home) => {
      home.write('.granted/config', 'DefaultBrowser = "FIREFOX"\n')
      prepend(home, '.bashrc', 'alias assume=". assume"\nexport GRANTED_ALIAS_CONFIGURED=true\n')
      home.writeAws(
        `${soundConfig}\n[profile old]\ngranted_sso_start_url = https://a.awsapps.com/start\ngranted_sso_region = eu-west-1\ngranted_sso_account_id = 111122223333\ngranted_sso_role_name = A\n`,
      )
      return {}
    },
  ],
  [
    'links into a store',
    (home) => {
      home.store('store/config', soundConfig)
      home.store('store/bashrc', `. ${repository}/shell/bash/assume.bash\n`)
      rmSync(join(home.path, '.aws/config'))
      rmSync(join(home.path, '.bashrc'))
      symlinkSync(join(home.path, 'store/config'), join(home.path, '.aws/config'))
      symlinkSync(join(home.path, 'store/bashrc'), join(home.path, '.bashrc'))
      return { handedFacts: null }
    },
  ],
  [
    'a block that leads here by a link',
    (home) => {
      symlinkSync(repository, join(home.path, 'current'))
      const line = formatBlockLine(home, 'bash').replaceAll(repository, join(home.path, 'current'))
      home.write('.bashrc', placeBlock('', line, 'x'))
      return {}
    },
  ],
  [
    'WSL with the files on a disk of Windows',
    () => ({ env: { WSL_DISTRO_NAME: 'Debian' }, context: { files: withModes(0o777) } }),
  ],
  [
    'a container with keys of its task',
    () => ({
      env: { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/credentials/x', AWS_REGION: 'eu-west-1' },
      handedFacts: '4',
    }),
  ],
  [
    'root in the mounted home of a user',
    () => ({
      context: { user: { id: 0, groupId: 0, homeOwnerId: 1000 }, files: withModes(0o755, 1000) },
    }),
  ],
  [
    'a switch to a profile',
    () => ({
      env: {
        AWS_PROFILE: 'dev',
        AWS_REGION: 'eu-west-1',
        AWS_DEFAULT_REGION: 'eu-west-1',
        ASSUME_PROFILE: 'dev',
        ASSUME_VARS: 'AWS_PROFILE AWS_REGION AWS_DEFAULT_REGION ASSUME_PROFILE',
      },
    }),
  ],
  [
    'keys that a switch has exported',
    () => ({
      env: {
        AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'x',
        AWS_SESSION_TOKEN: 'y',
        ASSUME_PROFILE: 'prod',
        ASSUME_VARS: 'AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN ASSUME_PROFILE',
      },
    }),
  ],
  [
    'a function in text that a start-up file prints',
    (home) => {
      appendFileSync(join(home.path, '.bashrc'), "cat <<'EOF' > /dev/null\nassume() { :; }\nEOF\n")
      return { handedFacts: null }
    },
  ],
  [
    unfinished,
    (home) => {
      for (const name of ['bashrc', 'bash_profile', 'oh-my-zsh'])
        cpSync(join(fixtures, 'come-over', name), join(home.path, `.${name}`), { recursive: true })
      appendFileSync(join(home.path, '.bashrc'), `\n${placeBlock('', formatBlockLine(home, 'bash'), 'x')}`)
      chmodSync(join(home.path, '.bashrc'), 0o600)
      return {}
    },
  ],
]

it.each(homes)('has no false error or warning: %s', async (_title, prepare) => {
  const title = String(_title)
  const shell = (['zsh', 'fish'] as const).find((name) => title.includes(name)) ?? 'bash'
  const home = createSoundHome(shell)
  const { findings, status } = await consultDoctor(home, prepare(home))
  const harmless = title === unfinished ? ['info', 'warning'] : ['info']
  expect([findings.filter(({ level }) => !harmless.includes(level)), status]).toEqual([[], 0])
})
