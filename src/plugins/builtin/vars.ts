import { definePlugin } from '../api.ts'

/** Any variables per profile: every option is one. An empty value removes the variable. */
export default definePlugin({
  name: 'vars',
  apiVersion: 1,
  options: 'any',
  env: {
    dependsOn: 'profile',
    plan: ({ options }) => {
      const entries = Object.entries(options)
      const set = Object.fromEntries(entries.filter(([, value]) => value !== ''))
      return {
        set,
        unset: entries.filter(([, value]) => value === '').map(([name]) => name),
        secret: Object.keys(set),
      }
    },
  },
})
