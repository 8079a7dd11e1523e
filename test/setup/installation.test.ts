import { chmodSync, mkdirSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { closeToOthers } from '../../src/setup/installation.ts'
import { nodeFiles } from '../../src/system/files/files.ts'
import { createHome, type Home } from '../support/home.ts'

let home: Home
let installation: string
beforeEach(() => {
  home = createHome()
  installation = join(home.path, 'assume')
  for (const name of ['bin/assume', 'dist/chunks/a.js', 'node'])
    chmodSync(home.write(`assume/${name}`, ''), 0o775)
  for (const folder of ['', 'bin', 'dist', 'dist/chunks']) chmodSync(join(installation, folder), 0o755)
})

const modeOf = (name: string) => statSync(join(home.path, name)).mode & 0o777

describe('what others can write to in an installation', () => {
  it('is closed to them, with its other rights as they were', () => {
    chmodSync(join(installation, 'dist'), 0o777)
    expect(closeToOthers(nodeFiles, installation)).toEqual({ closed: 4, open: [] })
    expect(['assume/dist', 'assume/bin/assume', 'assume/node'].map(modeOf)).toEqual([0o755, 0o755, 0o755])
    expect(closeToOthers(nodeFiles, installation)).toEqual({ closed: 0, open: [] })
  })

  it('is not what a link leads to', () => {
    chmodSync(home.write('elsewhere/file', ''), 0o666)
    chmodSync(join(home.path, 'elsewhere'), 0o777)
    symlinkSync(join(home.path, 'elsewhere'), join(installation, 'shell'))
    symlinkSync(join(home.path, 'elsewhere/file'), join(installation, 'dist/file'))
    mkdirSync(join(home.path, 'links'))
    symlinkSync(installation, join(home.path, 'links/assume'))
    expect(closeToOthers(nodeFiles, join(home.path, 'links/assume')).closed).toBe(3)
    expect([modeOf('elsewhere'), modeOf('elsewhere/file')]).toEqual([0o777, 0o666])
  })

  it('and belongs to somebody else is named', () => {
    const setMode = () => {
      throw Object.assign(new Error('EPERM'), { code: 'EPERM' })
    }
    const names = ['bin/assume', 'dist/chunks/a.js', 'node']
    expect(closeToOthers({ ...nodeFiles, setMode }, installation)).toEqual({
      closed: 0,
      open: names.map((name) => join(installation, name)),
    })
  })
})
