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
