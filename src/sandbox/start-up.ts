/** What stands in the prompt of the sandbox's shells. */
const mark = '[sandbox] '

/**
 * The start-up files of the throw-away home by their names, each around the line of its shell that loads assume. The mark
 * comes first, for the segment takes over the prompt that it finds.
 */
export function formatStartUpFiles(
  load: Readonly<Record<'bash' | 'zsh' | 'fish' | 'powershell', string>>,
): Readonly<Record<string, string>> {
  return {
    '.bashrc': `PS1="${mark}\${PS1-}"\n${load.bash}\n`,
    '.zshrc': `autoload -Uz compinit && compinit -i\nPROMPT="${mark}\${PROMPT-}"\n${load.zsh}\n`,
    '.config/fish/conf.d/assume.fish': `${load.fish}\n`,
    // Read after conf.d, and the segment looks for the prompt when the first one is due.
    '.config/fish/config.fish': `set --global fish_greeting
functions --copy fish_prompt __sandbox_prompt
function fish_prompt
    set --local text (__sandbox_prompt | string collect --no-trim-newlines)
    printf '${mark}%s' "$text"
end
`,
    '.config/powershell/profile.ps1': `$SandboxPrompt = $function:prompt
function prompt { '${mark}' + (& $SandboxPrompt) }
${load.powershell}
`,
    // Where one of these is missing, fish makes completions of all manual pages, in the background, beyond its own end.
    '.local/share/fish/generated_completions/.keep': '',
    '.cache/fish/generated_completions/.keep': '',
  }
}

/** The prompt of a shell for which there is no start-up file. */
export const otherPrompt = `${mark}$ `

/** The settings of a sandbox that allows every login at once: by a code, and no browser is opened. */
export const settingsWithoutPage = 'assume_login = device-code\nassume_browser = off\n'
