import { expect, it } from 'vitest'
import { hideUser, isPrintable, maskSecrets, printable } from '../../src/text/redact.ts'

it('takes from a text what a terminal would obey, and nothing else', () => {
  expect(printable('a\u0000\u001b[2J\u007f\u0085\u009b1m\r\n\tb')).toBe('a??[2J???1m???b')
  expect(printable('a\u001b\r\n\tb', { multiline: true })).toBe('a??\n\tb')
  expect(
    printable('\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029'),
  ).toBe('?'.repeat(14))
  expect(printable('x\ud800y')).toBe('x?y')
  for (const text of ['', 'plain', 'Zürich – 東京', 'שלום', '👩‍💻']) {
    expect(printable(text)).toBe(text)
    expect(isPrintable(text)).toBe(true)
  }
})

it.each([
  ['AKIAIOSFODNN7EXAMPLE', 'AKIA…MPLE'],
  ['(ASIAIOSFODNN7EXAMPLE)', '(ASIA…MPLE)'],
  ['x=wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY, y', 'x=***, y'],
  [`t ${'IQoJb3'.repeat(40)}==.`, 't ***.'],
  ['a ftp://u:SEC/RET@127.0.0.1/ b', 'a ftp://***@127.0.0.1/ b'],
  ['http://u@h.example and http://i', 'http://***@h.example and http://i'],
])('masks what looks like a secret in %s', (text, masked) => {
  expect(maskSecrets(text)).toBe(masked)
})

it.each([
  '/home/jo/.local/share/assume/shell/bash/assume.bash',
  '/Users/Jo/src/Aws/Tools/Assume/That/Is/Mine/it.sh',
  '~/.aws/sso/cache/da39a3ee5e6b4b0d3255bfef95601890afd80709.json',
  'arn:aws:iam::444455556666:role/DeployEverythingInThatAccount',
  'https://example.awsapps.com/start, jo@example.com',
  'AKIA…MPLE',
])('leaves %s as it is', (text) => {
  expect(maskSecrets(text)).toBe(text)
})

it('hides who asks also in what is no whole URL', () => {
  expect(hideUser('u:p@h')).toBe('***@h')
  expect(hideUser('//u:p@h')).toBe('//***@h')
  expect(hideUser('http://h/?x=a@b')).toBe('http://h/?x=a@b')
})
