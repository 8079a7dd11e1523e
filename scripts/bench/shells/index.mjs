import { bash } from './bash.mjs'
import { fish } from './fish.mjs'
import { pwsh } from './pwsh.mjs'
import { zsh } from './zsh.mjs'

/**
 * How each shell is measured. `load`, `loadEmpty` (of a module without anything in it), `prepare`, `complete` and `prompt` give
 * statements; `watch` takes the profile of each directory from then on, in a shell with the arguments `interactive`, and `atPrompt` does
 * what a prompt does after a statement; `discard` makes one silent; `time` prints how long one took, `repeat` repeats some; `readTimes` reads what was
 * printed, in milliseconds.
 */
export const shells = [bash, zsh, fish, pwsh]
