// Starts the core, and what reads the AWS files for it, with the code that V8 has compiled at an earlier start of the
// kind: that saves 3 ms of a switch, half of what it takes beside the start of Node, and half of all that a plugin in
// TypeScript takes in its host. Node has the same built in from 22.8 on only.
const {
  chmodSync,
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs')
const { join } = require('node:path')
const { Script } = require('node:vm')

/** What is started, and of the core what those calls load besides that ask for a profile of the files, a list or the status. */
const files = 'FILES'.split(' ')
const [startedFile] = files
/** What compiles other code than the rest: each has compiled code of its own, which is what it ran the first time. */
const uses = ['switch', 'env', 'exec', 'credential-process', 'list', 'status']
/** Of the class by its own name, which takes longer to load than the core. */
const Module = module.constructor

const word = process.env.ASSUME_CONTRACT === undefined ? process.argv[2] : 'switch'
const use = uses.includes(word) ? word : 'other'
/** The first of the files, with the code that it was compiled to. */
let started
load(startedFile)

/** Loads one of the two files. They are named after their content by the build: V8 does not look whether the code is of this text. */
function load(name) {
  const file = join(__dirname, name)
  const known = require.cache[file]
  if (known) return known.exports
  const cachedData = readCompiled(file)
  const text = readFileSync(file).toString('ENCODING')
  const script = new Script(`(function (exports, require, module, __filename, __dirname) { ${text}\n})`, {
    filename: file,
    ...(cachedData && { cachedData }),
  })
  const isMissing = !cachedData || script.cachedDataRejected
  if (isMissing) keepAtExit(file, script)
  // What calls for the second file has more of the first to compile than what did not.
  if (isMissing && started && !started.isMissing) keepAtExit(started.file, started.script)
  started ??= { file, script, isMissing }
  const loaded = new Module(file, module)
  loaded.filename = file
  // Other files find it there.
  require.cache[file] = loaded
  let requireOther
  const requireHere = (id) => {
    const own = files.find((each) => id === `./${each}`)
    if (own) return load(own)
    if (id.startsWith('node:')) return require(id)
    requireOther ??= Module.createRequire(file)
    return requireOther(id)
  }
  script.runInThisContext()(loaded.exports, requireHere, loaded, file, __dirname)
  loaded.loaded = true
  return loaded.exports
}

function nameCompiled(file) {
  return `${file}.v8-${process.versions.v8}-${process.arch}-${use}`
}

/** Undefined where there is none that can be trusted: V8 runs what it gets, and would crash on what is damaged. */
function readCompiled(file) {
  let fd
  try {
    // Whoever can write to the folder can put a file of ours there under another name.
    if (!isOurs(statSync(__dirname))) return undefined
    fd = openSync(nameCompiled(file))
    const stat = fstatSync(fd)
    return isOurs(stat) ? checkTwice(readWhole(fd, stat.size)) : undefined
  } catch {
    return undefined
  } finally {
    if (fd !== undefined) closeSync(fd)
  }
}

function readWhole(fd, size) {
  const bytes = Buffer.allocUnsafeSlow(size)
  return bytes.subarray(0, readSync(fd, bytes, 0, size, 0))
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

/** What a run that fails has compiled is of no use to the next one. */
function keepAtExit(file, script) {
  process.on('exit', (status) => {
    if (status === 0) keepCompiled(file, script)
  })
}

function keepCompiled(file, script) {
  const compiled = nameCompiled(file)
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
  const kinds = files.map(kindOf)
  for (const name of readdirSync(__dirname)) {
    const [file, rest] = name.split('.v8-')
    if (rest === undefined || !kinds.includes(kindOf(file))) continue
    if (!files.includes(file) || /\.\d+$/.test(rest))
      rmSync(join(__dirname, name), { recursive: true, force: true })
  }
}

/** `core` of `core-HASH.js`. */
function kindOf(file) {
  return file.replace(/-[\w-]{8}\.js$/, '')
}
