import { describe, expect, it } from 'vitest'
import { AssumeError } from '../../src/errors.ts'
import {
  isForgotten,
  type OtherKey,
  planRotation,
  type RotationFacts,
} from '../../src/key-lifecycle/rotation/rotation.ts'
import { exampleCiUser } from '../../src/sandbox/sts/role.ts'
import { RotationWorld } from './rotation-world.ts'

const now = 1_764_000_000_000
const minute = 60_000
const stored = { accessKeyId: 'AKIAOWN', secretAccessKey: 'secret', createdAt: 0 }
const creating = { step: 'creating', startedAt: now - 5 * minute, knownIds: ['AKIAOWN'] } as const
const orphan: OtherKey = {
  accessKeyId: 'AKIANEW',
  isActive: true,
  createdAt: now - 4 * minute,
  lastUse: 'never',
}

function plan(changes: Partial<RotationFacts>) {
  return planRotation({ stored, own: 'active', others: [], deletes: false, now, ...changes })
}

describe('the plan of a rotation', () => {
  it('notes what there is before a key is made, and keeps a fresh note', () => {
    expect(plan({})).toEqual({ kind: 'create', startedAt: now, knownIds: ['AKIAOWN'] })
    const { step: _, ...note } = creating
    expect(plan({ stored: { ...stored, rotation: creating } })).toEqual({ kind: 'create', ...note })
    const stale = { ...creating, startedAt: now - 15 * minute }
    expect(plan({ stored: { ...stored, rotation: stale } })).toMatchObject({ startedAt: now })
  })

  it.each([
    ['as we made it', {}, 'discard'],
    ['that was used', { lastUse: now }, 'make-room'],
    ['of which nobody may know whether it was used', { lastUse: undefined }, 'make-room'],
    ['that is older than the note', { createdAt: now - 21 * minute }, 'make-room'],
    ['that is much younger than the note', { createdAt: now + 26 * minute }, 'make-room'],
    ['that was there before', { accessKeyId: 'AKIAOWN' }, 'make-room'],
  ] as const)('of an interrupted one takes a key %s for the right one', (_title, changes, kind) => {
    const others = [{ ...orphan, ...changes }]
    expect(plan({ stored: { ...stored, rotation: creating }, others })).toMatchObject({ kind })
    expect(plan({ others })).toMatchObject({ kind: 'make-room' })
  })

  it.each([
    ['retiring', true, false, { kind: 'deactivate', accessKeyId: 'AKIANEW' }],
    ['retiring', false, false, { kind: 'note-inactive', accessKeyId: 'AKIANEW' }],
    ['retiring', false, true, { kind: 'delete', accessKeyId: 'AKIANEW' }],
    ['retired', false, false, { kind: 'delete', accessKeyId: 'AKIANEW' }],
    ['retired', true, false, { kind: 'stop', reason: 'active-again' }],
    ['retired', true, true, { kind: 'stop', reason: 'active-again' }],
  ] as const)('of an old key: %s, active %s, to be deleted %s', (step, isActive, deletes, result) => {
    const rotation = { step, accessKeyId: 'AKIANEW' }
    const others = [{ ...orphan, isActive }]
    expect(plan({ stored: { ...stored, rotation }, others, deletes })).toEqual(result)
    expect(plan({ stored: { ...stored, rotation }, deletes })).toEqual({ kind: 'forget-old' })
  })

  it('stops where the stored key is not one of the user that asks, or is inactive', () => {
    expect(plan({ own: 'absent' })).toEqual({ kind: 'stop', reason: 'own-absent' })
    expect(plan({ own: 'inactive' })).toEqual({ kind: 'stop', reason: 'own-inactive' })
  })

  it('has a key for forgotten that is inactive and was long unused', () => {
    const old = now - 91 * 24 * 60 * minute
    const key = { ...orphan, isActive: false, createdAt: old }
    expect(isForgotten(key, now)).toBe(true)
    expect(isForgotten({ ...key, lastUse: old }, now)).toBe(true)
    expect(isForgotten({ ...key, lastUse: now - minute }, now)).toBe(false)
    expect(isForgotten({ ...key, createdAt: now }, now)).toBe(false)
    expect(isForgotten({ ...key, lastUse: undefined }, now)).toBe(false)
    expect(isForgotten({ ...key, isActive: true }, now)).toBe(false)
  })
})

const own = exampleCiUser.accessKeyId

async function failureOf(run: Promise<unknown>): Promise<unknown> {
  return run.catch((error: unknown) => {
    if (error instanceof AssumeError) return error
    throw error
  })
}

describe('a second key of the user', () => {
  it('that is active stops the rotation, and is shown', async () => {
    const world = await RotationWorld.open()
    const { accessKeyId } = await world.makeKey()
    expect(await failureOf(world.rotate({ saysYes: true }))).toMatchObject({
      code: 'rotation-stopped',
      message: `there is no room for a new key: ${accessKeyId} is active, and something may use it`,
      hint: expect.stringContaining('assume keys rotate ci'),
    })
    expect(world.screen.join('')).toMatch(new RegExp(`${accessKeyId}: active, made at .*, never used`))
    expect(world.listKeys()).toEqual([`${own} Active`, `${accessKeyId} Active`])
  })

  it('that is inactive is deleted where somebody says yes', async () => {
    const world = await RotationWorld.open()
    const { accessKeyId } = await world.makeKey()
    await world.deactivate(accessKeyId)
    expect(await failureOf(world.rotate())).toMatchObject({ code: 'confirmation-needed', exitStatus: 3 })
    expect(await failureOf(world.rotate({}, world.createContext([''])))).toMatchObject({
      code: 'rotation-stopped',
    })
    expect(await failureOf(world.rotate({ saysYes: true }))).toMatchObject({ code: 'rotation-stopped' })
    expect(world.listKeys()).toEqual([`${own} Active`, `${accessKeyId} Inactive`])
    const end = await world.rotate({}, world.createContext(['y']))
    expect(end).toEqual({
      accessKeyId: world.stored?.accessKeyId,
      oldKey: { accessKeyId: own, state: 'inactive' },
    })
    expect(world.listKeys()).toEqual([`${own} Inactive`, `${end.accessKeyId} Active`])
  })
})

describe('a rotation after one that left the old key inactive', () => {
  it('deletes that, and makes a new one', async () => {
    const world = await RotationWorld.open()
    const first = await world.rotate()
    const second = await world.rotate()
    expect(world.listKeys()).toEqual([`${first.accessKeyId} Inactive`, `${second.accessKeyId} Active`])
    await world.expectSound()
  })

  it('with --delete deletes that alone, also where somebody else has', async () => {
    const world = await RotationWorld.open()
    const { accessKeyId } = await world.rotate()
    expect(await world.rotate({ deletes: true })).toEqual({
      accessKeyId,
      oldKey: { accessKeyId: own, state: 'deleted' },
    })
    const next = await world.rotate()
    await world.delete(accessKeyId)
    expect(await world.rotate({ deletes: true })).toEqual({ accessKeyId: next.accessKeyId })
    expect(world.listKeys()).toEqual([`${next.accessKeyId} Active`])
  })
})
