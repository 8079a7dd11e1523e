import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  openSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { quoteFor } from '../../src/emit/word.ts'
import { callHook } from '../../src/plugins/runner/runner.ts'
import { makeFifo } from '../support/fifo.ts'
import { isRoot, otherGroup } from '../support/other-user.ts'
import { endTimer } from '../support/timer.ts'
import { failure, PluginWorld } from './world.ts'

let world: PluginWorld
beforeEach(() => {
  world = new PluginWorld()
})

/** What is wrong, as a module and as a program, and what the message says. */
const hostile: readonly [what: string, forms: { module?: string; program?: string }, message: string][] = [
  [
    'throws',
    { module: `env: () => { throw new Error('out of order') }`, program: 'exit 3' },
    'plugin bad, env: ',
  ],
  ['prints to stdout', { program: 'echo hello' }, 'plugin bad, env: its answer is no JSON'],
  [
    'returns garbage',
    { module: `env: () => ({ set: ['A'] }) as never`, program: `echo '{"set":["A"]}'` },
    'plugin bad, env: its answer is not valid: set: ',
  ],
  [
    'returns a number for a value',
    { module: 'env: () => ({ set: { A: 1 } }) as never', program: `echo '{"set":{"A":1}}'` },
    'plugin bad, env: its answer is not valid: set.A: ',
  ],
  [
    'says what nobody asked',
    { module: 'env: () => ({ export: {} }) as never', program: `echo '{"export":{}}'` },
    'plugin bad, env: its answer is not valid: ',
  ],
  [
    'names a command',
    {
      module: `env: () => ({ set: { 'PATH; rm -rf': 'x' } })`,
      program: `echo '{"set":{"PATH; rm -rf":"x"}}'`,
    },
    'plugin bad, env: "PATH; rm -rf" is no name of a variable',
  ],
  [
    'claims a key',
    {
      module: `env: () => ({ set: { AWS_SECRET_ACCESS_KEY: 'x' } })`,
      program: `echo '{"unset":["AWS_SECRET_ACCESS_KEY"]}'`,
    },
    "plugin bad, env: AWS_SECRET_ACCESS_KEY is assume's own to set",
  ],
  [
    'claims a variable of another',
    { module: `env: () => ({ set: { GOOD: 'x' } })`, program: `echo '{"set":{"GOOD":"x"}}'` },
    'plugin bad, env: GOOD belongs to plugin good',
  ],
  ['ends itself', { module: 'env: () => process.exit(0)', program: 'kill -KILL $$' }, 'plugin bad, env: '],
  [
    'answers without end',
    { program: 'while :; do echo 0123456789012345678901234567890123456789; done' },
    'plugin bad, env: it answered with more than 1 MiB',
  ],
]

const cases = hostile.flatMap(([what, forms, message]) =>
  Object.entries(forms).map(([form, text]) => ({ what, form, text, message })),
)

it.each(cases)('a $form that $what stops the switch, or is left out', async ({ form, text, message }) => {
  world.program('good', `echo '{"set":{"GOOD":"yes"}}'`)
  if (form === 'module') world.module('bad', text)
  // It has to be enabled first, so it behaves when it is asked for its manifest.
  else world.program('bad', `case $(cat) in *'"hook":"describe"'*) exit 0 ;; esac\n${text}`)
  await world.enable(['good', 'bad'])
  const { set, unset, warnings } = await world.consult()
  expect({ set, unset }).toEqual({ set: [['GOOD', 'yes']], unset: [] })
  expect(warnings).toEqual([expect.stringContaining(`warning: ${message}`)])
  world.settings(world.settingsText.replaceAll('enabled = yes', '$&\nrequired = yes'))
  expect(await failure(world.consult())).toContain(`plugin-failed: ${message}`)
})

describe('a module that prints to stdout', () => {
  it.each([
    ['by console', `console.log('noise')`],
    ['by the stream', `process.stdout.write('noise\\n')`],
    ['by the descriptor', `fs.writeSync(1, 'noise\\n')`],
    ['by a program', `childProcess.spawnSync('echo', ['noise'], { stdio: 'inherit' })`],
  ])('%s: it is shown, and its answer counts', async (_how, statement) => {
    world.module(
      'loud',
      `env: () => { ${statement}; return { set: { A: '1' } } }`,
      `import fs from 'node:fs'\nimport childProcess from 'node:child_process'`,
    )
    await world.enable('loud')
    expect((await world.consult()).set).toEqual([['A', '1']])
    expect(world.said).toContain('loud: noise')
  })
})

describe('a plugin that hangs', () => {
  const late = 'plugin-failed: plugin slow, env: it did not answer within 5 s'
  const hangs = () => world.said.includes('slow: hangs')

  /** What becomes of a call whose deadline passes when the plugin hangs. */
  async function failLate(call: () => Promise<unknown>): Promise<string> {
    const deadline = endTimer(5000 * world.patience, hangs)
    const message = await failure(call())
    await deadline
    return message
  }

  it.each([
    ['in a loop', 'for (;;);'],
    ['for ever', 'await new Promise(() => setInterval(() => {}, 1000))'],
    ['and takes no signal', `process.on('SIGTERM', () => {}); for (;;);`],
  ])('a module, %s, is ended', async (_how, statement) => {
    const text = `export default { name: 'slow', apiVersion: 1, env: async () => { console.error('hangs'); ${statement} } }`
    const plugin = { name: 'slow', form: 'module' as const, path: '/x/slow.ts', text }
    expect(await failLate(() => callHook(world.context(), plugin, 'env', {}))).toBe(late)
  })

  it('a program is ended with what it has started', async () => {
    const fifo = makeFifo(world.home, 'fifo')
    const path = world.program('slow', `cat "${fifo}" >&2 &\nwait`)
    const writer = openSync(fifo, constants.O_RDWR)
    writeSync(writer, 'hangs\n')
    const plugin = { name: 'slow', form: 'executable' as const, path }
    expect(await failLate(() => callHook(world.context(), plugin, 'env', {}))).toBe(late)
    closeSync(writer)
    // Nobody reads any more: to open the pipe for writing without waiting fails.
    const open = () => closeSync(openSync(fifo, constants.O_WRONLY | constants.O_NONBLOCK))
    await vi.waitFor(() => expect(open).toThrow('ENXIO'), { timeout: 100_000 })
  })

  it('in a switch that requires it, named with the hook', async () => {
    world.module('slow', `env: () => { console.error('hangs'); for (;;); }`)
    await world.enable('slow', 'required = yes')
    expect(await failLate(() => world.consult())).toBe(late)
  })

  it('hears of its end before', async () => {
    const text = `export default { name: 'slow', apiVersion: 1, env: ({ signal }) => new Promise((resolve) => {
      setInterval(() => {}, 1000)
      const end = () => resolve({ set: { ABORTED: signal.reason.name } })
      if (signal.aborted) end()
      else signal.addEventListener('abort', end)
    }) }`
    const plugin = { name: 'slow', form: 'module' as const, path: '/x/slow.js', text }
    const answer = await callHook(world.context(), plugin, 'env', {})
    expect(answer).toEqual({ set: { ABORTED: 'TimeoutError' } })
  })
})

describe("files that are not only the user's", () => {
  beforeEach(async () => {
    world.module('db', `env: () => ({ set: { A: '1' } })`)
    world.program('kubectl', `echo '{}'`)
    world.home.write('.config/assume/plugins/pack/package.json', '{"main":"lib/index.ts"}')
    world.home.write(
      '.config/assume/plugins/pack/lib/index.ts',
      `export default { name: 'pack', apiVersion: 1, env: () => ({ set: { P: '1' } }) }`,
    )
    await world.enable(['db', 'kubectl', 'pack'])
  })

  async function expectRefused(name: string, path: string, reason: string, command: string): Promise<void> {
    world.settings(world.settingsText.replace(`[plugin ${name}]`, `$&\nrequired = yes`))
    expect(await failure(world.consult())).toBe(
      `unsafe-plugin: a plugin from ${world.at(path)} is refused: ${reason}`,
    )
    const { status, stderr } = await world.assume('enable', name, '--yes')
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining(`${command} ${quoteFor('bash')(world.at(path))}`),
    ])
    expect(JSON.parse((await world.assume('list', '--json')).stdout)).toContainEqual(
      expect.objectContaining({ name, state: 'refused', reason: expect.stringContaining(reason) }),
    )
  }

  it.each([
    ['db', '.config/assume/plugins/db.ts', 0o606],
    ['kubectl', '.config/assume/plugins/assume-plugin-kubectl', 0o722],
    ['db', '.config/assume/plugins', 0o777],
    ['pack', '.config/assume/plugins/pack', 0o707],
    ['pack', '.config/assume/plugins/pack/lib/index.ts', 0o666],
  ])('are refused: %s, %s %o', async (name, path, mode) => {
    chmodSync(world.at(path), mode)
    await expectRefused(name, path, 'others can write to it', 'chmod go-w')
  })

  it.skipIf(!isRoot).each([
    ['db', '.config/assume/plugins/db.ts', 0o660],
    ['db', '.config', 0o770],
    ['pack', '.config/assume/plugins/pack/lib', 0o770],
  ])('are refused from a group that is not private: %s, %s %o', async (name, path, mode) => {
    chownSync(world.at(path), 0, otherGroup)
    chmodSync(world.at(path), mode)
    await expectRefused(name, path, `group ${otherGroup} can write to it`, 'chmod g-w')
  })

  it.skipIf(!isRoot)('are taken from a private group, which the umask 002 leaves open', async () => {
    for (const path of ['.config', '.config/assume', '.config/assume/plugins'])
      chmodSync(world.at(path), 0o775)
    chmodSync(world.at('.config/assume/plugins/db.ts'), 0o664)
    expect((await world.consult()).set).toContainEqual(['A', '1'])
  })

  it('may lie in a folder like /tmp', async () => {
    chmodSync(world.at('.config'), 0o1777)
    expect((await world.consult()).set).toEqual([
      ['A', '1'],
      ['P', '1'],
    ])
  })

  it('are refused behind a link too', async () => {
    const elsewhere = world.home.write('dotfiles/linked.ts', 'export default {}')
    symlinkSync(elsewhere, join(world.folder, 'linked.ts'))
    chmodSync(world.at('dotfiles'), 0o777)
    expect((await world.assume('enable', 'linked', '--yes')).stderr).toContain(
      `${world.at('dotfiles')} is refused`,
    )
  })

  it.skipIf(!isRoot)('are refused when they belong to somebody else', async () => {
    chownSync(join(world.folder, 'db.ts'), 12345, 12345)
    expect((await world.consult()).warnings).toEqual([
      expect.stringContaining('belongs to another user (12345)'),
    ])
  })

  it('are no plugin of one file when they import another', async () => {
    world.home.write('.config/assume/plugins/more.ts', 'export const A = 1')
    for (const [name, from] of [
      ['near', './more.ts'],
      ['far', 'fast-glob'],
    ]) {
      world.home.write(
        `.config/assume/plugins/${name}.ts`,
        `import * as more from '${from}'\nexport default { name: '${name}', apiVersion: 1, env: () => ({ set: { A: String(more) } }) }`,
      )
      const { status, stderr } = await world.assume('enable', name as string, '--yes')
      expect(status).toBe(1)
      expect(stderr).toMatch(
        /plugin (near|far), describe: Cannot find module .* a plugin of one file imports nothing/,
      )
    }
  })

  it('are no plugin when a package leads out of its folder', () => {
    writeFileSync(world.at('outside.ts'), '')
    symlinkSync(world.at('outside.ts'), join(world.folder, 'pack/link.ts'))
    expect(world.start('enable', 'pack', '--yes').stderr).toContain('a link in a plugin is not followed')
  })
})
