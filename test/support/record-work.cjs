// Loaded into the core before it starts: writes, when the core ends, which files below HOME it has read and replaced and
// how often, how often it has parsed the text of each as JSON, and how often each of its functions was called.
const fs = require('node:fs')
const { Session } = require('node:inspector')
const own = { ...fs }
const { HOME: home, WORK: record } = process.env

const work = { reads: {}, replaced: {}, parses: {}, calls: {} }
/** The paths of open files, and those of the texts that were read. */
const opened = new Map()
const texts = new Map()

/** Open files of which something has been read, and whether that is for a whole file. */
const begun = new Set()
let isWhole = false

const count = (counts, path) => {
  if (!path?.startsWith(`${home}/`)) return
  const name = path.slice(home.length + 1)
  counts[name] = (counts[name] ?? 0) + 1
}

fs.openSync = (path, flags = 'r', mode = undefined) => {
  const fd = own.openSync(path, flags, mode)
  const isRead = typeof flags === 'string' ? flags === 'r' : (flags & 3) === fs.constants.O_RDONLY
  opened.set(fd, isRead ? String(path) : undefined)
  begun.delete(fd)
  return fd
}

fs.readFileSync = (target, options) => {
  isWhole = true
  const bytes = own.readFileSync(target, options)
  isWhole = false
  const path = typeof target === 'number' ? opened.get(target) : String(target)
  count(work.reads, path)
  texts.set(String(bytes), path)
  return bytes
}

fs.readSync = (fd, ...rest) => {
  const read = own.readSync(fd, ...rest)
  if (!begun.has(fd) && !isWhole) count(work.reads, opened.get(fd))
  begun.add(fd)
  return read
}

fs.renameSync = (from, to) => {
  own.renameSync(from, to)
  count(work.replaced, to)
}

const { parse } = JSON
JSON.parse = (text, reviver) => {
  count(work.parses, texts.get(text))
  return parse(text, reviver)
}

const session = new Session()
session.connect()
session.post('Profiler.enable')
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })

process.on('exit', () => {
  session.post('Profiler.takePreciseCoverage', (_error, { result }) => {
    for (const { url, functions } of result) {
      if (!url.includes('/dist/')) continue
      for (const { functionName, ranges } of functions) {
        if (functionName !== '') work.calls[functionName] = (work.calls[functionName] ?? 0) + ranges[0].count
      }
    }
  })
  own.writeFileSync(record, JSON.stringify(work))
})
