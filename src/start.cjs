// Starts the core with the code that V8 has compiled at an earlier start: that saves 3 ms of a switch, half of what it
// takes beside the start of Node, and half of all that a plugin in TypeScript takes in its host. Node has the same
// built in from 22.8 on only.
const {
  chmodSync,
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs')
const Module = require('node:module')
const { basename, join } = require('node:path')
const { Script } = require('node:vm')

/** Named after its content by the build: V8 does not look whether the compiled code is of this text. */
const file = join(__dirname, 'CORE_FILE')
const compiled = `${file}.v8-${process.versions.v8}-${process.arch}`

const cachedData = readCompiled()
const text = readFileSync(file, 'utf8')
const script = new Script(`(function (exports, require, module, __filename, __dirname) { ${text}\n})`, {
  filename: file,
  ...(cachedData && { cachedData }),
})
const core = new Module(file, module)
core.filename = file
// The chunks find it there.
require.cache[file] = core
script.runInThisContext()(core.exports, Module.createRequire(file), core, file, __dirname)
core.loaded = true
if (!cachedData || script.cachedDataRejected) keepAtExit(countLoaded())

/** A run that needed the core alone has compiled what the next one needs; others have compiled too little of it. */
function keepAtExit(loaded) {
  process.on('exit', (status) => {
    if (status === 0 && countLoaded() === loaded) keepCompiled()
  })
}

function countLoaded() {
  return Object.keys(require.cache).length
}

/** Undefined where there is none that can be trusted: V8 runs what it gets, and would crash on what is damaged. */
function readCompiled() {
  let fd
  try {
    // Whoever can write to the folder can put a file of ours there under another name.
    if (!isOurs(statSync(__dirname))) return undefined
    fd = openSync(compiled)
    return isOurs(fstatSync(fd)) ? checkTwice(readFileSync(fd)) : undefined
  } catch {
    return undefined
  } finally {
    if (fd !== undefined) closeSync(fd)
  }
}

/** Whether nobody but this user and root can have written it. Windows keeps a user's folders from the others. */
function isOurs({ uid, mode }) {
  return process.platform === 'win32' || ((uid === 0 || uid === process.geteuid()) && (mode & 0o022) === 0)
}

/**
 * The code, which stands in the file twice: two copies are compared in 0.05 ms, while a digest takes 1 ms in JavaScript,
 * and zlib and crypto 3.5 ms to load.
 */
function checkTwice(bytes) {
  const code = bytes.subarray(0, bytes.length / 2)
  return code.equals(bytes.subarray(code.length)) ? code : undefined
}

function keepCompiled() {
  const temporary = `${compiled}.${process.pid}`
  try {
    if (!isOurs(statSync(__dirname))) return
    removeOthers()
    const code = script.createCachedData()
    // Not open for a moment: who has opened it to write could do so after it got its mode and its name.
    writeFileSync(temporary, Buffer.concat([code, code]), { flag: 'wx', flush: true, mode: 0o600 })
    chmodSync(temporary, 0o644)
    renameSync(temporary, compiled)
  } catch {
    // The folder is full, or belongs to somebody else; without it all works, too.
    rmSync(temporary, { force: true })
  }
}

/**
 * What other cores have compiled, and what was left by runs that were killed here. Other Nodes run this core as well, and
 * the host of plugins has files of its own.
 */
function removeOthers() {
  for (const name of readdirSync(__dirname)) {
    if (!name.startsWith('CORE_NAME-') || !/\.v8-/.test(name)) continue
    const isOfOthers = !name.startsWith(`${basename(file)}.v8-`)
    if (isOfOthers || /\.v8-.*-\w+\.\d+$/.test(name))
      rmSync(join(__dirname, name), { recursive: true, force: true })
  }
}
