import { truePath } from './bases.mjs'
import { firstProfile, staticKeys, staticProfile } from './world.mjs'

/** What a switch of ours is called that does what a peer's does: with static keys, so that none needs the network. */
const switchJob = 'assume --export NAME, static keys'
const staticJob = 'assume credential-process NAME, static keys'
const keptJob = 'assume credential-process NAME, kept keys'
const execJob = 'assume exec --export NAME -- true, static keys'
const helpJob = 'assume --help'
const listJob = 'assume list'
const posix = ['bash', 'zsh']

/**
 * The other tools, by the names of their executables. Of each: `env` that it needs, `prepare` writes its files into a world,
 * `versionWords` that print its version, and `ways` to do jobs of ours. Of a way: the words as they are typed, NAME and COMMAND in
 * them being a profile and a program; `form`, how a shell takes them in; `shells` where it changes one; `file` where they are
 * the words of another file beside the executable, without which there is no such way, and `unless` where they are not when
 * there is one. An `always` one is measured with the AWS CLI that is installed, too.
 */
export const peerTools = {
  granted: {
    prepare: prepareGranted,
    ways: [
      { job: staticJob, words: ['credential-process', '--profile', 'NAME'] },
      { job: helpJob, words: ['--help'] },
    ],
  },
  assumego: {
    env: { FORCE_NO_ALIAS: 'true', CF_KEYRING_FILE_PASSWORD: 'bench' },
    prepare: prepareGranted,
    ways: [
      { job: switchJob, shells: posix, form: 'source', file: 'assume', words: ['NAME'] },
      { job: switchJob, shells: ['fish'], form: 'source', file: 'assume.fish', words: ['NAME'] },
      { job: switchJob, shells: posix, form: 'capture', unless: 'assume', words: ['NAME'] },
      { job: execJob, form: 'source', file: 'assume', words: ['NAME', '--exec', '--', 'COMMAND'] },
      { job: execJob, unless: 'assume', words: ['NAME', '--exec', '--', 'COMMAND'] },
      { job: helpJob, words: ['--help'] },
    ],
  },
  'aws-vault': {
    env: { AWS_VAULT_BACKEND: 'file', AWS_VAULT_FILE_PASSPHRASE: 'bench' },
    prepare: (world, { path, env }) =>
      world.tryRun(path, ['add', '--env', staticProfile], { env: { ...env, ...staticKeys } }),
    ways: [
      {
        job: switchJob,
        shells: posix,
        form: 'eval',
        words: ['export', '--no-session', '--format=export-env', 'NAME'],
      },
      { job: staticJob, words: ['export', '--no-session', '--format=json', 'NAME'] },
      { job: execJob, words: ['exec', '--no-session', 'NAME', '--', 'COMMAND'] },
      { job: listJob, words: ['list'] },
      { job: helpJob, words: ['--help'] },
    ],
  },
  'aws-sso': {
    versionWords: ['version'],
    prepare: (world) =>
      world.write(
        '.aws-sso/config.yaml',
        `SSOConfig:
  Default:
    SSORegion: eu-west-1
    StartUrl: https://corp.awsapps.com/start
SecureStore: json
`,
      ),
    ways: [
      // Without a login nothing else can be asked of it: the least that a switch costs.
      { job: switchJob, shells: posix, form: 'eval', words: ['eval', '--clear'] },
      { job: helpJob, words: ['--help'] },
    ],
  },
  awsume: {
    ways: [
      { job: switchJob, shells: ['bash'], form: 'source', words: ['NAME'] },
      { job: switchJob, shells: ['fish'], form: 'source', file: 'awsume.fish', words: ['NAME'] },
      { job: listJob, form: 'source', words: ['--list-profiles'] },
      { job: helpJob, form: 'source', words: ['--help'] },
    ],
  },
  aws: {
    env: { AWS_PAGER: '' },
    ways: [
      {
        job: switchJob,
        shells: posix,
        form: 'eval',
        words: ['configure', 'export-credentials', '--profile', 'NAME', '--format', 'env'],
      },
      {
        job: switchJob,
        shells: ['fish'],
        form: 'eval',
        words: ['configure', 'export-credentials', '--profile', 'NAME', '--format', 'fish'],
      },
      { job: staticJob, words: ['configure', 'export-credentials', '--profile', 'NAME'] },
      {
        job: keptJob,
        always: true,
        profile: firstProfile,
        words: ['configure', 'export-credentials', '--profile', 'NAME'],
      },
      { job: listJob, always: true, words: ['configure', 'list-profiles'] },
      { job: 'assume status', words: ['configure', 'list'] },
    ],
  },
}

/** The words of a way with the profile and the program that it is measured with. */
export function fillWords({ words, profile = staticProfile }) {
  const filled = { NAME: profile, COMMAND: truePath }
  return words.map((word) => filled[word] ?? word)
}

function prepareGranted(world) {
  world.write(
    '.granted/config',
    `DefaultBrowser = "STDOUT"
CustomBrowserPath = ""
CustomSSOBrowserPath = ""
Ordering = ""

[Keyring]
Backend = "file"
FileDir = "${world.home}/.granted/keys"
`,
  )
}
