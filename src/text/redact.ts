/** What a terminal would obey beyond ASCII and at its end: C1, line separators, and what turns the direction of text around. */
export const lateControls = /[\u007f-\u009f\u2028\u2029\p{Bidi_Control}]/gu
const controls = new RegExp(`[\\u0000-\\u001f]|${lateControls.source}`, 'gu')

/**
 * Text from files, servers and child processes, made safe to print: control characters (a terminal would
 * obey them) become `?`. Line feeds and tabs stay where `multiline` asks for it.
 */
export function printable(text: string, options: { multiline?: boolean } = {}): string {
  // Nearly every text is of this kind, and thousands are looked at.
  if (/^[ -~]*$/.test(text)) return text
  const replace = (control: string) => (options.multiline && /[\n\t]/.test(control) ? control : '?')
  return text.replace(controls, replace).replace(/\p{Surrogate}/gu, '?')
}

/** Whether a text is safe to print as it is. */
export function isPrintable(text: string): boolean {
  return printable(text) === text
}

/** A text without these secrets; `***` stands in their place. To be used after `printable`, which may join what was apart. */
export function hideSecrets(text: string, secrets: Iterable<string>): string {
  const longestFirst = [...secrets].filter((secret) => secret !== '').sort((a, b) => b.length - a.length)
  return longestFirst.reduce((rest, secret) => rest.replaceAll(secret, '***'), text)
}

/**
 * A URL, or what is given for one, without who asks and the password: `***` stands in their place. A password may hold
 * slashes that should have been escaped.
 */
export function hideUser(url: string): string {
  return url.replace(/^((?:[a-z][a-z\d+.-]*:)?\/\/)?[^?#]*@/i, '$1***@')
}

const key = /(?<![A-Za-z0-9])(A[KS]IA)[A-Z0-9]{8,}([A-Z0-9]{4})(?![A-Za-z0-9])/g
/** A secret key, or a session token; a cache file's name has no capitals. */
const secret =
  /(?<![\w/+.~-])(?=[^A-Z\s]*[A-Z])(?=[^a-z\s]*[a-z])(?:[A-Za-z0-9/+]{40}|[A-Za-z0-9/+]{100,}={0,2})(?![\w/+=~-]|\.\w)/g

/**
 * A text in which what looks like a secret is not whole, for where people put one in the place of something else: the user of
 * URLs, ids of keys (as `AKIA…7890`), and what has the form of a secret key.
 */
export function maskSecrets(text: string): string {
  return text
    .replace(/[a-z][a-z\d+.-]*:\/\/[^\s?#]*@/gi, hideUser)
    .replace(key, '$1…$2')
    .replace(secret, '***')
}
