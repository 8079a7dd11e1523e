import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Files } from '../../src/context.ts'
import { editAwsConfig } from '../../src/profiles/aws-config-file.ts'
import { nodeFiles } from '../../src/system/files/files.ts'
import { locatePaths } from '../../src/system/paths.ts'
import { createContext } from '../support/context.ts'
import { createHome, type Home } from '../support/home.ts'
import { takeSnapshot } from '../support/snapshot.ts'

let home: Home
let path: string
let backup: string
beforeEach(() => {
  home = createHome()
  path = join(home.path, '.aws/config')
  backup = `${path}.assume-backup`
})

const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8)
const write = (after: string, files: Partial<Files> = {}) =>
  editAwsConfig(createContext(home, { files }), locatePaths({ HOME: home.path }, 'linux'), {
    plan: (before) => ({ path, before, after }),
  })

describe('the AWS config file', () => {
  it('is created 0600, its folder 0700, without a backup', async () => {
    await write('new\n')
    expect(readFileSync(path, 'utf8')).toBe('new\n')
    expect([modeOf(path), modeOf(join(home.path, '.aws'))]).toEqual(['600', '700'])
    expect(existsSync(backup)).toBe(false)
  })

  it('keeps its mode, and the first edit leaves it as it was, to the byte', async () => {
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x5b, 0xff, 0x0d, 0x0a])
    chmodSync(home.write('.aws/config', bytes), 0o640)
    await write('one\n')
    await write('two\n')
    expect(readFileSync(path, 'utf8')).toBe('two\n')
    expect(readFileSync(backup)).toEqual(bytes)
    expect([modeOf(path), modeOf(backup)]).toEqual(['640', '640'])
  })

  it('may be a link, which stays; the backup is beside the link', async () => {
    const target = home.write('dotfiles/aws', 'old\n')
    mkdirSync(join(home.path, '.aws'))
    symlinkSync(target, path)
    await write('new\n')
    expect(takeSnapshot(home.path)['.aws/config']).toBe(`link to ${target}`)
    expect([readFileSync(target, 'utf8'), readFileSync(backup, 'utf8')]).toEqual(['new\n', 'old\n'])
  })

  it('saved while the backup is written is not overwritten, and no backup stays', async () => {
    home.write('.aws/config', 'old\n')
    const rename = (from: string, to: string) => {
      nodeFiles.rename(from, to)
      if (to === backup) home.write('.aws/config', 'theirs\n')
    }
    await expect(write('new\n', { rename })).rejects.toMatchObject({ code: 'unwritable-file' })
    expect(readFileSync(path, 'utf8')).toBe('theirs\n')
    expect(existsSync(backup)).toBe(false)
  })

  it('that cannot be written stays, and leaves no backup', async () => {
    home.write('.aws/config', 'old\n')
    const snapshot = takeSnapshot(join(home.path, '.aws'))
    const create: Files['create'] = (file, bytes, mode) => {
      if (Buffer.from(bytes).toString() === 'new\n')
        throw Object.assign(new Error('full'), { code: 'ENOSPC' })
      nodeFiles.create(file, bytes, mode)
    }
    await expect(write('new\n', { create })).rejects.toMatchObject({
      code: 'unwritable-file',
      message: expect.stringContaining('the disk is full'),
    })
    expect(takeSnapshot(join(home.path, '.aws'))).toEqual(snapshot)
  })
})
