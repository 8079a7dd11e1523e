import { bash } from './bash.mjs'
import { fish } from './fish.mjs'
import { pwsh } from './pwsh.mjs'
import { zsh } from './zsh.mjs'

/**
 * How each shell is measured. `load`, `prepare`, `complete` and `prompt` give statements; `discard` makes one silent;
 * `measure` repeats one, each time after `before`, and prints how long it took; `readTimes` reads that, in milliseconds.
 */
export const shells = [bash, zsh, fish, pwsh]
