import { chmodSync } from 'node:fs'
import type { Home } from './home.ts'

/**
 * Says `ready` with its process id, then each signal with how often it has come, and each new size of the terminal;
 * SIGQUIT ends it with status 42. It reads nothing, so that it can run in the background.
 */
const signalCounter = `#!/usr/bin/env node
const counts = {}
const print = (text) => process.stdout.write(text + '\\n')
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGCONT', 'SIGWINCH', 'SIGQUIT']) {
  process.on(signal, () => {
    counts[signal] = (counts[signal] ?? 0) + 1
    if (signal === 'SIGQUIT') {
      print('all ' + JSON.stringify(counts))
      process.exit(42)
    }
    print(signal + ' ' + counts[signal])
  })
}
process.stdout.on('resize', () => print('size ' + process.stdout.getWindowSize()))
setInterval(() => {}, 1000)
print('ready ' + process.pid)
`

/** Takes keys one by one, as an editor does, and says their codes; q ends it with status 43. */
const keyReader = `#!/usr/bin/env node
process.stdin.setRawMode(true)
process.stdin.on('data', (bytes) => {
  process.stdout.write('keys ' + [...bytes].join(' ') + '\\r\\n')
  if (!bytes.includes(113)) return
  process.stdin.setRawMode(false)
  process.exit(43)
})
process.stdout.write('ready\\r\\n')
`

/** Prints its arguments as JSON. */
const wordPrinter = `#!/usr/bin/env node
console.log(JSON.stringify(process.argv.slice(2)))
`

const texts = { 'signal-counter': signalCounter, 'key-reader': keyReader, 'word-printer': wordPrinter }

/** Writes a program to run in tests into the home, and returns its path. */
export function writeProgram(home: Home, name: keyof typeof texts): string {
  const path = home.write(name, texts[name])
  chmodSync(path, 0o755)
  return path
}
