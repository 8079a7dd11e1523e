import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { PassThrough } from 'node:stream'
import { setImmediate as takeTurn } from 'node:timers/promises'
import { afterAll, expect, it, onTestFinished, vi } from 'vitest'

const { endings } = vi.hoisted(() => ({ endings: [] as (() => void)[] }))

/** `helper` stands for a program that ends when the test says so: in which order a system tells of two things cannot be had. */
vi.mock('execa', async (importOriginal) => {
  const { execa } = await importOriginal<typeof import('execa')>()
  const pretend = () =>
    Object.assign(new Promise((resolve) => endings.push(() => resolve({ exitCode: 1 }))), {
      stdout: new PassThrough(),
      stderr: new PassThrough(),
      exitCode: 1,
      signalCode: null,
      pid: undefined,
    })
  return {
    execa: (program: string, ...rest: []) => (program === 'helper' ? pretend() : execa(program, ...rest)),
  }
})
vi.mock('node:tty', async (importOriginal) => ({
  ...(await importOriginal<typeof import('node:tty')>()),
  isatty: () => true,
}))

// Other files in this process have loaded it with the real one, and others will.
vi.resetModules()
const { askProgram } = await import('../../src/programs/ask.ts')
afterAll(() => void vi.resetModules())

/** Without it the wait is for a second. */
const patiently = { timeout: 100_000 }

it('is interrupted also when the end of the program that Ctrl-C ends, too, is seen just before the signal', async () => {
  const reason = new Error('cancelled')
  const interruption = new AbortController()
  const { signal } = interruption
  const asked = askProgram('helper', [], { env: {}, limit: 60_000, partner: 'user', signal })
  await vi.waitUntil(() => endings.length > 0, patiently)
  setImmediate(() => interruption.abort(reason))
  endings[0]?.()
  await expect(asked).rejects.toBe(reason)
})

/** Says over a connection who it is and when it hears of Ctrl-C, and ends once it is told to go; a SIGTERM ends it at once. */
const patient = `
const socket = require('node:net').connect(Number(process.argv[1]), '127.0.0.1')
process.on('SIGINT', () => socket.write('told\\n'))
socket.write(process.pid + '\\n')
socket.on('data', () => socket.end('left in order\\n'))
`

it('gives a program that has Ctrl-C from the terminal, too, the time to leave it in order', async () => {
  const reason = new Error('cancelled')
  const interruption = new AbortController()
  const server = createServer()
  onTestFinished(() => void server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const port = String((server.address() as AddressInfo).port)
  const { signal } = interruption
  const question = { env: {}, limit: 60_000, partner: 'user', signal } as const
  const failed = expect(askProgram(process.execPath, ['--eval', patient, port], question)).rejects.toBe(
    reason,
  )
  const [socket] = (await once(server, 'connection')) as [Socket]
  let said = ''
  socket.setEncoding('utf8').on('data', (text) => (said += text))
  await vi.waitUntil(() => said.endsWith('\n'), patiently)
  process.kill(Number(said), 'SIGINT')
  await vi.waitUntil(() => said.endsWith('told\n'), patiently)
  interruption.abort(reason)
  await takeTurn()
  socket.write('go\n')
  await failed
  expect(said).toMatch(/^\d+\ntold\nleft in order\n$/)
})
