import { AssumeError } from '../errors.ts'
import { printable } from '../text/redact.ts'

/** What a profile name can be made of. */
export interface NameFields {
  readonly accountId: string
  /** Absent when the service tells none. */
  readonly accountName?: string
  readonly roleName: string
  readonly email?: string
  readonly session: string
}

type Field = keyof typeof fields
type Transform = (text: string) => string

/** A literal text, or a field with what is done to its value. */
type Part = string | { readonly field: Field; readonly transforms: readonly Transform[] }

/** A parsed name template. */
export type NameTemplate = readonly Part[]

export const defaultTemplate = '{account_name}-{role}'

const fields = {
  account_name: ({ accountName }: NameFields) => accountName ?? '',
  account_id: ({ accountId }: NameFields) => accountId,
  role: ({ roleName }: NameFields) => roleName,
  email: ({ email }: NameFields) => email ?? '',
  session: ({ session }: NameFields) => session,
}

const transforms: Readonly<Record<string, Transform>> = {
  slug: (text) =>
    toBasicLetters(text)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-'),
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
}

/**
 * Parses a template such as `{account_name|slug}-{role}`; a doubled brace is a literal one.
 * Throws AssumeError `usage` that names what is not understood.
 */
export function parseTemplate(text: string): NameTemplate {
  const parts: Part[] = []
  for (const [token] of text.matchAll(/\{\{|\}\}|\{[^{}]*\}|[^{}]+|[{}]/g)) {
    if (token === '{{' || token === '}}') parts.push(token.charAt(0))
    else if (token === '{' || token === '}')
      throw refuse(`"${token}" alone; a literal brace is doubled`, text)
    else if (token.startsWith('{')) parts.push(parsePlaceholder(token.slice(1, -1), text))
    else parts.push(token)
  }
  if (!parts.some((part) => typeof part === 'object')) throw refuse('no field in it', text)
  return parts
}

/**
 * The name that a template gives, of characters that every reader of the config file takes; it neither begins nor
 * ends with a hyphen. An account without a name is called by its id, and so is a name that comes out empty.
 */
export function formatName(template: NameTemplate, values: NameFields): string {
  const name = template
    .map((part) => (typeof part === 'string' ? cleanName(part) : formatField(part, values)))
    .join('')
  return trimHyphens(name) || values.accountId
}

/** `text` with each run of characters that not every reader takes in a profile name as one hyphen; accents go. */
export function cleanName(text: string): string {
  return toBasicLetters(text).replace(/[^A-Za-z0-9_/.%@:+]+/g, (run) => (/^-+$/.test(run) ? run : '-'))
}

function parsePlaceholder(inside: string, text: string): Part {
  const [field = '', ...names] = inside.split('|').map((word) => word.trim())
  if (!isField(field)) {
    throw refuse(`no field "${printable(field)}"; there are ${Object.keys(fields).join(', ')}`, text)
  }
  const found = names.map((name) => {
    const transform = Object.hasOwn(transforms, name) ? transforms[name] : undefined
    if (transform) return transform
    throw refuse(`no function "${printable(name)}"; there are ${Object.keys(transforms).join(', ')}`, text)
  })
  return { field, transforms: found }
}

function isField(name: string): name is Field {
  return Object.hasOwn(fields, name)
}

function formatField({ field, transforms: steps }: Exclude<Part, string>, values: NameFields): string {
  const value = steps.reduce((text, step) => step(text), fields[field](values))
  const name = trimHyphens(cleanName(value))
  return name === '' && field === 'account_name' ? values.accountId : name
}

function toBasicLetters(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '')
}

function trimHyphens(text: string): string {
  return text.replace(/^-+|-+$/g, '')
}

function refuse(what: string, text: string): AssumeError {
  return new AssumeError('usage', `the template "${printable(text)}" is not understood: ${what}`, {
    hint: `assume sync --template '${defaultTemplate}'`,
  })
}
