// Starts the core with the code that V8 has compiled at an earlier start: that saves 3 ms of a switch, half of what it
// takes beside the start of Node. Node has the same built in from 22.8 on only.
const { readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs')
const Module = require('node:module')
const { join } = require('node:path')
const { Script } = require('node:vm')

/** Named after its content by the build: V8 does not look whether the compiled code is of this text. */
const file = join(__dirname, 'CORE_FILE')
const compiled = `${file}.v8-${process.versions.v8}-${process.arch}`

const cachedData = readIfThere(compiled)
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

function keepCompiled() {
  const temporary = `${compiled}.${process.pid}`
  try {
    writeFileSync(temporary, script.createCachedData(), { flag: 'wx' })
    renameSync(temporary, compiled)
  } catch {
    // The folder belongs to somebody else, or is full; without it all works, too.
    rmSync(temporary, { force: true })
  }
}

function countLoaded() {
  return Object.keys(require.cache).length
}

function readIfThere(path) {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}
