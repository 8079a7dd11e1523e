import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readFileSync } from 'node:fs'
import { expect, it, onTestFinished, vi } from 'vitest'
import { setDeadline } from '../../src/programs/deadline.ts'
import { createHome } from '../support/home.ts'

it('ends a process by one that is handed nothing of the environment but PATH', async () => {
  const home = createHome()
  chmodSync(home.write('bin/sleep', `#!/bin/sh\nenv >${home.path}/env\n`), 0o755)
  vi.stubEnv('PATH', `${home.path}/bin:${process.env['PATH']}`)
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'the-secret')
  onTestFinished(() => void vi.unstubAllEnvs())
  const late = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  setDeadline(3, late.pid as number, 'late')
  expect(await once(late, 'exit')).toEqual([null, 'SIGKILL'])
  expect(readFileSync(`${home.path}/env`, 'utf8')).not.toContain('the-secret')
})
