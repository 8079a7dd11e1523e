import { isBlankAt, trimBlanks } from './blank.ts'
import { type ConfigDocument, type ConfigProperty, type ConfigSection, parseDocument } from './document.ts'
import { type FileKind, identifier } from './header.ts'
import { lendKeys, readLentKeys } from './lent-keys.ts'
import { type AwsConfig, mergeDocuments } from './merge.ts'

/** Readers of the files, each with what it makes of them: the AWS CLI with boto3, JavaScript, Java with Rust. */
export type Reader = 'aws-cli' | 'js-sdk' | 'java-and-rust'

type Environment = Readonly<Record<string, string | undefined>>
type Documents = readonly [config: ConfigDocument, credentials: ConfigDocument]

/** What a reader finds in the files, which need not be what we do. */
export type ReadAs = (reader: Reader) => AwsConfig

const pathVariables = { config: 'AWS_CONFIG_FILE', credentials: 'AWS_SHARED_CREDENTIALS_FILE' } as const

type View = (document: ConfigDocument, path: string | undefined) => readonly ConfigSection[]

const views: Readonly<Record<Reader, View>> = {
  'aws-cli': listForCli,
  'js-sdk': listForJs,
  'java-and-rust': listForJavaAndRust,
}

/**
 * The files as each reader finds them; one is worked out when it is asked for. A path variable that is set but empty
 * means no file to the AWS CLI, and the usual one to the others.
 */
export function viewDocuments([config, credentials]: Documents, env: Environment): ReadAs {
  const known = new Map<Reader, AwsConfig>()
  return (reader) => {
    const view = (document: ConfigDocument) =>
      reader === 'aws-cli' && env[pathVariables[document.kind]] === ''
        ? parseDocument('', document.kind)
        : { ...document, sections: views[reader](document, env[pathVariables[document.kind]]) }
    const found = known.get(reader) ?? mergeDocuments(view(config), view(credentials))
    known.set(reader, found)
    return found
  }
}

/** Blanks inside the brackets hide a section, of two with one name the later counts alone, and comments are values. */
function listForCli(document: ConfigDocument): ConfigSection[] {
  const lent = readLentKeys(document)
  const found = document.sections.filter(({ hidden }) => !hidden)
  const last = new Map(found.map((section) => [`${section.type} ${section.name}`, section]))
  return [...last.values()].map((section) => ({
    ...section,
    properties: lendKeys(section.properties, lent).map(joinComment),
  }))
}

/** Their grammar has no quotes, names of the shared alphabet alone, and no comments that are indented. */
function listForJavaAndRust({ sections }: ConfigDocument): ConfigSection[] {
  return sections
    .filter(({ name, text }) => identifier.test(name) && !/['"\\]/.test(text))
    .map((section) =>
      section.properties.some(({ valueWithComments }) => valueWithComments !== undefined)
        ? { ...section, properties: section.properties.map(keepComments) }
        : section,
    )
}

function keepComments(property: ConfigProperty): ConfigProperty {
  const { value, valueWithComments = value } = property
  return { ...property, value: valueWithComments }
}

/** A property as the AWS CLI reads it: what stands behind the value as a comment is a part of it. */
export function joinComment(property: ConfigProperty): ConfigProperty {
  const { value, comment } = property
  if (comment === undefined) return property
  // Behind the first line of a value that goes on.
  const end = value.indexOf('\n')
  const [first, rest] = end < 0 ? [value, ''] : [value.slice(0, end), value.slice(end)]
  return { ...property, value: trimBlanks(first + comment) + rest }
}

/** Behind a `~` in the variable it finds profiles, and no sso-sessions. */
function listForJs(document: ConfigDocument, path = ''): ConfigSection[] {
  const findsSessions = !path.startsWith('~/')
  return document.sections.filter(
    (section) => (findsSessions || section.type !== 'sso-session') && isSeenByJs(document, section),
  )
}

/** Whether the JavaScript SDK finds a section, by `parseIni` of @smithy/core 3. */
function isSeenByJs({ kind, lines }: ConfigDocument, { line }: ConfigSection): boolean {
  const [uncommented = ''] = (lines[line - 1] ?? '').split(/(?:^|\s)[;#]/)
  const header = uncommented.replace('\ufeff', '').trim()
  if (!header.endsWith(']')) return false
  return isNameToJs(header.slice(1, -1), kind)
}

function isNameToJs(text: string, kind: FileKind): boolean {
  const isTyped = /^[\w-]+\s(["'])?[\w\-@+.%:/]+\1$/.test(text)
  if (kind === 'credentials') return !isTyped && !isBlankAt(text, 0) && !isBlankAt(text, text.length - 1)
  return isTyped || text === 'default'
}
