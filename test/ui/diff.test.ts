import { expect, it } from 'vitest'
import { formatDiff } from '../../src/ui/diff.ts'

const plain = { colour: false }

it('shows a created, a changed and a deleted file', () => {
  const edits = [
    { path: '/h/.zshrc', before: undefined, after: 'a\n' },
    { path: '/h/.bashrc', before: 'a\nb\n', after: 'a\nb\nc\n' },
    { path: '/h/x.fish', before: 'a\n', after: undefined },
  ]
  expect(formatDiff(edits, plain)).toBe(
    [
      '--- /dev/null\n+++ /h/.zshrc\n@@ -0,0 +1 @@\n+a\n',
      '--- /h/.bashrc\n+++ /h/.bashrc\n@@ -1,2 +1,3 @@\n a\n b\n+c\n',
      '--- /h/x.fish\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n',
    ].join(''),
  )
})

it('shows what a terminal would obey as question marks, and no carriage returns', () => {
  const edit = {
    path: '/h/.zshrc',
    before: '\u001b]0;x\u0007\udcff\r\n',
    after: '\u001b]0;x\u0007\udcff\r\nb\r\n',
  }
  expect(formatDiff([edit], plain)).toContain('\n ?]0;x??\n+b\n')
})

it('hides the values of lines of the user that look like secrets', () => {
  const before = 'export GITHUB_TOKEN=abc\nset -gx AWS_SECRET_ACCESS_KEY abc\nMONKEY=1'
  const text = formatDiff([{ path: '/h/.zshrc', before, after: `${before}\n. assume\n` }], plain)
  expect(text).not.toContain('abc')
  expect(text).toContain(' export GITHUB_TOKEN=***\n set -gx AWS_SECRET_ACCESS_KEY ***\n-MONKEY=1\n')
})

it('is coloured only when asked', () => {
  const edit = { path: '/h/.zshrc', before: '', after: 'a\n' }
  expect(formatDiff([edit], { colour: true })).toContain('\u001b[32m+a\u001b[0m\n')
})
