import type { Piece } from '../context.ts'
import { findAssumeTarget } from '../credentials/assume-process.ts'
import { AssumeError } from '../errors.ts'
import type { ConfigDocument, ConfigProperty, ConfigSection } from '../profiles/config/document.ts'
import { readLentKeys } from '../profiles/config/lent-keys.ts'
import { joinComment } from '../profiles/config/reader-view.ts'
import { joinPieces, locateSections } from '../profiles/config/section-pieces.ts'

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

/** What the sections of the files name, as any reader reads them. */
class References {
  readonly #platform: NodeJS.Platform
  readonly #sections = new Map<string, ConfigSection[]>()
  readonly #lent: readonly ConfigProperty[]
  readonly #profilesByRole = new Map<string, string[]>()

  constructor(documents: readonly ConfigDocument[], platform: NodeJS.Platform) {
    this.#platform = platform
    this.#lent = documents.flatMap(readLentKeys)
    for (const section of documents.flatMap(({ sections }) => sections)) {
      const key = `${section.type} ${section.name}`
      append(this.#sections, key, section)
      for (const arn of this.#read(section, 'role_arn')) append(this.#profilesByRole, arn, key)
    }
  }

  /** These sections, by type and name, and all that they lead to; undefined when they are too many. */
  follow(keys: readonly string[]): ReadonlySet<string> | undefined {
    const found = new Set(keys)
    for (const key of found) {
      if (found.size > mostSections) return undefined
      for (const section of this.#sections.get(key) ?? []) {
        if (section.type === 'profile') for (const next of this.#listNext(section)) found.add(next)
      }
    }
    return found
  }

  #listNext(section: ConfigSection): string[] {
    const read = (key: string) => this.#read(section, key)
    return [
      ...read('source_profile').map((name) => `profile ${name}`),
      ...read('sso_session').map((name) => `sso-session ${name}`),
      ...read('services').map((name) => `services ${name}`),
      ...read('credential_process').flatMap((command) => this.#findTarget(section, command)),
      ...read('role_arn').flatMap((arn) => this.#profilesByRole.get(arn)?.slice(0, mostSections + 1) ?? []),
    ]
  }

  #findTarget({ name }: ConfigSection, credentialProcess: string): string[] {
    const profile = { name, kind: 'process', credentialProcess, properties: new Map(), files: [] } as const
    try {
      const target = findAssumeTarget(profile, this.#platform)
      return target === undefined ? [] : [`profile ${target}`]
    } catch (error) {
      if (error instanceof AssumeError) return []
      throw error
    }
  }

  /** What the readers make of a key: a comment behind a value, or below it, is a part of it to some. */
  #read({ properties }: ConfigSection, key: string): string[] {
    return [...properties, ...this.#lent]
      .filter((property) => property.key === key)
      .flatMap((property) => {
        const { value, valueWithComments = value } = property
        return [value, joinComment(property).value, valueWithComments]
      })
  }
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const known = map.get(key)
  if (known) known.push(value)
  else map.set(key, [value])
}
