import type { EnvironmentChange, Switch } from './change.ts'
import { emitDotenv, emitJson } from './data.ts'
import { emitFish, emitFishCall } from './fish.ts'
import { emitPosix, emitPosixCall } from './posix.ts'
import { emitPowerShell, emitPowerShellMessage } from './powershell.ts'
import type { ShellName } from './shell.ts'

type ChangeEmitter = (change: EnvironmentChange) => string

/** A change as text that a shell evaluates. */
export const shellEmitters: Readonly<Record<ShellName, ChangeEmitter>> = {
  bash: emitPosix,
  zsh: emitPosix,
  fish: emitFish,
  powershell: emitPowerShell,
}

/** A change in the formats of other programs. */
export const dataEmitters: Readonly<Record<string, ChangeEmitter>> = { json: emitJson, dotenv: emitDotenv }

/** A switch as the shell's own function takes it. */
export const switchEmitters: Readonly<Record<string, (change: Switch) => string>> = {
  bash: emitPosixCall,
  zsh: emitPosixCall,
  fish: emitFishCall,
  powershell: emitPowerShellMessage,
}
