import { describe, expect, it } from 'vitest'
import { editLine } from '../../src/ui/line-editor.ts'

const key = (name: string, modifiers: { ctrl?: boolean; meta?: boolean } = {}) => ({
  text: '',
  name,
  ctrl: false,
  meta: false,
  shift: false,
  ...modifiers,
})
const text = (characters: string) => ({ ...key(''), text: characters })
const ctrl = (name: string) => key(name, { ctrl: true })

describe('editLine', () => {
  it.each([
    ['ab|', text('c'), 'abc|'],
    ['a|b', text('xy z'), 'axy z|b'],
    ['ab|c', key('backspace'), 'a|c'],
    ['|c', key('backspace'), '|c'],
    ['ae\u0301|', key('backspace'), 'a|'],
    ['a👩‍💻|', key('backspace'), 'a|'],
    ['a|bc', key('delete'), 'a|c'],
    ['a|bc', ctrl('d'), 'a|c'],
    ['ab|cd', ctrl('u'), '|cd'],
    ['ab|cd', ctrl('k'), 'ab|'],
    ['one two |x', ctrl('w'), 'one |x'],
    ['one two|', key('backspace', { meta: true }), 'one |'],
    ['ab|cd', ctrl('a'), '|abcd'],
    ['ab|cd', ctrl('e'), 'abcd|'],
    ['ab|cd', key('left'), 'a|bcd'],
    ['|cd', key('left'), '|cd'],
    ['ab|cd', key('right'), 'abc|d'],
    ['ab|', ctrl('f'), 'ab|'],
    ['ab|cd', ctrl('z'), 'ab|cd'],
    ['ab|cd', key('f1'), 'ab|cd'],
  ])('%j, %j', (from, pressed, to) => {
    const [before = '', after = ''] = from.split('|')
    const line = editLine({ before, after }, pressed)
    expect(`${line.before}|${line.after}`).toBe(to)
  })

  it('takes no book', () => {
    expect(editLine({ before: '', after: '' }, text('x'.repeat(100_000))).before.length).toBeLessThan(1000)
  })
})
