import { accessSync, constants } from 'node:fs'

/** Whether a path lies on a file system that is read-only, to which root cannot write either. Never throws. */
export function isReadOnly(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EROFS'
  }
}
