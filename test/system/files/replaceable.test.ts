import { statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { writeAtomically } from '../../../src/system/files/atomic-write.ts'
import { nodeFiles } from '../../../src/system/files/files.ts'
import { quoteAnywhere } from '../../../src/text/words.ts'
import { makeFifo } from '../../support/fifo.ts'
import { createHome } from '../../support/home.ts'

it('what is no file is not replaced by one, behind a link neither', () => {
  const home = createHome()
  const pipe = makeFifo(home, 'the pipe')
  const link = join(home.path, 'link')
  symlinkSync(pipe, link)
  for (const path of [pipe, link]) {
    expect(() => writeAtomically(nodeFiles, path, Buffer.from('x'))).toThrow(
      expect.objectContaining({
        code: 'unwritable-file',
        message: `cannot write ${path}: it is no file, but a pipe, a socket or a device`,
        hint: `ls -l ${quoteAnywhere(path)}`,
      }),
    )
  }
  expect(statSync(pipe).isFIFO()).toBe(true)
})
