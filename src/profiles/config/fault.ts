import { identifier } from './header.ts'
import { cutProperty } from './property.ts'

/** What costs a line with this key its meaning; undefined for a good one. An absent name is that of a line without `=`. */
export function findPropertyFault(name: string | undefined): string | undefined {
  if (name === undefined) return 'no `=` in the line'
  if (name === '') return 'no key before the `=`'
  // The key is not named: the line may be a part of a secret.
  return identifier.test(name) ? undefined : 'a key that is not of letters, digits and - _ / . % @ : +'
}

/** The same of a line, without its indentation, in a nested block. */
export function findNestedFault(text: string): string | undefined {
  const cut = cutProperty(text)
  if (cut === undefined) return 'no `=` in a line of a nested block'
  return cut.name === '' ? 'no key before the `=` in a line of a nested block' : undefined
}

/** A header as it stands in the file: its words, and with the blanks around them; `hidden` as of every header. */
export interface RepeatedHeader {
  readonly text: string
  readonly raw: string
  readonly hidden: boolean
}

/** Who reads what of two headers that mean one section. */
export function describeRepetition(one: RepeatedHeader, other: RepeatedHeader): string {
  if (one.text !== other.text) return describeSpellings(one.text, other.text)
  if (one.raw !== other.raw && (one.hidden || other.hidden))
    return `the AWS CLI takes [${one.raw}] and [${other.raw}] for two sections`
  return describeSpellings(one.raw, other.raw)
}

function describeSpellings(earlier: string, later: string): string {
  if (earlier === later) return `the AWS CLI rejects a file with the section [${later}] twice`
  if (earlier === 'default' || later === 'default') {
    return 'the SDKs read only [profile default] of it and [default], the AWS CLI only the later one'
  }
  return `the AWS CLI reads only the later one of [${earlier}] and [${later}]`
}
