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

it.each([
  ['an empty value', 'aws_secret_access_key =\n    abc\n', '     ***\n'],
  ['a value', 'mfa_process = abc\n\tabc\n', ' mfa_process = ***\n \t***\n'],
  ['a blank line and a comment', 'token =\n\n# c\n  abc\n', ' \n # c\n   ***\n'],
  ['a line that names assume', 'token =\n abc-assume\n', '  ***\n'],
])('hides the indented lines that go on with a secret behind %s', (_, lines, shown) => {
  const edit = { path: '/c', before: `${lines}region = a\n`, after: `${lines}region = b\n` }
  const text = formatDiff([edit], plain)
  expect(text).not.toContain('abc')
  expect(text).toContain(`${shown}-region = a\n+region = b\n`)
})

it('hides such a line where its key is too far up to be shown, and where it is put in or taken out', () => {
  const lines = (value: string, region: string) =>
    `token =\n${'  abc\n'.repeat(5)}region = ${region}\nx = 1\ny = 2\nz = 3\nw = 4\npassword =\n  ${value}\ns3 =\n  region = c\n`
  const edit = { path: '/c', before: lines('abc1', 'a'), after: lines('abc2', 'b') }
  const text = formatDiff([edit], plain)
  expect(text).not.toContain('abc')
  expect(text).toContain('   ***\n-region = a\n+region = b\n')
  expect(text).toContain(' password ***\n-  ***\n+  ***\n s3 =\n   region = c\n')
})

it('is coloured only when asked', () => {
  const edit = { path: '/h/.zshrc', before: '', after: 'a\n' }
  expect(formatDiff([edit], { colour: true })).toContain('\u001b[32m+a\u001b[0m\n')
})
