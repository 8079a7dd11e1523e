import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { fixtures } from '../support/home.ts'

vi.mock('node:os', async (load) => {
  const os = await load<typeof import('node:os')>()
  return { ...os, userInfo: vi.fn(os.userInfo) }
})
// Other files in this process have loaded it with the real one.
vi.resetModules()
const { locatePaths, shortenPath } = await import('../../src/system/paths.ts')

interface LocationCase {
  name: string
  environment: Record<string, string>
  platform: string
  configLocation: string
  credentialsLocation: string
}
const { tests } = JSON.parse(readFileSync(join(fixtures, 'smithy-rs/file-location-tests.json'), 'utf8')) as {
  tests: LocationCase[]
}

describe('the AWS files', () => {
  it.each(tests.map((test) => [test.name, test] as const))('%s', (_name, test) => {
    const paths = locatePaths(test.environment, test.platform === 'windows' ? 'win32' : 'linux')
    // Paths are joined for the system that the tests run on, which is not Windows.
    const slashes = (path: string) => path.replaceAll('\\', '/')
    expect(slashes(paths.awsConfig)).toBe(slashes(test.configLocation))
    expect(slashes(paths.awsCredentials)).toBe(slashes(test.credentialsLocation))
  })

  it('are found behind a leading ~/', () => {
    const env = {
      HOME: '/h',
      AWS_CONFIG_FILE: '~/team/config',
      AWS_SHARED_CREDENTIALS_FILE: '~x/credentials',
    }
    expect(locatePaths(env, 'linux')).toMatchObject({
      awsConfig: '/h/team/config',
      awsCredentials: '~x/credentials',
    })
  })

  it('are at their usual places when a variable is empty', () => {
    expect(locatePaths({ HOME: '/h', AWS_CONFIG_FILE: '' }, 'linux').awsConfig).toBe('/h/.aws/config')
  })
})

describe('the home folder', () => {
  it.each([undefined, '', '.', '..', 'relative', '~'])('is that of the record for the HOME %j', (HOME) => {
    expect(locatePaths({ HOME }, 'linux').home).toBe(userInfo().homedir)
  })

  it.each(['', '.', 'relative'])('is none where that is %j', (homedir) => {
    vi.mocked(userInfo).mockReturnValueOnce({ ...userInfo(), homedir })
    expect(() => locatePaths({}, 'linux')).toThrow(/no home folder on record/)
  })

  it('is what the next variable names on Windows', () => {
    expect(locatePaths({ HOME: 'x', USERPROFILE: 'C:\\Users\\me' }, 'win32').home).toBe('C:\\Users\\me')
    const env = { HOME: '', USERPROFILE: 'me', HOMEDRIVE: 'D:', HOMEPATH: '\\me' }
    expect(locatePaths(env, 'win32').home).toBe('D:\\me')
  })
})

describe('our own files', () => {
  it('follow the XDG folders, where a relative path counts as unset', () => {
    const env = { HOME: '/h', XDG_CONFIG_HOME: '/c', XDG_CACHE_HOME: 'relative', XDG_STATE_HOME: '/s' }
    expect(locatePaths(env, 'linux')).toMatchObject({
      settings: '/c/assume/config',
      plugins: '/c/assume/plugins',
      cache: '/h/.cache/assume',
      history: '/s/assume/history',
    })
  })

  it('are shown with ~', () => {
    const paths = locatePaths({ HOME: '/h' }, 'linux')
    expect(shortenPath('/h/.aws/config', paths)).toBe('~/.aws/config')
    expect(shortenPath('/hh/x', paths)).toBe('/hh/x')
  })
})
