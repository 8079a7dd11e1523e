import { describe, expect, it } from 'vitest'
import { editDocument } from '../../../src/profiles/config/edit.ts'
import { nameSections } from '../../../src/profiles/config/section-names.ts'
import { isSameChange, noSections } from '../../../src/system/files/file-edit.ts'

const edit = (before: string | undefined, after: string | undefined) => ({ path: '/x', before, after })
const isSame = (one: ReturnType<typeof edit>, other: ReturnType<typeof edit>) =>
  isSameChange(one, other, (text) => nameSections(text, 'config'))

/** The edit that gives the profile `dev` a region. */
function setRegion(text: string, value = 'eu-west-1') {
  const section = { type: 'profile', name: 'dev' } as const
  return edit(text, editDocument(text, 'config', [{ op: 'set', section, key: 'region', value }]))
}

const dev = '[profile dev]\noutput = json\n'
const other = '[profile other]\nregion = eu-west-1\n'

describe('an edit that is made again', () => {
  it.each([
    ['in a file that has grown in front', `${other}\n${dev}`],
    ['in a file that has grown behind', `${dev}\n${other}`],
    ['beside another change of the section', '[profile dev]\noutput = text\nsso_session = x\n'],
    ['in a file with other line endings', dev.replaceAll('\n', '\r\n')],
    ['in a file without a last line feed', dev.trimEnd()],
  ])('%s is the same', (_name, text) => {
    expect(isSame(setRegion(dev), setRegion(text))).toBe(true)
  })

  it('that adds a section behind another one is the same', () => {
    expect(isSame(setRegion(''), setRegion(other))).toBe(true)
  })

  it.each([
    ['replaces another value', `${dev}region = us-east-1\n`],
    ['has nothing left to do', `${dev}region = eu-west-1\n`],
    ['makes the section too', other],
  ])('and then %s is another', (_name, text) => {
    expect(isSame(setRegion(dev), setRegion(text))).toBe(false)
  })

  it('with another value, or in another section, is another', () => {
    expect(isSame(setRegion(dev), setRegion(dev, 'eu-west-2'))).toBe(false)
    const moved = edit(`${dev}${other}`, `${dev}${other}output = json\n`)
    expect(isSame(edit(`${dev}${other}`, `${dev}output = json\n${other}`), moved)).toBe(false)
  })

  it('that removes the file is none that empties it', () => {
    expect(isSameChange(edit('a\n', undefined), edit('a\n', ''), noSections)).toBe(false)
    expect(isSameChange(edit('a\n', undefined), edit('a\n', undefined), noSections)).toBe(true)
  })
})
