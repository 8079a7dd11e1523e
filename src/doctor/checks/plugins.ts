import { appliesTo, isRequired } from '../../profiles/plugin-settings.ts'
import type { Facts } from '../facts.ts'
import type { SetUpFinding } from '../finding.ts'

/** Plugins that are not what the user has agreed to. */
export function checkPlugins(facts: Facts): SetUpFinding[] {
  return facts.plugins.flatMap(({ name, state, reason, hint }): SetUpFinding[] => {
    const consequence = describeConsequence(name, facts)
    switch (state) {
      case 'changed':
        return [
          {
            ...consequence,
            seen: `plugin ${name} is not what was enabled`,
            mend: `assume plugin enable ${name}`,
          },
        ]
      case 'missing':
        return [
          {
            ...consequence,
            seen: `plugin ${name} is enabled and not there`,
            mend: `assume plugin disable ${name}`,
          },
        ]
      case 'refused':
        return [{ ...consequence, seen: `plugin ${name} is refused: ${reason}`, mend: hint }]
      default:
        return []
    }
  })
}

/** What it means that a plugin is not run: an error where a switch, or each command that lists profiles, fails with it. */
function describeConsequence(
  name: string,
  { profiles, described }: Facts,
): Pick<SetUpFinding, 'level' | 'why'> {
  const settings = profiles?.plugins.plugins.find((each) => each.name === name)
  if (!settings?.enabled) return { level: 'warning', why: 'it cannot be enabled like that' }
  const needs = described.filter((profile) => appliesTo(settings, profile) && isRequired(settings, profile))
  const isNeeded = needs.length > 0 || settings.required === true
  if (!isNeeded) return { level: 'warning', why: 'switches go on without it' }
  return { level: 'error', why: 'it is not run, and a switch that requires it stops there' }
}
