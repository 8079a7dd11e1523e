/** The shells whose functions call the core, as `--shell` and ASSUME_SHELL name them. */
export type ShellName = 'bash' | 'zsh' | 'fish' | 'powershell'
