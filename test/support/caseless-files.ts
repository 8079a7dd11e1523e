import { join } from 'node:path'
import type { Files } from '../../src/context.ts'
import { nodeFiles } from '../../src/system/files/files.ts'

/** A case-insensitive file system below `root`, simulated at the port: whatever a path is spelled like, it is one. */
export function simulateCaselessFiles(root: string): Files {
  const fold = (path: string) =>
    path.startsWith(`${root}/`) ? join(root, path.slice(root.length).toLowerCase()) : path
  return {
    ...nodeFiles,
    read: (path) => nodeFiles.read(fold(path)),
    stat: (path) => nodeFiles.stat(fold(path)),
    statEntry: (path) => nodeFiles.statEntry(fold(path)),
    readEntry: (path) => nodeFiles.readEntry(fold(path)),
    list: (path) => nodeFiles.list(fold(path)),
    resolve: (path) => (nodeFiles.stat(fold(path)) ? path : nodeFiles.resolve(path)),
    follow: (path) => (nodeFiles.stat(fold(path)) ? path : nodeFiles.follow(path)),
    create: (path, bytes, mode, owner) => nodeFiles.create(fold(path), bytes, mode, owner),
    probe: (path) => nodeFiles.probe(fold(path)),
    createUnflushed: (path, bytes, mode) => nodeFiles.createUnflushed(fold(path), bytes, mode),
    append: (path, bytes) => nodeFiles.append(fold(path), bytes),
    rename: (from, to) => nodeFiles.rename(fold(from), fold(to)),
    remove: (path) => nodeFiles.remove(fold(path)),
    removeEmptyDirectory: (path) => nodeFiles.removeEmptyDirectory(fold(path)),
    isReadOnly: (path) => nodeFiles.isReadOnly(fold(path)),
    makeDirectory: (path, mode) => nodeFiles.makeDirectory(fold(path), mode),
    setMode: (path, mode) => nodeFiles.setMode(fold(path), mode),
    touch: (path, mtimeNs) => nodeFiles.touch(fold(path), mtimeNs),
  }
}
