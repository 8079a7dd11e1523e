#!/usr/bin/env node
// Old versions of Node parse this file too, to say what is wrong: no syntax newer than Node 12.
const [major, minor] = process.versions.node.split('.').map(Number)

if (major > 20 || (major === 20 && minor >= 19)) {
  require('../dist/main.js')
} else {
  process.stderr.write(`assume: Node 20.19 or newer is needed, this is ${process.versions.node}\n`)
  process.exitCode = 1
}
