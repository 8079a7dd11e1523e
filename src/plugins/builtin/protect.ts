import { definePlugin } from '../api.ts'

/** Lets nobody into a profile by accident: its name has to be typed, and the prompt shows it in colour. */
export default definePlugin({
  name: 'protect',
  apiVersion: 1,
  options: {
    ask: {
      describe: 'name: the profile must be typed; yes: a yes will do; never: colour only',
      default: 'name',
    },
    yes: { describe: 'on: --yes answers too, for scripts', default: 'off' },
  },
  guard: ({ profile, options }) => {
    const style = 'protected'
    if (options.ask === 'never') return { decision: 'allow', style }
    const acceptsYes = options.yes === 'on'
    const { name, accountId } = profile
    const place = accountId === undefined ? name : `${name} (account ${accountId})`
    if (options.ask === 'yes') {
      return { decision: 'confirm', message: `Switch to the protected profile ${place}?`, acceptsYes, style }
    }
    if (options.ask !== 'name')
      throw new Error(`the option "ask" is name, yes or never, not "${options.ask}"`)
    return {
      decision: 'confirm',
      message: `${place} is protected; type its name to go on`,
      type: name,
      acceptsYes,
      style,
    }
  },
})
