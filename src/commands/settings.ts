import { usageError } from '../cli/mistake.ts'
import type { Arguments } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'
import { AssumeError } from '../errors.ts'
import {
  editSettingsText,
  formatSettingValue,
  readSetting,
  type Setting,
  type Settings,
  settingTable,
} from '../settings/settings.ts'
import { checkSettingsOwnership, readSettingsFile } from '../settings/settings-file.ts'
import { leaveIndex } from '../switch/known-profiles.ts'
import { editText } from '../system/files/edit-file.ts'
import { locatePaths } from '../system/paths.ts'
import { formatJson } from '../text/json-text.ts'
import { findNearest } from '../text/matching.ts'
import { printable } from '../text/redact.ts'
import { formatSuggestion } from '../text/suggestion.ts'

/** `assume settings [list] | get NAME | set NAME VALUE`. */
export async function run({ positionals, flags }: Arguments, context: Context): Promise<Outcome> {
  const [action = 'list', name, value] = positionals
  const paths = locatePaths(context.env, context.platform)
  const read = () => readSettingsFile(context, paths.settings).settings
  if (action === 'list' && name === undefined) {
    const settings = read()
    const shown = settingTable.map((setting) => show(setting, settings))
    if (flags['json'] === true) return { output: formatJson(shown) }
    return {
      output: shown
        .map((each) => `${each.name} = ${printable(each.value ?? '')}\n    ${each.describe}\n`)
        .join(''),
    }
  }
  if (action === 'get' && name !== undefined && value === undefined) {
    const shown = show(findSetting(name), read())
    return { output: flags['json'] === true ? formatJson(shown) : `${shown.value ?? ''}\n` }
  }
  if (action === 'set' && name !== undefined && value !== undefined) {
    checkValue(findSetting(name), value)
    checkSettingsOwnership(context, paths.settings)
    await editText(context, paths, paths.settings, (text) =>
      editSettingsText(text, name, formatSettingValue(value)),
    )
    leaveIndex(context, { paths })
    return {}
  }
  throw usageError('settings', 'say "list", "get NAME" or "set NAME VALUE"')
}

function show({ name, values, describe }: Setting, settings: Settings) {
  return { name, value: readSetting(name, settings), values, describe }
}

function findSetting(name: string): Setting {
  const setting = settingTable.find((each) => each.name === name)
  if (setting) return setting
  const nearest = findNearest(
    name,
    settingTable.map((each) => each.name),
    1,
  )
  throw new AssumeError(
    'unknown-setting',
    `there is no setting ${printable(name) || '""'}${formatSuggestion(nearest)}`,
    { hint: 'assume settings' },
  )
}

function checkValue(setting: Setting, value: string): void {
  const { values, form } = setting
  if (form && !form.fits(value))
    throw new AssumeError(
      'invalid-setting',
      `${setting.name} is ${form.words}, not ${printable(value) || '""'}`,
      { hint: `assume settings set ${setting.name} ${setting.fallback}` },
    )
  if (!values || values.includes(value)) return
  const [nearest] = findNearest(value, values, 1)
  const advice =
    formatSuggestion(nearest === undefined ? [] : [nearest]) || `; there are ${values.join(', ')}`
  throw new AssumeError(
    'invalid-setting',
    `${setting.name} has no value ${printable(value) || '""'}${advice}`,
    { hint: nearest === undefined ? 'assume settings' : `assume settings set ${setting.name} ${nearest}` },
  )
}
