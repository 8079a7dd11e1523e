import { expect, it } from 'vitest'
import { formatRecipes } from '../../src/serve/recipes.ts'

const quote = (word: string) => (/^[\w./~-]+$/.test(word) ? word : `'${word}'`)
const port = { url: 'http://127.0.0.1:9911/', tokenFile: '/run/a b.token' }

it('are lines to paste, with words as the shell reads them', () => {
  const text = formatRecipes({ socket: '/run/a b/dev.sock', port: undefined }, quote)
  expect(text).toContain("\n  - '/run/a b:/run/assume:ro'\n")
  expect(text).toContain("--unix-socket '/run/a b/dev.sock' http://assume/\n")
  expect(text).toContain('--unix-socket /run/assume/dev.sock http://assume/\n')
  expect(text).toContain(
    "\n  ssh HOST rm -f /home/USER/.dev.sock\n  ssh -R /home/USER/.dev.sock:'/run/a b/dev.sock' HOST\n",
  )
  expect(text).not.toContain('AWS_CONTAINER')
})

it('ask on no host for a name that its shell would read, and in no file for what a shell alone reads', () => {
  const text = formatRecipes({ socket: "/run/jo's/my (x).sock", port: undefined }, (word) => `<${word}>`)
  expect(text).toContain(
    "\n  ssh HOST rm -f /home/USER/.assume.sock\n  ssh -R /home/USER/.assume.sock:</run/jo's/my (x).sock> HOST\n",
  )
  expect(text).toContain('--unix-socket "/run/jo\'s/my (x).sock" http://assume/\n')
  expect(text).toContain("--unix-socket '/run/assume/my (x).sock' http://assume/\n")
})

it('are those of the port alone where there is no socket', () => {
  expect(formatRecipes({ socket: undefined, port }, quote)).toBe(`
a program that reads the environment:
  AWS_CONTAINER_CREDENTIALS_FULL_URI=http://127.0.0.1:9911/
  AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE='/run/a b.token'
`)
})
