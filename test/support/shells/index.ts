import type { Shell } from '../shell.ts'
import { bash } from './bash.ts'
import { fish } from './fish.ts'
import { pwsh } from './pwsh.ts'
import { zsh } from './zsh.ts'

/** All shells that assume works in. */
export const shells: readonly Shell[] = [bash, zsh, fish, pwsh]
