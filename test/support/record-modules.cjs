// Loaded into the core before it starts: writes, when the core ends, which files and Node modules it has loaded.
const { writeFileSync } = require('node:fs')
const before = new Set(process.moduleLoadList)

process.on('exit', () => {
  const files = Object.keys(require.cache).filter((file) => file !== __filename)
  const own = process.moduleLoadList.filter((name) => name.startsWith('NativeModule ') && !before.has(name))
  const nodeModules = own.map((name) => name.replace('NativeModule ', ''))
  writeFileSync(process.env.MODULES, JSON.stringify({ files, nodeModules }))
})
