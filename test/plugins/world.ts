import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { Region } from '../../src/aws/region.ts'
import { run } from '../../src/commands/plugin.ts'
import type { Context, Environment, TerminalSession } from '../../src/context.ts'
import { removeSwitch } from '../../src/emit/change.ts'
import { quoteFor } from '../../src/emit/word.ts'
import { AssumeError } from '../../src/errors.ts'
import { type Contributions, consultPlugins, type SwitchWishes } from '../../src/plugins/consult.ts'
import { describeProfile, type Profile } from '../../src/profiles/profile.ts'
import { loadProfiles } from '../../src/profiles/profiles.ts'
import { askProgram } from '../../src/programs/ask.ts'
import { nodeFiles } from '../../src/system/files/files.ts'
import { findPaths } from '../../src/system/glob.ts'
import { identifyUser } from '../../src/system/user.ts'
import { callCommand } from '../support/command.ts'
import { runCore } from '../support/core.ts'
import { createHome, type Home, repository } from '../support/home.ts'

const awsConfig = `[profile dev]
region = eu-west-1
role_arn = arn:aws:iam::111122223333:role/developer
source_profile = base
[profile prod-eu]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = secret-of-the-file
[profile base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = secret-of-the-file
`

interface Wishes extends Omit<Partial<SwitchWishes>, 'region'> {
  readonly region?: string | undefined
  /** Typed at the questions, one after the other; absent: there is no terminal. */
  readonly answers?: readonly string[]
  readonly env?: Environment
}

/** A home with plugins, and a switch in it as far as plugins go. */
export class PluginWorld {
  readonly home: Home = createHome()
  readonly folder = join(this.home.path, '.config/assume/plugins')
  /** What was said on stderr. */
  readonly said: string[] = []
  /** What the questions looked like. */
  screen = ''
  /** How many times the deadlines of plugins are: a busy machine must not fail those that have none to do with it. */
  readonly patience = 12

  constructor(config = awsConfig) {
    this.home.writeAws(config)
  }

  at(name: string): string {
    return join(this.home.path, name)
  }

  has(name: string): boolean {
    return existsSync(this.at(name))
  }

  read(name: string): string {
    return readFileSync(this.at(name), 'utf8')
  }

  /** Writes a module to the plugin folder. */
  module(name: string, definition: string, head = ''): string {
    return this.home.write(
      `.config/assume/plugins/${name}.ts`,
      `import { definePlugin } from 'assume-cli/plugin'\n${head}\nexport default definePlugin({ name: '${name}', apiVersion: 1, ${definition} })\n`,
    )
  }

  /** Writes a program to the plugin folder, a shell script. */
  program(name: string, script: string): string {
    const path = this.home.write(`.config/assume/plugins/assume-plugin-${name}`, `#!/bin/sh\n${script}\n`)
    chmodSync(path, 0o700)
    return path
  }

  settings(text: string): void {
    this.home.write('.config/assume/config', text)
  }

  get settingsText(): string {
    return this.has('.config/assume/config') ? this.read('.config/assume/config') : ''
  }

  /** Enables plugins, and adds lines to the section of each. */
  async enable(names: string | readonly string[], lines = ''): Promise<void> {
    for (const name of typeof names === 'string' ? [names] : names) {
      const context = { ...this.context(), notify: () => {} }
      await run({ positionals: ['enable', name], flags: { yes: true } }, context)
      if (lines !== '') this.settings(this.settingsText.replace(`[plugin ${name}]`, `$&\n${lines}`))
    }
  }

  /** Runs `assume plugin`, in this process. */
  assume(...words: string[]) {
    return callCommand(this.home, ['plugin', ...words])
  }

  /** The same by the executable. */
  start(...words: string[]) {
    return runCore(this.home, ['plugin', ...words])
  }

  /** Runs a program in the home. */
  run(program: string, ...args: string[]) {
    return this.runWith([], program, ...args)
  }

  /** Runs a program in the home, with what plugins have set. */
  runWith(set: Contributions['set'], program: string, ...args: string[]) {
    const env = { HOME: this.home.path, PATH: process.env['PATH'] ?? '', ...Object.fromEntries(set) }
    return spawnSync(program, args, { env, cwd: this.home.path, encoding: 'utf8' })
  }

  context({ answers, env = {} }: Pick<Wishes, 'answers' | 'env'> = {}): Context {
    const own = { HOME: this.home.path, PATH: process.env['PATH'], TERM: 'dumb', ...env }
    return {
      env: own,
      ownEnv: removeSwitch(own),
      leave: () => {},
      isVerbose: false,
      platform: process.platform,
      pid: process.pid,
      user: identifyUser(this.home.path),
      node: process.execPath,
      now: Date.now,
      files: nodeFiles,
      askProgram: (program, args, question) =>
        askProgram(program, args, { ...question, limit: question.limit * this.patience }),
      glob: findPaths,
      interruption: new AbortController().signal,
      cleanups: new Set(),
      installation: repository,
      trace: () => {},
      notify: (line) => this.said.push(line),
      quoteWord: quoteFor('bash'),
      notifyOnce: (line) => this.said.push(line),
      terminal: {
        stdinIsTerminal: answers !== undefined,
        stdoutIsTerminal: false,
        stderrIsTerminal: answers !== undefined,
        open: this.#opener(answers ?? []),
      },
    } satisfies Partial<Context> as unknown as Context
  }

  /** Has the plugins take part in a switch. */
  consult(name = 'dev', { answers, env, region, ...wishes }: Wishes = {}): Promise<Contributions> {
    const context = this.context({ ...(answers && { answers }), ...(env && { env }) })
    const profiles = loadProfiles(context)
    const profile = describeProfile(profiles.config, name) as Profile
    return consultPlugins(context, profiles, profile, {
      isDryRun: false,
      saysYes: false,
      region: Region.parse(region),
      ...wishes,
    })
  }

  /** Types one answer at each question. */
  #opener(answers: readonly string[]): () => TerminalSession {
    const rest = [...answers]
    return () => {
      const input = new PassThrough()
      const output = new PassThrough()
      output.on('data', (data) => {
        this.screen += String(data)
        if (/(: |\[Y\/n\] )$/.test(this.screen)) {
          const answer = rest.shift()
          setImmediate(() => (answer === undefined ? input.end() : input.write(`${answer}\n`)))
        }
      })
      return {
        input: input as unknown as NodeJS.ReadStream,
        output: output as unknown as NodeJS.WriteStream,
        close: () => input.pause(),
      }
    }
  }
}

/** The blocks of code in a language on a page of `docs/plugins`, in their order. */
export function readExamples(page: string, language: string): string[] {
  const text = readFileSync(join(repository, 'docs/plugins', page), 'utf8')
  const block = new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm')
  return [...text.matchAll(block)].map(([, code]) => code as string)
}

/** The AssumeError that a promise ends with, as `code: message`. */
export async function failure(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    (value) => new Error(`nothing was thrown, but returned: ${JSON.stringify(value)}`),
    (reason) => reason,
  )
  if (error instanceof AssumeError) return `${error.code}: ${error.message}`
  throw error
}
