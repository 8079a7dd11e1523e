import { describe, expect, it } from 'vitest'
import { AssumeError } from '../../src/errors.ts'
import type { Failure } from '../../src/sandbox/failure.ts'
import type { Operation } from '../../src/sandbox/operation.ts'
import { exampleCiUser } from '../../src/sandbox/sts/role.ts'
import { RotationWorld } from './rotation-world.ts'

const oldId = exampleCiUser.accessKeyId
const operations: readonly Operation[] = [
  'ListAccessKeys',
  'CreateAccessKey',
  'GetCallerIdentity',
  'UpdateAccessKey',
  'DeleteAccessKey',
]
/** `lose` carries the request out, and nobody hears of it; so does what answers with half of it. */
const failures: readonly Failure[] = ['drop', 'lose', 'denied', 'truncated', 'wrong-type', 401, 404, 500]

async function failureOf(run: Promise<unknown>): Promise<AssumeError | undefined> {
  return run.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof AssumeError) return error
      throw error
    },
  )
}

describe.each(operations)('a rotation in which %s fails', (operation) => {
  it.each(failures)('with %j is finished by the next run', async (failure) => {
    const world = await RotationWorld.open()
    world.sandbox.fail(operation, failure)
    const context = world.createContext()
    // A key is asked for again and again until it is known: no time is left for a second attempt at each of these requests.
    const limits = operation === 'GetCallerIdentity' ? { ...context.limits, together: 0 } : context.limits
    const error = await failureOf(world.rotate({ deletes: true }, { ...context, limits }))
    expect(error?.code).toMatch(/^(network|service|keys-refused|rotation-stopped)$/)
    for (const { value, kind } of world.sandbox.secrets())
      if (kind !== 'user-key-id') expect(`${error?.message} ${world.screen.join('')}`).not.toContain(value)
    world.sandbox.mend()
    await world.expectSound()
    await world.rotate({ deletes: true })
    await world.expectSound()
    expect(world.stored?.rotation).toBeUndefined()
    expect(world.listKeys()).toEqual([`${world.stored?.accessKeyId} Active`])
    expect(world.listKeys()[0]).not.toContain(oldId)
  })
})

it('asks for a new key once', async () => {
  const world = await RotationWorld.open()
  world.sandbox.fail('CreateAccessKey', 'lose', 1)
  expect(await failureOf(world.rotate())).toMatchObject({ code: 'network' })
  expect(world.sandbox.requests.count('CreateAccessKey')).toBe(1)
  const [, orphan] = world.sandbox.userKeys('ci')
  await world.rotate()
  expect(world.screen.join('')).toContain(
    `${orphan?.accessKeyId} was made by a rotation that was interrupted, and its secret is lost`,
  )
  expect(world.listKeys().join()).not.toContain(orphan?.accessKeyId)
})

it('waits until a key is known everywhere, and is patient where it is known late', async () => {
  const world = await RotationWorld.open({ keyDelay: { signed: 7, listed: 1 } })
  world.sandbox.fail('GetCallerIdentity', 401, { every: 4 })
  await expect(failureOf(world.rotate())).resolves.toMatchObject({ code: 'rotation-stopped' })
  expect(world.stored).toMatchObject({ accessKeyId: oldId, rotation: { step: 'pending' } })
  world.sandbox.mend()
  await world.rotate()
  await world.expectSound()
  expect(world.listKeys()[0]).toBe(`${oldId} Inactive`)
})

it('finds the key that an interrupted rotation has made though IAM lists it late', async () => {
  const world = await RotationWorld.open({ keyDelay: { listed: 2 } })
  world.sandbox.fail('CreateAccessKey', 'lose', 1)
  await failureOf(world.rotate())
  await world.rotate({ deletes: true })
  await world.expectSound()
  expect(world.listKeys()).toEqual([`${world.stored?.accessKeyId} Active`])
})

it('ends at an interruption of the wait, and goes on from there', async () => {
  const world = await RotationWorld.open({ keyDelay: { signed: 3 } })
  const interruption = new AbortController()
  world.onBoundary = (name) => {
    if (name === 'before identify') interruption.abort(new AssumeError('cancelled', 'cancelled'))
  }
  const context = { ...world.createContext(), interruption: interruption.signal }
  expect(await failureOf(world.rotate({}, context))).toMatchObject({ code: 'cancelled', exitStatus: 130 })
  expect(world.stored?.rotation).toMatchObject({ step: 'pending' })
  world.onBoundary = () => {}
  await world.rotate()
  await world.expectSound()
  expect(world.listKeys()).toHaveLength(2)
})

it('says what the policies have to allow, and that they may want MFA', async () => {
  const world = await RotationWorld.open({
    iamUsers: [{ ...exampleCiUser, deniedWithoutMfa: ['iam:CreateAccessKey'] }],
  })
  expect(await failureOf(world.rotate())).toMatchObject({
    code: 'keys-refused',
    message: expect.stringMatching(
      /^cannot make a new key: User: arn:aws:iam::123456789011:user\/ci is not authorized to perform: iam:CreateAccessKey/,
    ),
    hint: expect.stringMatching(/where they want MFA, set mfa_serial in the profile$/),
  })
  expect(world.listKeys()).toEqual([`${oldId} Active`])
})
