// Loaded into a program before it starts: kills it at the first change below the folder KILL_BELOW that the list KILLED_AT
// does not name, before that is made or, of bytes to write, when the first half is; and adds the change to the list.
const fs = require('node:fs')
const own = { ...fs }
const { KILL_BELOW: folder, KILLED_AT: list } = process.env
const known = new Set(fs.readFileSync(list, 'utf8').split('\n'))
/** The paths of open files that are written. */
const opened = new Map()

/** The name of a change, without what is drawn by lot or is the number of a process, or a time. */
function nameChange(call, path) {
  return `${call} ${path.slice(folder.length + 1).replace(/\d{8}T\d{6}(?:-\d+)?|[0-9a-f]{12,}|\d+$/g, '*')}`
}

function change(call, target, doHalf) {
  const path = String(opened.get(target) ?? target)
  if (!path.startsWith(`${folder}/`)) return
  const name = nameChange(call, path)
  if (known.has(name)) return
  own.appendFileSync(list, `${name}\n`)
  doHalf?.()
  process.kill(process.pid, 'SIGKILL')
}

for (const call of ['chmodSync', 'mkdirSync', 'rmSync', 'rmdirSync', 'utimesSync'])
  fs[call] = (path, ...rest) => {
    change(call, path)
    return own[call](path, ...rest)
  }

for (const call of ['renameSync', 'symlinkSync'])
  fs[call] = (from, to) => {
    change(call, to)
    own[call](from, to)
  }

fs.openSync = (path, flags = 'r', mode = undefined) => {
  const isWritten = typeof flags === 'string' ? flags !== 'r' : (flags & 3) !== fs.constants.O_RDONLY
  if (isWritten) change('openSync', path)
  const fd = own.openSync(path, flags, mode)
  if (isWritten) opened.set(fd, path)
  else opened.delete(fd)
  return fd
}

fs.writeSync = (fd, bytes, offset = 0, ...rest) => {
  change('writeSync', fd, () => own.writeSync(fd, bytes, offset, Math.floor((bytes.length - offset) / 2)))
  return own.writeSync(fd, bytes, offset, ...rest)
}

fs.writeFileSync = (target, bytes, options) => {
  change('writeFileSync', target, () => own.writeFileSync(target, bytes.slice(0, bytes.length / 2), options))
  own.writeFileSync(target, bytes, options)
}
