import { describe, expect, it } from 'vitest'
import { exampleCiUser } from '../../src/sandbox/sts/role.ts'
import { Crash, RotationWorld } from './rotation-world.ts'

const oldId = exampleCiUser.accessKeyId

/** Runs until the given boundary, the first being 0; says whether it was met, and where that was. */
async function crashAt(
  world: RotationWorld,
  boundary: number,
  deletes: boolean,
): Promise<string | undefined> {
  let seen = 0
  let place: string | undefined
  world.onBoundary = (name) => {
    if (seen === boundary) place = name
    seen += 1
    if (place !== undefined) throw new Crash(name)
  }
  await world.rotate({ deletes }).catch((error: unknown) => {
    if (!(error instanceof Crash)) throw error
  })
  world.onBoundary = () => {}
  return place
}

/** What has to be once a rotation is over. */
async function expectRotated(world: RotationWorld, deletes: boolean): Promise<void> {
  await world.expectSound()
  const id = world.stored?.accessKeyId
  expect(id).not.toBe(oldId)
  expect(world.listKeys()).toEqual(deletes ? [`${id} Active`] : [`${oldId} Inactive`, `${id} Active`])
  expect(world.stored?.rotation).toEqual(deletes ? undefined : { step: 'retired', accessKeyId: oldId })
  expect(world.forgotten).toBeGreaterThan(0)
}

describe.each([
  ['that leaves the old key inactive', false],
  ['that deletes it', true],
])('a rotation %s', (_title, deletes) => {
  it('is finished by the next run wherever it ended', async () => {
    const places: string[] = []
    for (let boundary = 0; ; boundary += 1) {
      const world = await RotationWorld.open()
      const place = await crashAt(world, boundary, deletes)
      if (place === undefined) break
      places.push(place)
      await world.expectSound()
      if (!place.startsWith('after store') || world.stored?.rotation?.step !== 'retired')
        await world.rotate({ deletes })
      await expectRotated(world, deletes)
    }
    expect(new Set(places)).toEqual(
      new Set(
        ['store creating', 'store pending', 'store retiring', 'list', 'create', 'identify', 'deactivate']
          .concat(deletes ? ['store no rotation', 'delete'] : ['store retired'])
          .flatMap((name) => [`before ${name}`, `after ${name}`]),
      ),
    )
  })

  it('is finished however often it ends, each time one step later', async () => {
    for (const stride of [1, 2, 3, 5]) {
      const world = await RotationWorld.open({ keyDelay: { signed: 1, listed: 1 } })
      for (let boundary = 0; (await crashAt(world, boundary, deletes)) !== undefined; boundary += stride)
        await world.expectSound()
      await world.rotate({ deletes }).catch(() => {})
      await world.expectSound()
      expect(world.stored?.accessKeyId).not.toBe(oldId)
    }
  })
})
