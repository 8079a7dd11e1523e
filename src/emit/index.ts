import type { EnvironmentChange } from '../core/change.ts'
import type { Switch } from '../core/switch.ts'
import { emitDotenv, emitJson } from './data.ts'
import { emitFish, emitFishCall } from './fish.ts'
import { emitPosix, emitPosixCall } from './posix.ts'
import { emitPowerShell, emitPowerShellMessage } from './powershell.ts'

/** A change as text that the shell or the reader of the format can evaluate. */
export const changeEmitters: Readonly<Record<string, (change: EnvironmentChange) => string>> = {
  bash: emitPosix,
  zsh: emitPosix,
  fish: emitFish,
  powershell: emitPowerShell,
  json: emitJson,
  dotenv: emitDotenv,
}

/** A switch as the shell's own function takes it. */
export const switchEmitters: Readonly<Record<string, (change: Switch) => string>> = {
  bash: emitPosixCall,
  zsh: emitPosixCall,
  fish: emitFishCall,
  powershell: emitPowerShellMessage,
}
