import { join } from 'node:path'
import { type CacheWorld, readCacheFile } from '../system/files/cache-file.ts'
import type { FreshIndex } from './profile-index.ts'
import { type ProfileList, parseProfileList } from './profile-list.ts'

/** Where the list of the profiles lies in a generation's folder. */
export function locateProfileList(folder: string): string {
  return join(folder, 'profiles')
}

/** The list of the profiles of a fresh index; `torn` also where it is gone or cannot be believed. */
export function readProfileList(world: CacheWorld, { folder }: FreshIndex): ProfileList | 'none' | 'torn' {
  const text = readCacheFile(world, locateProfileList(folder), { needsOwner: true })?.text
  return text === undefined ? 'torn' : parseProfileList(text)
}
