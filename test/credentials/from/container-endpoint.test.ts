import { describe, expect, it } from 'vitest'
import { locateContainerEndpoint } from '../../../src/credentials/from/container-endpoint.ts'

const relative = 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'
const full = 'AWS_CONTAINER_CREDENTIALS_FULL_URI'
const locate = (env: Record<string, string>) => locateContainerEndpoint(env)?.href

describe('the endpoint of a container', () => {
  it('is that of ECS with a relative URI, which goes first', () => {
    expect(locate({ [relative]: '/v2/credentials?id=1', [full]: 'http://localhost/' })).toBe(
      'http://169.254.170.2/v2/credentials?id=1',
    )
  })

  it('is nowhere without a variable, or with empty ones', () => {
    expect(locate({})).toBeUndefined()
    expect(locate({ [relative]: '', [full]: '' })).toBeUndefined()
  })

  it.each([
    'https://example.com/keys',
    'http://localhost:8080/keys',
    'http://127.0.0.1/',
    'http://127.1.2.3:99/a?b=c',
    'http://[::1]:1/',
    'http://169.254.170.2/x',
    'http://169.254.170.23/v1/credentials',
    'http://[fd00:ec2::23]/v1/credentials',
  ])('may be %s', (url) => {
    expect(locate({ [full]: url })).toBe(url)
  })

  it('is known in every spelling of its address', () => {
    expect(locate({ [full]: 'http://127.1/' })).toBe('http://127.0.0.1/')
    expect(locate({ [full]: 'HTTP://LOCALHOST/' })).toBe('http://localhost/')
    expect(locate({ [full]: 'http://[0:0:0:0:0:0:0:1]/' })).toBe('http://[::1]/')
  })

  it.each([
    'http://example.com/',
    'http://localhost.example.com/',
    'http://127.0.0.1.example.com/',
    'http://169.254.169.254/',
    'http://10.0.0.1/',
    'http://[::2]/',
    'http://127.0.0.1@example.com/',
    'file:///etc/passwd',
    'ftp://localhost/',
    'localhost:80',
    'no URL',
  ])('is never %s', (url) => {
    expect(() => locate({ [full]: url })).toThrow(
      expect.objectContaining({
        code: 'invalid-endpoint',
        message: expect.stringContaining(full),
        hint: `unset ${full}`,
      }),
    )
  })

  it.each(['@example.com/', '.example.com/', ':99/', '0/', 'x'])('has no relative URI %s', (path) => {
    expect(() => locate({ [relative]: path })).toThrow(expect.objectContaining({ code: 'invalid-endpoint' }))
  })
})
