import { settingTable } from '../../settings/settings.ts'
import { findNearest } from '../../text/matching.ts'
import { printable } from '../../text/redact.ts'
import { formatSuggestion } from '../../text/suggestion.ts'
import type { Facts } from '../facts.ts'
import type { SetUpFinding } from '../finding.ts'

/** Lines of our settings that nobody reads, and values that settings cannot have. */
export function checkSettings({ settingsFile: { path, shown, text }, profiles }: Facts): SetUpFinding[] {
  const findings: SetUpFinding[] = []
  const warn = (at: number, seen: string, mend?: string) =>
    findings.push({
      level: 'warning',
      seen: `${shown}:${at + 1}: ${seen}`,
      why: 'assume goes on as if the line were not there',
      mend: mend ?? ((quote) => `vi +${at + 1} ${quote(path)}`),
    })
  const lines = text.split(/\r?\n/)
  let isTop = true
  for (const [at, line] of lines.entries()) {
    const [, title] = /^\[([^\]]*)\]\s*$/.exec(line) ?? []
    if (title !== undefined) {
      isTop = false
      if (!/^plugin(?:\s|$)/.test(title))
        warn(at, `there is no section [${printable(title)}], but [plugin NAME]`)
    } else if (line.startsWith('[')) warn(at, 'no `]` behind the name of a section')
    else if (isTop && !/^\s*(?:[;#]|$)/.test(line)) {
      const [name = ''] = line.split('=').map((part) => part.trim())
      const isLast = !lines.slice(at + 1).some((each) => each.split('=')[0]?.trim() === name)
      if (!line.includes('=')) warn(at, 'no `=` in the line')
      else if (isLast) warnOfSetting(name, profiles?.settings.get(name), (...words) => warn(at, ...words))
    }
  }
  return findings
}

function warnOfSetting(
  name: string,
  value: string | undefined,
  warn: (seen: string, mend?: string) => void,
): void {
  const names = settingTable.map((setting) => setting.name)
  const setting = settingTable.find((each) => each.name === name)
  if (!setting) {
    warn(`there is no setting ${printable(name) || '""'}${formatSuggestion(findNearest(name, names, 1))}`)
    return
  }
  const { values, form, fallback } = setting
  if (form && value !== undefined && !form.fits(value))
    warn(
      `${name} is ${form.words}, not ${printable(value) || '""'}`,
      `assume settings set ${name} ${fallback}`,
    )
  if (!values || value === undefined || values.includes(value)) return
  const [instead = fallback] = [...findNearest(value, values, 1), ...(fallback ? [] : values)]
  warn(`${name} has no value ${printable(value) || '""'}`, `assume settings set ${name} ${instead}`)
}
