import { type Arguments, usageError } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'
import { findNearest } from '../core/matching.ts'
import { editSettingsText, readSetting, type Setting, settingTable } from '../core/settings.ts'
import { AssumeError } from '../errors.ts'
import { printable } from '../redact.ts'
import { writeAtomically } from '../store/atomic-write.ts'
import { locatePaths } from '../store/paths.ts'
import { readText } from '../store/read-text.ts'
import { readSettings } from '../store/settings.ts'

/** `assume settings list | get NAME | set NAME VALUE`. */
export function run({ positionals, flags }: Arguments, context: Context): Outcome {
  const [action, name, value] = positionals
  const path = locatePaths(context.env, context.platform).settings
  const show = (setting: Setting) => ({
    name: setting.name,
    value: readSetting(setting.name, readSettings(context.files, path)),
    values: setting.values,
    describe: setting.describe,
  })
  if (action === 'list' && name === undefined) {
    const shown = settingTable.map(show)
    if (flags['json'] === true) return { output: `${JSON.stringify(shown, null, 2)}\n` }
    return {
      output: shown.map((each) => `${each.name} = ${each.value ?? ''}\n    ${each.describe}\n`).join(''),
    }
  }
  if (action === 'get' && name !== undefined && value === undefined) {
    const shown = show(findSetting(name))
    return {
      output: flags['json'] === true ? `${JSON.stringify(shown, null, 2)}\n` : `${shown.value ?? ''}\n`,
    }
  }
  if (action === 'set' && name !== undefined && value !== undefined) {
    checkValue(findSetting(name), value)
    const text = editSettingsText(readText(context.files, path) ?? '', name, value)
    writeAtomically(context.files, path, Buffer.from(text), { mode: 0o600 })
    return {}
  }
  throw usageError('settings', 'say "list", "get NAME" or "set NAME VALUE"')
}

function findSetting(name: string): Setting {
  const setting = settingTable.find((each) => each.name === name)
  if (setting) return setting
  const [nearest] = findNearest(
    name,
    settingTable.map((each) => each.name),
    1,
  )
  throw new AssumeError(
    'unknown-setting',
    `there is no setting ${printable(name)}${nearest ? `; did you mean ${nearest}?` : ''}`,
    { hint: 'assume settings list' },
  )
}

function checkValue(setting: Setting, value: string): void {
  const { values } = setting
  if (!values || values.includes(value)) return
  throw new AssumeError(
    'invalid-setting',
    `${setting.name} is ${values.join(' or ')}, not "${printable(value)}"`,
    {
      hint: `assume settings set ${setting.name} ${values[0]}`,
    },
  )
}
