const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/

/** What a shell and its programs stand on; the functions of the shells leave out the same and their own. */
const fundamental =
  /^(PATH|HOME|IFS|PWD|OLDPWD|SHELL|ENV|BASH_ENV|USER|LOGNAME|TERM|LANG|LC_.*|LD_.*|DYLD_.*|_)$/

/** What the functions of bash, zsh and fish leave out besides. */
const ofPosixShells =
  /^(UID|EUID|GID|EGID|PPID|GROUPS|BASH.*|SHELLOPTS|FUNC.*|DIRSTACK|PIPESTATUS|RANDOM|SRANDOM|SECONDS|EPOCH.*|LINENO|HIST.*|OPT.*|PS[0-9]|PROMPT.*|REPLY|COMP.*|READLINE_.*|USERNAME|HOST|HOSTNAME|HOSTTYPE|POSIXLY_CORRECT|OSTYPE|CPUTYPE|MACHTYPE|VENDOR|SHLVL|RPROMPT.*|RPS[0-9]|ARGC|TTY.*|COLUMNS|LINES|FPATH|CDPATH|FIGNORE|MAILPATH|MANPATH|MODULE_PATH|PSVAR|WATCH|ZDOTDIR|ZSH.*|TRY_BLOCK_.*|status|argv|path|fpath|__?assume_.*|status_generation|pipestatus|history|version|hostname|umask|CMD_DURATION|FISH_VERSION|fish_.*|__fish_.*)$/

/** What is special in zsh besides (its manual, "Parameters Set By The Shell", "Parameters Used By The Shell", modules). */
const specialInZsh =
  /^(HISTCHARS|KEYBOARD_HACK|NULLCMD|READNULLCMD|SAVEHIST|SPROMPT|WORDCHARS|zsh_.*|(dis_)?(aliases|builtins|functions|functions_source|galiases|patchars|reswords|saliases)|cdpath|commands|dirstack|epochtime|errnos|fignore|funcfiletrace|funcsourcetrace|funcstack|functrace|histchars|historywords|jobdirs|jobstates|jobtexts|keymaps|langinfo|mailpath|manpath|mapfile|module_path|modules|nameddirs|options|parameters|prompt|psvar|sysparams|termcap|terminfo|userdirs|usergroups|watch|widgets)$/

/** What that of PowerShell leaves out besides; there the names of variables have no case. */
const ofPowerShell =
  /^(TMPDIR|TMP|TEMP|PATHEXT|COMSPEC|HOMEDRIVE|HOMEPATH|USERNAME|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMDATA|SYSTEMROOT|SYSTEMDRIVE|WINDIR|PSMODULE.*|POWERSHELL_.*|__PS.*|DOTNET_.*|CORECLR_.*|COMPLUS_.*)$/i
const fundamentalInAnyCase = new RegExp(fundamental, 'i')

/** Whether `name` can be an environment variable in all four shells (POSIX, Base Definitions 3.216 "Name"). */
export function isVariableName(name: string): boolean {
  return variableName.test(name)
}

/** Whether one of the four shells' functions leaves a variable of this name alone, whatever a switch says of it. */
export function isKeptByShells(name: string): boolean {
  return [fundamentalInAnyCase, ofPosixShells, specialInZsh, ofPowerShell].some((pattern) =>
    pattern.test(name),
  )
}

/** The names of an ASSUME_VARS value: separated by spaces; what no switch can have set is left out. */
export function parseVariableNames(list: string | undefined): string[] {
  return (list ?? '').split(' ').filter((name) => isVariableName(name) && !isKeptByShells(name))
}
