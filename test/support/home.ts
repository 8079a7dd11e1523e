import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

export const repository = join(import.meta.dirname, '../..')
export const fixtures = join(repository, 'test/fixtures')

/** A throw-away HOME. Its files are a minute old, as a user's are: a file that is being edited is not trusted. */
export class Home {
  readonly path = mkdtempSync(join(tmpdir(), 'home-'))

  /** Writes a file below the home and returns its path. */
  write(name: string, content: string | Uint8Array): string {
    const path = join(this.path, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content, { mode: 0o600 })
    const minuteAgo = Date.now() / 1000 - 60
    utimesSync(path, minuteAgo, minuteAgo)
    return path
  }

  /** Writes a file as a store does: nobody may write to it any more, and its modification time says nothing. */
  store(name: string, content: string | Uint8Array, mtime = 1): string {
    rmSync(join(this.path, name), { force: true })
    const path = this.write(name, content)
    chmodSync(path, 0o444)
    utimesSync(path, mtime, mtime)
    return path
  }

  /** Writes the AWS config file, and the credentials file if there is one. */
  writeAws(config: string | Uint8Array, credentials?: string): void {
    this.write('.aws/config', config)
    if (credentials !== undefined) this.write('.aws/credentials', credentials)
  }

  /** Copies one of the example files of the fixtures to where AWS tools look. */
  useExample(name: string): void {
    const read = (file: string) => readFileSync(join(fixtures, 'examples', file), 'utf8')
    this.writeAws(read(name), name === 'mixed' ? read('mixed.credentials') : undefined)
  }

  /** Writes a token as the AWS CLI does, for an sso-session's name or a legacy start URL. */
  logIn(key: string, expiresAt = Date.now() + 8 * 3600_000): void {
    const time = new Date(expiresAt).toISOString().replace(/\.\d+Z$/, 'Z')
    this.logInRaw(key, `{"startUrl": "x", "accessToken": "fake", "expiresAt": "${time}"}`)
  }

  /** Writes this text as the token file of a session. */
  logInRaw(key: string, text: string): void {
    this.write(`.aws/sso/cache/${createHash('sha1').update(key).digest('hex')}.json`, text)
  }

  /** Logs in to every session that an AWS config text names. */
  logInEverywhere(config: string): void {
    for (const [, name] of config.matchAll(/^\[sso-session ([^\]]+)\]/gm)) this.logIn(name as string)
    for (const [, url] of config.matchAll(/^sso_start_url = (.+?)\r?$/gm)) this.logIn(url as string)
  }

  dispose(): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}

/** A home that goes when the test is over. */
export function createHome(): Home {
  const home = new Home()
  onTestFinished(() => home.dispose())
  return home
}
