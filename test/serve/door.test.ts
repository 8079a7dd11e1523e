import { once } from 'node:events'
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { connect, Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type OpenDoor, openPort, openSocket } from '../../src/serve/door.ts'
import { createContext } from '../support/context.ts'
import { createHome } from '../support/home.ts'

const token = 'the-token'
const secret = 'the-secret'
const credentials = { accessKeyId: 'AKID', secretAccessKey: secret }
const take = () => credentials
/** Without it the wait is for a second. */
const patiently = { timeout: 100_000 }

async function open(port = 0) {
  const door = await openPort(createContext(createHome()), take, { port, token, profileName: 'dev' })
  onTestFinished(() => door.close())
  return door
}

function enter(address: string): Socket {
  const socket = connect(Number(address.split(':')[1]), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  return socket.on('error', () => {})
}

/** All that a guest hears who says this, and stops speaking then. */
async function say(address: string, text: string): Promise<string> {
  const socket = enter(address)
  let heard = ''
  socket.setEncoding('latin1').on('data', (part: string) => {
    heard += part
  })
  socket.end(text, 'latin1')
  await once(socket, 'close')
  return heard
}

const lines = (...each: string[]) => `${each.join('\r\n')}\r\n\r\n`

describe('the door of a port', () => {
  const right = (address: string) => lines('GET / HTTP/1.1', `Host: ${address}`, `Authorization: ${token}`)

  it('answers once, and half-closed connections too', async () => {
    const { address } = await open()
    const text = right(address)
    const heard = await say(address, text + text + text)
    expect(heard).toMatch(/^HTTP\/1\.1 200 /)
    expect(heard).toMatch(/\r\nconnection: close\r\n/i)
    expect(heard).toMatch(/\r\ncache-control: no-store\r\n/i)
    expect(heard.split(secret)).toHaveLength(2)
    expect(await say(address, text.replace('HTTP/1.1', 'HTTP/1.0'))).toContain(secret)
  })

  it.each<[string, (address: string) => string]>([
    ['nothing', () => ''],
    ['a line without an end', () => 'GET / HT'],
    ['the first HTTP', () => 'GET /\r\n'],
    ['TLS', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\x00\xff\x0a'],
    [
      'two hosts',
      (at) => lines('GET / HTTP/1.1', `Host: ${at}`, 'Host: evil.example', `Authorization: ${token}`),
    ],
    [
      'two tokens',
      (at) => lines('GET / HTTP/1.1', `Host: ${at}`, `Authorization: ${token}`, 'Authorization: x'),
    ],
    ['no host', () => lines('GET / HTTP/1.0', `Authorization: ${token}`)],
    ['one without the token before one with it', (at) => lines('GET / HTTP/1.1', `Host: ${at}`) + right(at)],
    ['a header that is too long', (at) => lines(right(at).trimEnd(), `X: ${'x'.repeat(10_000)}`)],
    ['a NUL', (at) => lines(right(at).trimEnd(), 'X: \0')],
    ['CONNECT', (at) => right(at).replace('GET /', 'CONNECT evil.example:80')],
    ['a whole URL', (at) => right(at).replace('GET /', `GET http://${at}/`)],
  ])('gives nothing to who says %s, and stays', async (_name, text) => {
    const { address } = await open()
    expect(await say(address, text(address))).not.toContain(secret)
    expect(await say(address, right(address))).toContain(secret)
  })

  it('is not barred by those who stand in it: of more than 800 the first goes for each who comes', async () => {
    const { address } = await open()
    const idlers = Array.from({ length: 800 }, () => enter(address))
    await Promise.all(idlers.map((idler) => once(idler, 'connect')))
    const gone = () => idlers.filter(({ destroyed }) => destroyed).length
    for (const count of [1, 1, 1]) {
      expect(await say(address, right(address))).toContain(secret)
      await vi.waitUntil(() => gone() === count, patiently)
    }
    const late = [enter(address), enter(address)]
    await Promise.all(late.map((idler) => once(idler, 'connect')))
    await vi.waitUntil(() => gone() === 2, patiently)
    expect(late.some(({ destroyed }) => destroyed)).toBe(false)
  })

  it.each([
    ['EADDRINUSE', 'something listens there already'],
    ['EACCES', 'the system keeps this port for itself'],
  ])('is not opened where the system says %s', async (code, reason) => {
    const listen = vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server) {
      this.emit('error', Object.assign(new Error(code), { code }))
      return this
    })
    onTestFinished(() => listen.mockRestore())
    await expect(open(80)).rejects.toMatchObject({
      code: 'address-taken',
      message: `cannot listen at 127.0.0.1:80: ${reason}`,
    })
  })

  it('ends with all who stand in it', async () => {
    const { address, close } = await open()
    const idler = enter(address)
    await once(idler, 'connect')
    await say(address, right(address))
    close()
    await vi.waitUntil(() => idler.destroyed, patiently)
  })
})

describe('the door of a socket', () => {
  function place() {
    const home = createHome()
    mkdirSync(join(home.path, 'run'), { mode: 0o700 })
    const context = { ...createContext(home), cleanups: new Set<() => void>() }
    const path = join(home.path, 'run/s')
    const openHere = () =>
      openSocket(context, { locks: join(home.path, 'locks') }, take, { path, profileName: 'dev' })
    return { context, path, openHere }
  }

  it('is for its owner, and goes by what is cleared away at the end, unless something else has its place', async () => {
    const { context, path, openHere } = place()
    const door = await openHere()
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(context.cleanups.size).toBe(1)
    for (const clean of context.cleanups) clean()
    expect(readdirSync(join(path, '..'))).toEqual([])
    writeFileSync(path, 'of another')
    door.close()
    expect(context.cleanups.size).toBe(0)
    expect(readFileSync(path, 'utf8')).toBe('of another')
  })

  it('is in no folder that others can write to', async () => {
    const { path, openHere } = place()
    chmodSync(join(path, '..'), 0o777)
    await expect(openHere()).rejects.toMatchObject({ code: 'unsafe-file' })
    expect(readdirSync(join(path, '..'))).toEqual([])
  })

  it('is in the place of no link', async () => {
    const { path, openHere } = place()
    writeFileSync(`${path}.mine`, 'mine')
    symlinkSync(`${path}.mine`, path)
    await expect(openHere()).rejects.toMatchObject({
      code: 'address-taken',
      message: expect.stringContaining('it is no socket'),
    })
    expect(readFileSync(path, 'utf8')).toBe('mine')
  })

  it('is opened once, by whoever comes first', async () => {
    const home = createHome()
    mkdirSync(join(home.path, 'run'), { mode: 0o700 })
    const context = createContext(home)
    const path = join(home.path, 'run/s')
    const openings = Array.from({ length: 5 }, () =>
      openSocket(context, { locks: join(home.path, 'locks') }, take, { path, profileName: 'dev' }),
    )
    const outcomes = await Promise.allSettled(openings)
    const doors = outcomes.flatMap((each): OpenDoor[] => (each.status === 'fulfilled' ? [each.value] : []))
    expect(doors).toHaveLength(1)
    for (const each of outcomes)
      if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'address-taken' })
    expect(readdirSync(join(home.path, 'run'))).toEqual(['s'])
    doors[0]?.close()
    expect(readdirSync(join(home.path, 'run'))).toEqual([])
  })
})
