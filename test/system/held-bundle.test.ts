import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { nodeFiles } from '../../src/system/files/files.ts'
import { createExtraCertificates } from '../../src/system/held-bundle.ts'
import { createHome, Home } from '../support/home.ts'

function makeCertificate(home: Home, name: string): string {
  const [key, path] = [join(home.path, 'key'), join(home.path, name)]
  const subject = ['-subj', `/CN=${name}`, '-days', '2']
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', path, ...subject],
    {
      stdio: 'ignore',
    },
  )
  return readFileSync(path, 'utf8').trim()
}

describe('the certificates of a bundle that Node does not read itself', () => {
  const home = new Home()
  afterAll(() => home.dispose())
  const [one, two] = [makeCertificate(home, 'one'), makeCertificate(home, 'two')]
  const broken = two.replace(/\n/, '\n!!!!')
  const unclosed = `${two.split('\n').slice(0, 5).join('\n')}\n`
  const trusted = two.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE')

  it.each([
    ['in their order', `${one}\n${two}\n`, [one, two], false],
    ['with text and line ends of any kind', `# one\n${one.replaceAll('\n', '\r\n')}\r\nmore`, [one], false],
    ['up to the first that is broken', `${one}\n${broken}\n${one}\n`, [one], true],
    ['none behind a broken one', `${broken}\n${one}\n`, [], true],
    ['none behind one without an end', `${unclosed}${one}\n`, [], true],
    ['not one with rules of its own', `${one}\n${trusted}\n`, [one], true],
    ['nor one that is cut off', `${one}\n${unclosed}`, [one], true],
    ['none of an empty file', '', [], false],
  ])('are taken as Node takes them: %s', (_title, text, expected, isBroken) => {
    const own = createHome()
    const notes: string[] = []
    const path = own.write('bundle.pem', text)
    const read = createExtraCertificates(path, { files: nodeFiles, notifyOnce: (line) => notes.push(line) })
    const found = (read() ?? '').replaceAll('\r', '')
    expect(found).toBe(expected.map((pem) => `${pem}\n`).join(''))
    expect(notes.join()).toMatch(isBroken ? /are not used: from the first on that is broken in / : /^$/)
  })
})
