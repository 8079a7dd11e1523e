import type { Shell } from '../shell.ts'
import { bash } from './bash.ts'
import { fish } from './fish.ts'
import { hostedPwsh, pwsh } from './pwsh.ts'
import { zsh } from './zsh.ts'

/** All shells that assume works in. */
export const shells: readonly Shell[] = [bash, zsh, fish, pwsh]

/** The same, with one PowerShell for all scripts of a file: for what is not about how a shell starts. */
export const hostedShells: readonly Shell[] = [bash, zsh, fish, hostedPwsh]
