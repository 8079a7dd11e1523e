import { findAssumeTarget } from '../credentials/assume-process.ts'
import { AssumeError } from '../errors.ts'
import type { ConfigDocument, ConfigProperty } from '../profiles/config/document.ts'
import { readLentKeys } from '../profiles/config/lent-keys.ts'
import { joinComment } from '../profiles/config/reader-view.ts'
import { joinPieces, locateSections } from '../profiles/config/section-pieces.ts'
import type { Piece } from '../text/piece.ts'

/** The pieces of the two AWS files that say all that concerns a profile. */
export interface Excerpt {
  readonly config: readonly Piece[]
  readonly credentials: readonly Piece[]
}

/** A file as it was read, and its size in bytes: config, then credentials. */
export interface SizedDocument {
  readonly document: ConfigDocument
  readonly size: number
}

/** Past this number of sections the whole file is read as quickly. */
const mostSections = 100

/**
 * The excerpts of profiles, and the one that belongs to each, `base`. Whoever reads both finds of the profile what every reader of the whole files finds: its sections,
 * those of the profiles that its credentials come from, of their sessions and services, of the profiles whose role is kept
 * in the same file, those of `default`, and those whose keys are lent to all. Undefined for a profile that too much belongs
 * to, or whose name can be that of a session without one, its start URL.
 */
export function planExcerpts(
  files: readonly SizedDocument[],
  platform: NodeJS.Platform,
): { readonly base: Excerpt; readonly find: (name: string) => Excerpt | undefined } {
  const pieces = files.map(({ document, size }) => locateSections(document, size))
  const references = new References(
    files.map(({ document }) => document),
    platform,
  )
  const cut = (keys: Iterable<string>, isBase: boolean): Excerpt => {
    const [config = [], credentials = []] = pieces.map(({ named, lending }) =>
      joinPieces([...(isBase ? lending : []), ...[...keys].flatMap((key) => named.get(key) ?? [])]),
    )
    return { config, credentials }
  }
  const ofDefault = references.follow(['profile default'])
  return {
    base: cut(ofDefault ?? [], true),
    find: (name) => {
      if (!ofDefault || name.includes('://')) return undefined
      const keys = references.follow([`profile ${name}`, `sso-session ${name}`])
      return keys && cut(keys, false)
    },
  }
}

/** Which sections the sections of the files name, as any reader reads them; by type and name with a space between. */
class References {
  readonly #next = new Map<string, string[]>()
  readonly #profilesByRole = new Map<string, string[]>()

  constructor(documents: readonly ConfigDocument[], platform: NodeJS.Platform) {
    const lent = documents.flatMap(readLentKeys)
    for (const { sections } of documents) {
      for (const section of sections) {
        if (section.type !== 'profile') continue
        const key = `profile ${section.name}`
        for (const property of section.properties) this.#add(key, property, platform)
        for (const property of lent) this.#add(key, property, platform)
      }
    }
  }

  /** These sections and all that they lead to; undefined when they are too many. */
  follow(keys: readonly string[]): ReadonlySet<string> | undefined {
    const found = new Set(keys)
    for (const key of found) {
      if (found.size > mostSections) return undefined
      for (const next of this.#next.get(key) ?? []) {
        found.add(next)
        const sharing = next.startsWith(ofRole) ? this.#profilesByRole.get(next) : undefined
        for (const other of sharing?.slice(0, mostSections + 1) ?? []) found.add(other)
      }
    }
    return found
  }

  #add(key: string, property: ConfigProperty, platform: NodeJS.Platform): void {
    const list = named.get(property.key)
    if (!list) return
    for (const value of readVariants(property)) {
      for (const next of list(value, platform)) {
        append(this.#next, key, next)
        if (property.key === 'role_arn') append(this.#profilesByRole, next, key)
      }
    }
  }
}

/** What stands for all profiles of a role; no section begins so. */
const ofRole = 'role '

type ListNamed = (value: string, platform: NodeJS.Platform) => readonly string[]

/** The keys that name other sections. */
const named: ReadonlyMap<string, ListNamed> = new Map<string, ListNamed>([
  ['source_profile', (name) => [`profile ${name}`]],
  ['sso_session', (name) => [`sso-session ${name}`]],
  ['services', (name) => [`services ${name}`]],
  ['role_arn', (arn) => [ofRole + arn]],
  [
    'credential_process',
    (command, platform) => {
      const target = findTarget(command, platform)
      return target === undefined ? [] : [`profile ${target}`]
    },
  ],
])

function findTarget(credentialProcess: string, platform: NodeJS.Platform): string | undefined {
  try {
    return findAssumeTarget({ name: '', credentialProcess }, platform)
  } catch (error) {
    if (error instanceof AssumeError) return undefined
    throw error
  }
}

/** What the readers make of a key: a comment behind a value, or below it, is a part of it to some. */
function readVariants(property: ConfigProperty): Iterable<string> {
  const { value, comment, valueWithComments = value } = property
  if (comment === undefined && valueWithComments === value) return [value]
  return [value, joinComment(property).value, valueWithComments]
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const known = map.get(key)
  if (known) known.push(value)
  else map.set(key, [value])
}
