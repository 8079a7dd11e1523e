import { execFileSync } from 'node:child_process'
import { appendFileSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Files } from '../../../src/context.ts'
import { editFile, editText } from '../../../src/system/files/edit-file.ts'
import { type FileEdit, isSameChange, noSections } from '../../../src/system/files/file-edit.ts'
import { nodeFiles } from '../../../src/system/files/files.ts'
import { locateEditLock, withLock } from '../../../src/system/lock/lock.ts'
import { locatePaths } from '../../../src/system/paths.ts'
import { quoteAnywhere } from '../../../src/text/words.ts'
import { simulateCaselessFiles } from '../../support/caseless-files.ts'
import { createContext } from '../../support/context.ts'
import { createHome, type Home } from '../../support/home.ts'

let home: Home
let path: string
beforeEach(() => {
  home = createHome()
  path = home.write('folder/file', 'one\n')
})

const paths = () => locatePaths({ HOME: home.path }, 'linux')
const read = () => readFileSync(path, 'utf8')

/** The port, with somebody else who does `change` once a file is ready to be put in the place of ours. */
function interfere(change: () => void, times = 1): Partial<Files> {
  let rest = times
  return {
    create(file, bytes, mode) {
      nodeFiles.create(file, bytes, mode)
      if (dirname(file) === dirname(path) && rest-- > 0) change()
    },
  }
}

/** Adds the line `ours` behind all others, and shows that to those who can say no. */
function addLine(files: Partial<Files>, agree?: (edit: FileEdit) => Promise<boolean>) {
  return editFile<FileEdit>(createContext(home, { files }), paths(), {
    path,
    plan: (before) => ({ path, before, after: `${before ?? ''}ours\n` }),
    isSame: (one, other) => isSameChange(one, other, noSections),
    ...(agree && { agree }),
  })
}

/** The same, but what it adds depends on the first line. */
function addFirst(files: Partial<Files>, agree?: (edit: FileEdit) => Promise<boolean>) {
  return editFile<FileEdit>(createContext(home, { files }), paths(), {
    path,
    plan: (before) => ({ path, before, after: `${before ?? ''}after ${before?.split('\n')[0]}\n` }),
    isSame: (one, other) => isSameChange(one, other, noSections),
    ...(agree && { agree }),
  })
}

const expectNothingLeft = () => {
  expect(readdirSync(dirname(path))).toEqual(['file'])
  expect(readdirSync(paths().locks)).toEqual([])
}

describe('what somebody else writes between our reading and our writing stays', () => {
  it('the edit is made again on top of it', async () => {
    expect(await addLine(interfere(() => appendFileSync(path, 'theirs\n'), 3))).toMatchObject({
      written: { after: 'one\ntheirs\ntheirs\ntheirs\nours\n' },
    })
    expect(read()).toBe('one\ntheirs\ntheirs\ntheirs\nours\n')
    expectNothingLeft()
  })

  it('also when it comes from a process that writes in place, as the AWS CLI does', async () => {
    const script = `const { openSync, writeSync } = require('fs')
      const fd = openSync(process.argv[1], 'w')
      for (const part of ['one\\nth', 'eirs\\n']) writeSync(fd, part)`
    await addLine(interfere(() => execFileSync(process.execPath, ['-e', script, path])))
    expect(read()).toBe('one\ntheirs\nours\n')
  })

  it('what is not written to its end yet is waited for', async () => {
    const states = ['', 'two\nth', 'two\ntheirs\n']
    const files = interfere(() => writeFileSync(path, ''))
    let isBeingWritten = false
    files.read = (file) => {
      const bytes = nodeFiles.read(file)
      isBeingWritten ||= file === path && bytes.length === 0
      if (file === path && isBeingWritten) writeFileSync(path, states.shift() ?? 'two\ntheirs\n')
      return file === path ? nodeFiles.read(file) : bytes
    }
    await addLine(files)
    expect(read()).toBe('two\ntheirs\nours\n')
  })

  it('what somebody has emptied to write it anew is waited for at the first reading, too', async () => {
    const states = [...Array(9).fill(''), 'two\nth', 'two\ntheirs\n']
    const readAsWritten: Files['read'] = (file) => {
      const state = file === path ? states.shift() : undefined
      if (state !== undefined) writeFileSync(path, state)
      return nodeFiles.read(file)
    }
    await addLine({ read: readAsWritten })
    expect(read()).toBe('two\ntheirs\nours\n')
  })

  it('a file that stays empty is one', async () => {
    writeFileSync(path, '')
    await addLine({})
    expect(read()).toBe('ours\n')
  })

  it('a file that is made, and one that is removed', async () => {
    nodeFiles.remove(path)
    await addLine(interfere(() => writeFileSync(path, 'theirs\n')))
    expect(read()).toBe('theirs\nours\n')
    await addLine(interfere(() => nodeFiles.remove(path)))
    expect(read()).toBe('ours\n')
  })

  it('the removal of a file is not made when it has changed', async () => {
    const files: Partial<Files> = {}
    let reads = 0
    files.read = (file) => {
      if (file === path && ++reads === 3) appendFileSync(path, 'theirs\n')
      return nodeFiles.read(file)
    }
    const plan = (before: string | undefined) => ({
      path,
      before,
      after: before === 'one\n' ? undefined : 'rest\n',
    })
    const isSame = (one: FileEdit, other: FileEdit) => isSameChange(one, other, noSections)
    const request = { path, plan, isSame }
    await expect(editFile<FileEdit>(createContext(home, { files }), paths(), request)).rejects.toMatchObject({
      code: 'unwritable-file',
    })
    expect(read()).toBe('one\ntheirs\n')
  })

  it('a writer without end does not keep us for ever', async () => {
    let count = 0
    const files: Partial<Files> = {
      read: (file) => {
        if (file === path) writeFileSync(path, `${count++}\n`)
        return nodeFiles.read(file)
      },
    }
    await expect(addLine(files)).rejects.toMatchObject({
      message: `${path} was left as it is: somebody else keeps changing it`,
      hint: 'run the command again',
    })
  })
})

describe('where it would be another edit now', () => {
  it('and nobody can be asked, it fails and leaves everything', async () => {
    await expect(addFirst(interfere(() => writeFileSync(path, 'two\n')))).rejects.toMatchObject({
      code: 'unwritable-file',
      exitStatus: 1,
      message: `${path} was left as it is: somebody else has changed it just now`,
      hint: 'run the command again',
    })
    expect(read()).toBe('two\n')
    expectNothingLeft()
  })

  it.each([true, false])('the user is asked again and says %s', async (answer) => {
    const shown: (string | undefined)[] = []
    const agree = async ({ after }: FileEdit) => {
      shown.push(after)
      return shown.length === 1 || answer
    }
    await addFirst(
      interfere(() => writeFileSync(path, 'two\n')),
      agree,
    )
    expect(shown).toEqual(['one\nafter one\n', 'two\nafter two\n'])
    expect(read()).toBe(answer ? 'two\nafter two\n' : 'two\n')
    expectNothingLeft()
  })

  it('the user is asked again when the file has gone meanwhile', async () => {
    const shown: (string | undefined)[] = []
    const agree = async ({ before }: FileEdit) => {
      shown.push(before)
      if (shown.length === 1) nodeFiles.remove(path)
      return shown.length === 1
    }
    expect(await addLine({}, agree)).toBe('declined')
    expect(shown).toEqual(['one\n', undefined])
  })

  it('nobody is asked where nothing was shown', async () => {
    const files = interfere(() => writeFileSync(path, 'two\n'))
    await editText(createContext(home, { files }), paths(), path, (text) => `${text}after ${text}`)
    expect(read()).toBe('two\nafter two\n')
  })
})

describe('the lock of a file', () => {
  /** Whether an edit of the file by this name waits for whoever edits it by its real name. */
  async function waits(name: string, files: Files = nodeFiles): Promise<boolean> {
    const context = createContext(home, { files })
    const order: string[] = []
    let edit: Promise<unknown> | undefined
    await withLock(context, locateEditLock(paths().locks, path), 'test', async () => {
      const sign = new Promise<void>((resolve) => {
        const read: Files['read'] = (file) => {
          if (file !== name) resolve()
          return files.read(file)
        }
        const spy = { ...files, read }
        edit = editText(createContext(home, { files: spy }), paths(), name, (text) => {
          resolve()
          order.push('edit')
          return `${text}ours\n`
        })
      })
      // It either makes its edit or has read the claim of the lock's holder.
      await sign
      order.push('end')
    })
    await edit
    return order[0] === 'end'
  }

  it('is one for all links that lead there', async () => {
    symlinkSync(path, join(home.path, 'link'))
    symlinkSync(dirname(path), join(home.path, 'other'))
    expect(await waits(join(home.path, 'link'))).toBe(true)
    expect(await waits(join(home.path, 'other/file'))).toBe(true)
    expect(await waits(home.write('folder/another', 'x\n'))).toBe(false)
  })

  it('is one for all spellings on a case-insensitive file system, simulated at the port', async () => {
    expect(await waits(join(home.path, 'Folder/FILE'), simulateCaselessFiles(home.path))).toBe(true)
    expect(read()).toBe('one\nours\n')
  })
})

it('an edit that gets no lock says which file it is about, and which folder has to be writable', async () => {
  const { locks } = paths()
  const makeDirectory = (folder: string) => {
    throw Object.assign(new Error('refused'), { code: 'EACCES', path: folder, syscall: 'mkdir' })
  }
  await expect(addLine({ makeDirectory })).rejects.toMatchObject({
    code: 'unwritable-file',
    message: `cannot edit ${path}, which needs a lock: cannot write ${locks}: permission denied`,
    hint: `ls -ld ${quoteAnywhere(locks)}`,
  })
  expect(read()).toBe('one\n')
})
