import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runCore } from '../support/core.ts'
import { makeFifo } from '../support/fifo.ts'
import { createHome } from '../support/home.ts'
import { awsOf, describeShells, dumpTo, readDump, runScript } from '../support/shell.ts'
import { shells } from '../support/shells/index.ts'

const config = '[profile one]\ncredential_process = /bin/true\nregion = eu-west-1\n'

describeShells('a pipe where a file should be', shells, (shell) => {
  it('holds up neither TAB nor a switch', () => {
    const home = createHome()
    home.writeAws(config)
    runCore(home, ['list'])
    const cache = join(home.path, '.cache/assume')
    const generation = readdirSync(cache).find((name) => name.startsWith('index-')) ?? ''
    for (const name of readdirSync(join(cache, generation)).filter((name) => name.startsWith('rows-')))
      makeFifo(home, join('.cache/assume', generation, name))
    const history = makeFifo(home, '.local/state/assume/history')
    const odd = makeFifo(home, 'odd/assume/index')
    const config2 = makeFifo(home, 'config')
    home.write('credentials', '[two]\n')
    const lines = [
      'assume one',
      shell.expectStatus(0),
      dumpTo(shell, home, 'at'),
      shell.setExported('XDG_CACHE_HOME', join(home.path, 'odd')),
      shell.setExported('AWS_CONFIG_FILE', config2),
      shell.setExported('AWS_SHARED_CREDENTIALS_FILE', join(home.path, 'credentials')),
      shell.complete('assume env '),
      'exit 0',
    ]
    const { status, stdout, stderr } = runScript(shell, home, lines)
    expect([status, stdout.trim(), stderr]).toEqual([0, 'two', ''])
    expect(awsOf(readDump(home, 'at'))).toMatchObject({ AWS_PROFILE: 'one', AWS_REGION: 'eu-west-1' })
    expect([history, odd, config2].map((path) => statSync(path).isFIFO())).toEqual([true, true, true])
  })
})
