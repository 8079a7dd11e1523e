import { expect, it } from 'vitest'
import { runCore } from '../support/core.ts'
import { makeFifo } from '../support/fifo.ts'
import { createHome } from '../support/home.ts'

it('is not looked into for a package.json, by any command', () => {
  const home = createHome()
  makeFifo(home, 'package.json')
  expect(runCore(home, ['settings', 'get', 'assume_region'])).toEqual({
    status: 0,
    stdout: 'on\n',
    stderr: '',
  })
  const { status, stdout } = runCore(home, ['configure', '--help'])
  expect([status, stdout]).toEqual([0, expect.stringContaining('assume configure')])
})
