import { describe, expect, it } from 'vitest'
import type { Credentials } from '../../src/aws/credentials.ts'
import { AssumeError } from '../../src/errors.ts'
import { CredentialSupply } from '../../src/serve/supply.ts'

const minute = 60_000

/** A portal of simulated time, whose keys live for `life` minutes; `fails` says which of its calls do. */
class Portal {
  now = 0
  readonly calls: number[] = []
  readonly troubles: (string | undefined)[] = []
  readonly life: number
  fails: (call: number) => boolean = () => false
  kept: Credentials | undefined
  #atOnce = 0

  constructor(life: number) {
    this.life = life
  }

  readonly world = {
    now: () => this.now,
    wait: async (milliseconds: number, signal: AbortSignal) => {
      expect(milliseconds).toBeGreaterThan(0)
      this.now += milliseconds
      this.onTick()
      signal.throwIfAborted()
    },
    fetch: async (refresh: boolean): Promise<Credentials> => {
      if (!refresh && this.kept && (this.kept.expiresAt ?? 0) - this.now > 15 * minute) return this.kept
      expect(++this.#atOnce).toBe(1)
      await Promise.resolve()
      this.#atOnce -= 1
      this.calls.push(this.now)
      if (this.fails(this.calls.length))
        throw new AssumeError('network', 'no answer', { hint: 'assume doctor' })
      const expiresAt = this.now + this.life * minute
      return { accessKeyId: `AKID${this.calls.length}`, secretAccessKey: 's', sessionToken: 't', expiresAt }
    },
    onTrouble: (failure: { message: string } | undefined) => void this.troubles.push(failure?.message),
  }

  onTick: () => void = () => {}

  /** Runs a supply for so many minutes and looks at what guests get at each turn. */
  async run(minutes: number, look: (taken: ReturnType<CredentialSupply['take']>) => void) {
    const supply = await CredentialSupply.open(this.world)
    const end = new AbortController()
    this.onTick = () => {
      look(supply.take())
      if (this.now >= minutes * minute) end.abort('over')
    }
    await expect(supply.run(end.signal)).rejects.toBe('over')
    return supply
  }
}

const leftOf = (portal: Portal, taken: ReturnType<CredentialSupply['take']>) =>
  'code' in taken ? undefined : ((taken.expiresAt ?? 0) - portal.now) / minute

describe('a supply', () => {
  it('has always 15 minutes left, with one call for each 40', async () => {
    const portal = new Portal(60)
    await portal.run(12 * 60, (taken) => expect(leftOf(portal, taken)).toBeGreaterThanOrEqual(15))
    expect(portal.calls.length).toBeLessThanOrEqual(1 + (12 * 60) / 40)
  })

  it('takes what others keep, and renews what they keep for too short a time', async () => {
    const portal = new Portal(60)
    portal.kept = { accessKeyId: 'KEPT', secretAccessKey: 's', expiresAt: 50 * minute }
    const supply = await CredentialSupply.open(portal.world)
    expect(supply.take()).toMatchObject({ accessKeyId: 'KEPT' })
    portal.now = 33 * minute
    expect((await CredentialSupply.open(portal.world)).take()).toMatchObject({ accessKeyId: 'AKID1' })
  })

  it('renews keys that live for 15 minutes at half of that', async () => {
    const portal = new Portal(15)
    await portal.run(120, (taken) => expect(leftOf(portal, taken)).toBeGreaterThanOrEqual(7))
    expect(portal.calls.length).toBeLessThanOrEqual(18)
  })

  it('serves for hours where half of the calls fail, and makes no storm', async () => {
    const portal = new Portal(60)
    portal.fails = (call) => call > 1 && call % 2 === 0
    await portal.run(12 * 60, (taken) => expect(leftOf(portal, taken)).toBeGreaterThanOrEqual(15))
    expect(portal.calls.length).toBeLessThanOrEqual(2 * (1 + (12 * 60) / 40))
    expect(portal.troubles.slice(0, 2)).toEqual(['no answer: assume doctor', undefined])
  })

  it('serves what is left down to a minute where nothing answers, then says why not', async () => {
    const portal = new Portal(60)
    portal.fails = (call) => call > 1
    const seen: (number | undefined)[] = []
    const supply = await portal.run(120, (taken) => void seen.push(leftOf(portal, taken)))
    const served = seen.filter((left) => left !== undefined)
    expect(Math.min(...served)).toBeGreaterThanOrEqual(1)
    expect(Math.min(...served)).toBeLessThan(3)
    expect(supply.take()).toEqual({ code: 'network', message: 'no answer: assume doctor' })
    // Once a minute at most, when it has failed a few times.
    expect(portal.calls.length).toBeLessThanOrEqual(1 + 80 + 5)
    expect(portal.troubles).toEqual(['no answer: assume doctor'])
  })

  it('renews at once after the machine has slept', async () => {
    const portal = new Portal(60)
    const supply = await CredentialSupply.open(portal.world)
    const end = new AbortController()
    portal.onTick = () => {
      portal.onTick = () => {
        expect(supply.take()).toMatchObject({ accessKeyId: 'AKID2' })
        end.abort('over')
      }
      portal.now += 5 * 60 * minute
      expect(supply.take()).toMatchObject({ code: 'ExpiredToken' })
    }
    await expect(supply.run(end.signal)).rejects.toBe('over')
  })

  it('lets a bug through', async () => {
    const portal = new Portal(60)
    const supply = await CredentialSupply.open(portal.world)
    portal.fails = () => {
      throw new TypeError('a bug')
    }
    await expect(supply.run(new AbortController().signal)).rejects.toThrow('a bug')
  })

  it('reads keys without an end again, which may have been rotated, and serves them where that fails', async () => {
    const portal = new Portal(60)
    const reads: number[] = []
    const fetch = async (): Promise<Credentials> => {
      if (portal.now > 70 * minute) throw new AssumeError('unreadable-file', 'gone')
      return { accessKeyId: `AKIA${reads.push(portal.now / minute)}`, secretAccessKey: 's' }
    }
    const supply = await CredentialSupply.open({ ...portal.world, fetch })
    const end = new AbortController()
    portal.onTick = () => {
      if (portal.now >= 240 * minute) end.abort('over')
    }
    await expect(supply.run(end.signal)).rejects.toBe('over')
    expect(reads).toEqual([0, 20, 40, 60])
    expect(supply.take()).toMatchObject({ accessKeyId: 'AKIA4' })
    expect(portal.troubles).toEqual(['gone'])
  })
})
