/** What of a Go template has the same meaning in a template of `assume sync`. */
const fields: Readonly<Record<string, string>> = {
  '.AccountName': 'account_name',
  '.AccountID': 'account_id',
  '.AccountId': 'account_id',
  '.AccountIdPad': 'account_id',
  '.RoleName': 'role',
}

/**
 * A template for the names of profiles as Granted and aws-sso-cli have it, as one of `assume sync`; undefined where anything
 * in it would mean something else. Nothing of it is ever run. Blanks become hyphens there by themselves.
 */
export function translateTemplate(template: string): string | undefined {
  const parts = template.match(/\{\{.*?\}\}|(?:(?!\{\{).)+/gs) ?? []
  const translated = parts.map((part) =>
    part.startsWith('{{') ? translateAction(part) : translateText(part),
  )
  return parts.length === 0 || translated.some((part) => part === undefined) ? undefined : translated.join('')
}

function translateText(text: string): string | undefined {
  return /^[\w/.%@:+ -]*$/.test(text) ? text : undefined
}

function translateAction(action: string): string | undefined {
  const [source = '', ...steps] = action
    .replace(/^\{\{-?|-?\}\}$/g, '')
    .split('|')
    .map((step) => step.trim())
  const [, before, name = ''] = /^(?:(lower|upper)\s+)?(\.\w+)$/.exec(source) ?? []
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (field === undefined) return undefined
  const functions = [...(before === undefined ? [] : [before]), ...steps].filter(
    (step) => !/^replace " " "-"$/.test(step),
  )
  if (!functions.every((step) => step === 'lower' || step === 'upper')) return undefined
  return `{${[field, ...functions].join('|')}}`
}
