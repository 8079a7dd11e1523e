import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLoginUrl, parseWebUrl } from '../../src/aws/web-url.ts'
import { AssumeError } from '../../src/errors.ts'

describe('a URL for a browser', () => {
  it.each([
    ['https://d-1.awsapps.com/start', 'https://d-1.awsapps.com/start'],
    ['HTTPS://Example.COM', 'https://example.com/'],
    ['http://127.0.0.1:8080/device', 'http://127.0.0.1:8080/device'],
    ['http://localhost/x', 'http://localhost/x'],
    ['http://[::1]:1/x', 'http://[::1]:1/x'],
    ['https://x/\u2019;calc;\u2019', 'https://x/%E2%80%99;calc;%E2%80%99'],
    ['https://x/a b"c', 'https://x/a%20b%22c'],
    ['https://x/\n--flag', 'https://x/--flag'],
    ['https://b\u00fccher.example/', 'https://xn--bcher-kva.example/'],
  ])('%j is passed on as %s', (text, href) => {
    expect(parseWebUrl(text)?.href).toBe(href)
  })

  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'smb://host/share',
    'vscode://x',
    'ms-settings:x',
    '--incognito',
    '-private-window https://x',
    '/tmp/x.desktop',
    'C:\\Windows\\calc.exe',
    '\\\\host\\share',
    'x.desktop',
    'http://example.com/',
    'http://127.0.0.1.example.com/',
    'http://localhost.example.com/',
    'https://',
    '',
  ])('%j is none', (text) => {
    expect(parseWebUrl(text)).toBeUndefined()
    const failure = (() => {
      try {
        return parseLoginUrl(text)
      } catch (error) {
        return error
      }
    })()
    expect(failure).toBeInstanceOf(AssumeError)
    expect(failure).toMatchObject({
      code: 'login-failed',
      message: expect.stringContaining(text),
      exitStatus: 1,
    })
  })

  it('is relative to another one where that is told', () => {
    expect(parseWebUrl('/start', 'https://x.awsapps.com/a')?.href).toBe('https://x.awsapps.com/start')
    expect(parseWebUrl('//y', 'https://x')?.href).toBe('https://y/')
    expect(parseWebUrl('file:///x', 'https://x')).toBeUndefined()
  })

  it('is shown made printable where it is refused', () => {
    expect(() => parseLoginUrl('file:\u001b[2J\u202e')).toThrow(/: file:\?\[2J\?$/)
  })

  it('is one word of ASCII without quotation marks that begins with its scheme, whatever stands in it', () => {
    const texts = fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))
    fc.assert(
      fc.property(texts, ([one, two]) => {
        const url = parseWebUrl(`https://example.com/${one}?${two}#${one}`)
        expect(url?.href ?? 'https://').toMatch(/^https:\/\/[!#-~]*$/)
      }),
    )
  })
})
