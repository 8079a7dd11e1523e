const ofPosixShells =
  /^(?:PATH|HOME|IFS|PWD|OLDPWD|SHELL|ENV|USER|LOGNAME|TERM|LANG|LC_.*|LD_.*|DYLD_.*|_|UID|EUID|PPID|GROUPS|BASH.*|SHELLOPTS|FUNC.*|DIRSTACK|PIPESTATUS|RANDOM|SRANDOM|SECONDS|EPOCH.*|LINENO|HIST.*|OPT.*|PS[0-9]|PROMPT.*|REPLY|COMP.*|READLINE_.*|GID|EGID|USERNAME|HOST|OSTYPE|CPUTYPE|MACHTYPE|VENDOR|SHLVL|RPROMPT.*|RPS[0-9]|ARGC|TTY.*|COLUMNS|LINES|FPATH|CDPATH|FIGNORE|MAILPATH|MANPATH|MODULE_PATH|PSVAR|WATCH|ZDOTDIR|ZSH.*|TRY_BLOCK_.*|status|argv|path|fpath|__assume_.*|status_generation|pipestatus|history|version|hostname|umask|CMD_DURATION|FISH_VERSION|fish_.*|__fish_.*)$/

/** In PowerShell the names of variables have no case. */
const ofPowerShell =
  /^(?:PATH|HOME|IFS|PWD|OLDPWD|SHELL|ENV|USER|LOGNAME|TERM|LANG|LC_.*|LD_.*|DYLD_.*|TMPDIR|TMP|TEMP|PATHEXT|COMSPEC|HOMEDRIVE|HOMEPATH|USERNAME|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMDATA|SYSTEMROOT|SYSTEMDRIVE|WINDIR|PSMODULE.*|POWERSHELL_.*|__PS.*|DOTNET_.*|CORECLR_.*|COMPLUS_.*)$/i

/** Whether one of the four shells' functions leaves a variable of this name alone, whatever a switch says of it. */
export function isKeptByShells(name: string): boolean {
  return ofPosixShells.test(name) || ofPowerShell.test(name)
}
