import { chmodSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Files } from '../../src/context.ts'
import { nodeFiles } from '../../src/system/files/files.ts'
import { createHome, type Home } from '../support/home.ts'
import { catchFailure, runSetup, type World } from '../support/setup-world.ts'
import { takeSnapshot } from '../support/snapshot.ts'

let home: Home
beforeEach(() => {
  home = createHome()
})

const setup = (words: string, world?: World) => runSetup(home, words, world)
const at = (name: string) => join(home.path, name)
const read = (name: string) => readFileSync(at(name), 'utf8')
const write = (name: string, content: string | Uint8Array) => home.write(name, content)
/** Without the folders of the locks. */
const snapshot = () =>
  Object.fromEntries(Object.entries(takeSnapshot(home.path)).filter(([name]) => !name.startsWith('.local')))
function installShells(...names: string[]): void {
  for (const name of names) chmodSync(home.write(`bin/${name}`, ''), 0o755)
}

describe('asking', () => {
  beforeEach(() => {
    installShells('bash')
    write('.bashrc', 'alias assume=". assume"\n')
    write('.bash_aliases', 'b\n')
  })

  it('shows the diff first, and does it for yes and Enter', async () => {
    const { screen, output } = await setup('', { answers: ['\r', 'y\r'] })
    expect(screen.indexOf('+# >>> assume >>>')).toBeGreaterThan(0)
    expect(screen.indexOf('Make these changes?')).toBeGreaterThan(screen.indexOf('+# >>> assume >>>'))
    expect(output).toMatch(/^changed ~\/\.bashrc\n/)
    expect(read('.bashrc')).toMatch(/^# put aside by assume setup: alias/)
  })

  it('leaves the alias where the answer is no', async () => {
    await setup('', { answers: ['n\r', 'what?\r', 'YES\r'] })
    expect(read('.bashrc')).toMatch(/^alias assume=". assume"\n# >>> assume >>>\n/)
  })

  it.each([
    ['no', ['y\r', 'n\r']],
    ['no to both', ['n\r', 'n\r']],
  ])('changes nothing for %s', async (_name, answers) => {
    const before = snapshot()
    expect((await setup('', { answers })).notices).toEqual(['nothing was changed'])
    expect(snapshot()).toEqual(before)
  })

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('%s cancels', async (_name, key) => {
    const before = snapshot()
    const error = await catchFailure(setup('', { answers: ['y\r', key] }))
    expect([error.code, error.exitStatus]).toEqual(['cancelled', 130])
    expect(snapshot()).toEqual(before)
  })

  it('without a terminal: the diff, exit status 3 and the command that does it', async () => {
    const before = snapshot()
    const { output, notices, exitStatus } = await setup('')
    expect(output).toContain('+# >>> assume >>>')
    expect(notices?.join('\n')).toContain('  assume setup --yes')
    expect(exitStatus).toBe(3)
    expect(snapshot()).toEqual(before)
  })

  it('--dry-run: the diff, nothing else', async () => {
    const before = snapshot()
    const { output, exitStatus } = await setup('n')
    expect(output).toMatch(/^--- .*\.bashrc\n\+\+\+ .*\.bashrc\n@@ -1 \+1,4 @@\n-alias/)
    expect(exitStatus).toBeUndefined()
    expect(snapshot()).toEqual(before)
  })

  /** Saves the file between the question and the write. */
  function saveMeanwhile(text: string): Partial<Files> {
    let reads = 0
    return {
      read: (path) => {
        if (path === at('.bashrc') && ++reads === 2) write('.bashrc', text)
        return nodeFiles.read(path)
      },
    }
  }

  it('a file that somebody saves during the question keeps what they saved', async () => {
    const files = saveMeanwhile('theirs\nalias assume=". assume"\n')
    expect((await setup('', { answers: ['y\r', 'y\r'], files })).output).toContain('changed ~/.bashrc')
    expect(read('.bashrc')).toMatch(/^theirs\n# put aside .*\n# >>> assume >>>\n/)
  })

  it('where that makes another change of it, it is asked again', async () => {
    const files = saveMeanwhile('theirs\n')
    const { screen } = await setup('', { answers: ['y\r', 'y\r', 'y\r'], files })
    expect(screen).toContain(`assume: ${at('.bashrc')} was changed by somebody else just now`)
    expect(screen.slice(screen.indexOf('just now'))).toMatch(
      / theirs\n\S*\+# >>> assume[\s\S]*Make this change\?/,
    )
    expect(read('.bashrc')).toMatch(/^theirs\n# >>> assume >>>\n/)
  })

  it('and with --yes left as they saved it', async () => {
    const error = await catchFailure(setup('y', { files: saveMeanwhile('theirs\n') }))
    expect(error).toMatchObject({ code: 'unwritable-file', exitStatus: 1, hint: 'run the command again' })
    expect(error.message).toContain(at('.bashrc'))
    expect(read('.bashrc')).toBe('theirs\n')
  })
})

describe('what goes wrong', () => {
  beforeEach(() => installShells('bash', 'zsh'))

  it('an unknown shell', async () => {
    expect((await catchFailure(setup('bash,ksh y'))).message).toContain('there is no shell ksh')
  })

  it('a broken block in one file: nothing is written to the others either', async () => {
    write('.zshrc', '# >>> assume >>>\n')
    const before = snapshot()
    expect((await catchFailure(setup('y'))).message).toMatch(/\.zshrc:1: /)
    expect((await catchFailure(setup('u y'))).code).toBe('broken-block')
    expect(snapshot()).toEqual(before)
  })

  const fail = (code: string) => () => {
    throw Object.assign(new Error(code), { code })
  }

  it.each(['EACCES', 'EIO'])('a file that cannot be read (%s)', async (code) => {
    write('.zshrc', 'a\n')
    const before = snapshot()
    const readOrFail = (path: string) => (path === at('.zshrc') ? fail(code)() : nodeFiles.read(path))
    const error = await catchFailure(setup('y', { files: { read: readOrFail } }))
    expect([error.code, error.message.includes(at('.zshrc'))]).toEqual(['unreadable-file', true])
    expect(snapshot()).toEqual(before)
  })

  it.each(['EACCES', 'EROFS', 'ENOSPC', 'EBUSY'])('a file that cannot be written (%s)', async (code) => {
    write('.bashrc', 'a\n')
    const before = snapshot()
    const rename: Files['rename'] = (from, to) =>
      to === at('.bashrc') ? fail(code)() : nodeFiles.rename(from, to)
    const error = await catchFailure(setup('bash y', { files: { rename } }))
    expect([error.code, error.message.includes(at('.bashrc')), error.hint !== undefined]).toEqual([
      'unwritable-file',
      true,
      true,
    ])
    expect(snapshot()).toEqual(before)
  })

  it('a link that leads nowhere is not replaced', async () => {
    symlinkSync(at('gone/bashrc'), at('.bashrc'))
    const before = snapshot()
    expect((await catchFailure(setup('bash y'))).message).toContain('is a link to a file that does not exist')
    expect(snapshot()).toEqual(before)
  })
})
