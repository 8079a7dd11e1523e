import { chmodSync, rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CheckName } from '../../src/cli/doctor-command.ts'
import type { Level } from '../../src/doctor/finding.ts'
import { placeBlock } from '../../src/setup/block.ts'
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
  readonly spoil: (home: Home) => void
  readonly mend?: (home: Home) => void
}

const addProfile = (lines: string) => (home: Home) =>
  home.writeAws(`${soundConfig}\n[profile odd]\n${lines}\n`)
const restoreConfig = (home: Home) => home.writeAws(soundConfig)
const line = (home: Home) => formatBlockLine(home, 'bash')
const inFuture = (home: Home, path: string, seconds: number) => {
  const time = Date.now() / 1000 + seconds
  utimesSync(join(home.path, path), time, time)
}
const token = (fields: object) => JSON.stringify({ startUrl: 'x', accessToken: 'fake', ...fields })

const cases: readonly Case[] = [
  {
    title: 'no block in the start-up file',
    ...{ check: 'shell', level: 'error', mending: 'setup', handedFacts: null },
    seen: 'no start-up file of bash loads assume',
    command: 'assume setup --shell bash',
    spoil: (home) => home.write('.bashrc', 'alias ll="ls -l"\n'),
  },
  {
    title: 'a login file that does not read the other',
    ...{ check: 'shell', level: 'warning', mending: 'setup' },
    seen: /\.bash_profile does not load assume$/,
    command: 'assume setup --shell bash',
    spoil: (home) => home.write('.bash_profile', 'export EDITOR=vi\n'),
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
    ...{ check: 'shell', level: 'error', mending: 'text' },
    seen: /has no "# <<< assume <<<" after it/,
    command: /take the marker lines/,
    spoil: (home) => home.write('.bashrc', '# >>> assume >>>\n'),
    mend: (home) => home.write('.bashrc', placeBlock('', line(home), 'x')),
  },
  {
    title: 'an alias behind the block',
    ...{ check: 'shell', level: 'error', mending: 'setup', handedFacts: null },
    seen: /\.bashrc line 4 defines an alias assume/,
    spoil: (home) => home.write('.bashrc', `${placeBlock('', line(home), 'x')}alias assume=". assume"\n`),
  },
  {
    title: 'a function behind the block',
    ...{ check: 'shell', level: 'error', mending: 'none', handedFacts: null },
    seen: /\.bashrc line 4 defines a function assume/,
    spoil: (home) => home.write('.bashrc', `${placeBlock('', line(home), 'x')}assume() { true; }\n`),
    mend: (home) => home.write('.bashrc', placeBlock('', line(home), 'x')),
  },
  {
    title: 'the function of an earlier version',
    ...{ check: 'shell', level: 'warning', mending: 'text', handedFacts: '3 interactive' },
    seen: 'this shell has loaded the function of another version of assume',
    command: 'exec bash',
    spoil: () => {},
  },
  {
    title: 'another assume earlier on PATH',
    ...{ check: 'path', level: 'warning', mending: 'text' },
    seen: /first\/assume, Granted's, comes first on PATH, before .*bin\/assume/,
    command: /^export PATH=\S+\/bin:"\$PATH"$/,
    env: { PATH: 'HOME/first:HOME/bin' },
    spoil: (home) => chmodSync(home.write('first/assume', '#!/bin/sh\ngranted "$@"\n'), 0o755),
    mend: (home) => rmSync(join(home.path, 'first'), { recursive: true }),
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
    title: 'no profiles',
    ...{ check: 'profiles', level: 'info', mending: 'text' },
    seen: '~/.aws/config has no profiles',
    command: 'assume configure',
    spoil: (home) => home.writeAws(''),
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
    title: 'a source that is missing',
    ...{ check: 'profiles', level: 'error', mending: 'text' },
    seen: 'profile odd names gone in source_profile, and there is no such profile',
    command: 'aws configure set source_profile NAME --profile odd',
    spoil: addProfile('role_arn = arn:aws:iam::444455556666:role/A\nsource_profile = gone'),
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
    command: 'aws configure set sso_account_id ID --profile odd',
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
    spoil: addProfile('credential_process = /opt/gone/keys --json'),
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
    title: 'credentials that others can read',
    ...{ check: 'files', level: 'error', mending: 'typed' },
    seen: 'others can read ~/.aws/credentials',
    command: /^chmod go-rwx \S+\/\.aws\/credentials$/,
    spoil: (home) => chmodSync(home.write('.aws/credentials', '[x]\n'), 0o644),
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
    title: 'keys beside a profile',
    ...{ check: 'environment', level: 'warning', mending: 'typed' },
    seen: /^the tools do not use the same: /,
    env: { AWS_PROFILE: 'dev', AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'x' },
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
    title: 'a region by hand that there is not',
    ...{ check: 'environment', level: 'warning', mending: 'typed' },
    seen: /^AWS_DEFAULT_REGION: there is no AWS region mars-1/,
    env: { AWS_DEFAULT_REGION: 'mars-1' },
    spoil: () => {},
  },
  {
    title: 'a CA bundle that is not there',
    ...{ check: 'environment', level: 'warning', mending: 'typed' },
    seen: 'AWS_CA_BUNDLE is /opt/gone.pem, and there is no such file',
    command: 'unset AWS_CA_BUNDLE',
    env: { AWS_CA_BUNDLE: '/opt/gone.pem' },
    spoil: () => {},
  },
  {
    title: 'a file of tomorrow',
    ...{ check: 'clock', level: 'warning', mending: 'text' },
    seen: /^~\/\.aws\/config was written .* from now: the clock is behind/,
    command: 'sudo timedatectl set-ntp true',
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
    ...{ check: 'keys', level: 'warning', mending: 'none' },
    seen: /profile odd has a long-lived key in plain text in ~\/\.aws\/credentials \(AKIA…7890\)/,
    spoil: (home) =>
      home.write(
        '.aws/credentials',
        '[odd]\naws_access_key_id = AKIAEXAMPLE567890\naws_secret_access_key = topsecret\n',
      ),
    mend: (home) => rmSync(join(home.path, '.aws/credentials')),
  },
  {
    title: 'direnv',
    ...{ check: 'directory', level: 'warning', mending: 'none' },
    seen: /^direnv sets AWS_PROFILE in this folder, by .*\.envrc$/,
    spoil: (home) => {
      writeProgram(home, 'direnv')
      home.write('.envrc', 'export AWS_PROFILE=dev\n')
    },
    mend: (home) => rmSync(join(home.path, '.envrc')),
  },
  {
    title: 'mise',
    ...{ check: 'directory', level: 'warning', mending: 'none' },
    seen: /^mise sets AWS_PROFILE in this folder, by .*mise\.toml$/,
    env: { MISE_SHELL: 'bash' },
    spoil: (home) => home.write('mise.toml', '[env]\nAWS_PROFILE = "dev"\n'),
    mend: (home) => rmSync(join(home.path, 'mise.toml')),
  },
  {
    title: 'profiles of a tool that is gone',
    ...{ check: 'tools', level: 'error', mending: 'text' },
    seen: '1 profile has keys from Granted, which is not there: odd',
    command: 'assume import granted',
    spoil: addProfile('credential_process = granted credential-process --profile odd'),
    mend: restoreConfig,
  },
  {
    title: 'a tool that is there',
    ...{ check: 'tools', level: 'info', mending: 'text' },
    command: 'assume import aws-vault',
    seen: 'aws-vault has been here (~/.awsvault); 0 profiles have something from it',
    spoil: (home) => home.write('.awsvault/keys/jo', ''),
    mend: (home) => rmSync(join(home.path, '.awsvault'), { recursive: true }),
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
function fillIn(home: Home, env: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, value.replaceAll('HOME', home.path)]),
  )
}

describe('a home that is spoilt by', () => {
  it.each(cases)('$title', async (each) => {
    const { check, level, seen, mending, command, spoil, mend } = each
    const home = createSoundHome()
    const env = fillIn(home, each.env)
    const ask = (now: Readonly<Record<string, string>>, handedFacts = each.handedFacts) =>
      consultDoctor(home, {
        ...each,
        env: now,
        words: [check],
        ...(handedFacts !== undefined && { handedFacts }),
      })
    const isIt = (finding: { level: string; seen: string }) =>
      finding.level === level && (typeof seen === 'string' ? finding.seen === seen : seen.test(finding.seen))
    spoil(home)
    const { findings, status } = await ask(env)
    const found = findings.find(isIt)
    expect(found, JSON.stringify(findings, null, 1)).toBeDefined()
    expect(status).toBe(findings.some((finding) => finding.level === 'error') ? 1 : 0)
    expect(found?.why).not.toBe('')
    expect(JSON.stringify(findings)).not.toMatch(/topsecret|AKIAEXAMPLE/)
    if (command !== undefined) expect(found?.mend).toEqual(expect.stringMatching(command))
    if (mending === 'none') expect(found?.mend).toBeNull()
    let after = env
    if (mending === 'typed') after = typeInBash(home, found?.mend ?? 'false', env)
    else if (mending === 'setup') {
      expect(found?.mend).toBe('assume setup --shell bash')
      await runSetup(home, 'y bash', { installation: repository })
    } else mend?.(home)
    const later = await ask(
      after,
      each.title.includes('earlier version') ? '4 interactive' : each.handedFacts,
    )
    expect(later.findings.find(isIt), JSON.stringify(later.findings, null, 1)).toBeUndefined()
  })
})

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
