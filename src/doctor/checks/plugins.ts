import type { Facts } from '../facts.ts'
import type { SetUpFinding } from '../finding.ts'

/** Plugins that are not what the user has agreed to. */
export function checkPlugins({ plugins }: Facts): SetUpFinding[] {
  return plugins.flatMap(({ name, state, required, reason }): SetUpFinding[] => {
    const level = required === false ? 'warning' : 'error'
    const why = required === false ? 'it is left out of switches' : 'a switch stops there, or goes without it'
    switch (state) {
      case 'changed':
        return [
          {
            level,
            seen: `plugin ${name} is not what was enabled`,
            why,
            mend: `assume plugin enable ${name}`,
          },
        ]
      case 'missing':
        return [
          {
            level,
            seen: `plugin ${name} is enabled and not there`,
            why,
            mend: `assume plugin disable ${name}`,
          },
        ]
      case 'refused':
        return [
          {
            level: 'warning',
            seen: `plugin ${name} is refused: ${reason}`,
            why: 'what others can change is never run',
            mend: `assume plugin check ${name}`,
          },
        ]
      default:
        return []
    }
  })
}
