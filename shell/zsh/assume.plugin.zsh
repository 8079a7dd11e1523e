# assume for zsh, 5.0 or newer. Source this file from ~/.zshrc, or load it with a plugin manager.
# The files of all four shells have the same sections: where the core is, the command, the profile index, applying a
# switch, saving and restoring, names, the prompt segment, completion, start.

# What the environment brings under our names is not the state of this shell: no table comes from there.
[[ "${(t)__assume_how-}" == association* ]] || 'builtin' 'unset' '-m' '__assume_*' || 'builtin' 'true'
# These options change how the functions below are read (aliases are expanded then), or would show or export what is set
# here; the last lines bring them back.
'builtin' 'typeset' '-ga' '__assume_options'
__assume_options=()
[[ ! -o 'aliases' ]] || __assume_options+=('aliases')
[[ ! -o 'sh_glob' ]] || __assume_options+=('sh_glob')
[[ ! -o 'ignore_braces' ]] || __assume_options+=('ignore_braces')
[[ ! -o 'all_export' ]] || __assume_options+=('all_export')
[[ ! -o 'verbose' ]] || __assume_options+=('verbose')
[[ ! -o 'xtrace' ]] || __assume_options+=('xtrace')
'builtin' 'setopt' 'no_aliases' 'no_sh_glob' 'no_ignore_braces' 'no_all_export' 'no_verbose' 'no_xtrace'
'builtin' 'unalias' 'assume' 2>/dev/null || 'builtin' 'true'

# --- where the core is ---------------------------------------------------------------------------------------

# The Zsh Plugin Standard's way to a plugin's own path, whoever sources it.
# Without its `0=`: with posix_argzero that is read-only.
typeset -g __assume_folder="${ZERO:-${${0:#$ZSH_ARGZERO}:-${(%):-%N}}}" __assume_core
__assume_folder="${${${(M)__assume_folder:#/*}:-$PWD/$__assume_folder}:A:h}"

# The installation that this file belongs to, else the user's own, else whatever is on PATH. A folder that is no
# absolute path counts as unset: it would be another one wherever the shell is.
typeset -g __assume_data="${XDG_DATA_HOME-}"
[[ "${__assume_data}" == /* || "${HOME-}" != /* ]] || __assume_data="${HOME}/.local/share"
if [[ -r "${__assume_folder:h:h}/dist/main.js" ]]; then
  __assume_core="${__assume_folder:h:h}/bin/assume"
elif [[ "${__assume_data}" == /* && -x "${__assume_data}/assume/bin/assume" ]]; then
  __assume_core="${__assume_data}/assume/bin/assume"
else
  __assume_core=assume
fi
builtin unset __assume_data

# Fails, with a message, where there is no core to call, $1 being the command. Where PATH has none, the clone that this file
# belongs to says that it is not built.
function __assume_look_for_core {
  builtin local __assume_file="${__assume_core}"
  if [[ "${__assume_core}" == assume ]]; then
    ! builtin whence -p assume >/dev/null || builtin return 0
    __assume_file="${__assume_folder:h:h}/bin/assume"
  fi
  if [[ -e "${__assume_file}" ]]; then
    __assume_core="${__assume_file}"
    builtin return 0
  fi
  builtin print -ru2 -- "assume: ${__assume_file} is missing: run install.sh of a clone again"
  [[ "${1-}" != exec ]] || builtin return 125
  builtin return 1
}

# --- the command ---------------------------------------------------------------------------------------------

function assume {
  # Else a failure within conditions would be none for set -e.
  __assume_quietly __assume_run "$@" || builtin return
}

# Calls a function under the options that all of them are written for, with everything off that would show the values it
# handles: traces, also of single functions, the echo of what is read, a trap for each command. emulate brings all of it
# back at the end, but for the traces of single functions.
function __assume_quietly {
  {
    builtin emulate -L zsh
    builtin setopt no_aliases no_err_exit no_err_return no_verbose no_xtrace
    builtin trap - DEBUG
    builtin functions +tT -m '__assume_*'
  } 2>/dev/null
  "$@"
}

# Whether the first word is one that is never a switch.
function __assume_is_direct {
  case "${1-}" in
    list | status | doctor | here | exec | env | serve | console | credential-process | credentials-file | whoami | login | logout | configure | sync | sandbox | plugin | keys | import | setup | settings | -h | --help | --version) # subcommands, generated
      builtin return 0
      ;;
  esac
  builtin return 1
}

# The first call reads switch.zsh, which replaces this function: all calls come quietly, by its words. An update of the
# installation may come in between, so that this is all it is called by, and of this file its parts use only
# __assume_folder, __assume_core, __assume_key, __assume_is_direct, __assume_look_for_core and __assume_quietly.
function __assume_run {
  __assume_read_switch "${1-}" && __assume_run "$@"
}

function __assume_read_switch {
  if [[ ! -r "${__assume_folder}/switch.zsh" ]]; then
    builtin print -ru2 -- "assume: ${__assume_folder}/switch.zsh is missing: run install.sh of a clone again"
    [[ "$1" != exec ]] || builtin return 125
    builtin return 1
  fi
  builtin source "${__assume_folder}/switch.zsh"
}

# In an interactive shell, follows the profiles of directories from now on.
function __assume_watch_directories {
  [[ -o interactive ]] && (( ! ${+__assume_place} )) || builtin return 0
  __assume_quietly __assume_read_directories || builtin true
}

function __assume_read_directories {
  builtin source "${__assume_folder}/directories.zsh" && __assume_follow_directories
}

# Whether the profile of a directory is in force.
function __assume_is_layered {
  [[ -n "${__assume_layer-}" && "${AWS_PROFILE-}/${ASSUME_PROFILE-}" == "${__assume_layer_profile-}" ]]
}

# Before a line with assume runs; $3 is that line, its aliases expanded.
function __assume_look_at_line {
  [[ "$3" == *assume\ * ]] || builtin return 0
  __assume_quietly __assume_look_at "$3"
}

function __assume_look_at {
  __assume_read_switch '' && __assume_step_aside_for "$1"
}

# --- the prompt segment --------------------------------------------------------------------------------------

# Fills psvar[9] with what is in force, for %9v in a prompt: zsh then shows the value, control characters made
# visible, and never runs or expands it. psvar[10] is filled where it is to be red, psvar[11] where yellow.
# assume_prompt is the same text for prompts with prompt_subst.
function __assume_update_prompt {
  # All that __assume_quietly does would take longer than the rest, and only this trace shows values here.
  builtin emulate -L zsh
  builtin setopt no_xtrace
  builtin local __assume_text='' __assume_colour=''
  (( ! ${+__assume_place} )) || __assume_look_at_prompt
  # Tools see what is exported.
  if [[ -n "${AWS_ACCESS_KEY_ID-}" && "${(t)AWS_ACCESS_KEY_ID}" == *export* ]]; then
    __assume_text='keys from elsewhere'
    if [[ -n "${ASSUME_PROFILE-}" && "${AWS_ACCESS_KEY_ID}" == "${__assume_key-}" ]]; then
      __assume_text="keys of ${ASSUME_PROFILE}"
    fi
  fi
  if [[ -n "${AWS_PROFILE-}" && "${(t)AWS_PROFILE}" == *export* ]]; then
    if [[ -n "${__assume_text}" ]]; then
      # Tools disagree on which of the two wins.
      __assume_text="${AWS_PROFILE}, but ${__assume_text}"
      __assume_colour=red
    else
      __assume_text="${AWS_PROFILE}"
      if [[ " ${ASSUME_VARS-} " != *' AWS_PROFILE '* || "${AWS_PROFILE}" != "${ASSUME_PROFILE-}" ]]; then
        __assume_text+=', by hand'
      elif __assume_is_layered; then
        __assume_text+=' ./'
      fi
    fi
  elif [[ "${__assume_text}" == 'keys of '* ]]; then
    [[ -z "${__assume_renew_at-}" ]] || __assume_renew
    __assume_text="${ASSUME_PROFILE}"
    __assume_add_time
  fi
  [[ "${ASSUME_STYLE-}" != protected ]] || __assume_colour=red
  [[ -z "${__assume_text}" ]] || __assume_text="(${__assume_text//[[:cntrl:]]/?}) "
  psvar[9]="${__assume_text}"
  psvar[10]="${(M)__assume_colour:#red}"
  psvar[11]="${(M)__assume_colour:#yellow}"
  builtin typeset -g assume_prompt="${__assume_text//\%/%%}"
}

# Read at the first prompt with keys; that file replaces this function.
function __assume_add_time {
  builtin source "${__assume_folder}/time.zsh" && __assume_add_time
}

typeset -g __assume_coloured='%(10V.%F{red}.%(11V.%F{yellow}.%F{cyan}))%9v%f'

# Puts the segment in front of PROMPT, once. setup calls it unless a prompt theme shows the profile already.
function __assume_place_prompt {
  builtin emulate -L zsh
  [[ "${PROMPT-}" != *%9v* ]] || builtin return 0
  if [[ -n "${NO_COLOR-}" || "${TERM-}" == dumb ]]; then
    PROMPT="%9v${PROMPT-}"
  else
    PROMPT="${__assume_coloured}${PROMPT-}"
  fi
}

# --- completion ----------------------------------------------------------------------------------------------

typeset -ga __assume_widgets
__assume_widgets=(
  complete-word delete-char-or-list expand-or-complete expand-or-complete-prefix list-choices menu-complete
  menu-expand-or-complete reverse-menu-complete
)

# _assume is found on fpath, loaded on the first TAB. Where the user runs compinit only later, that finds it. Where nobody
# does, the first TAB behind assume will: until then the widgets that compinit replaces, if they are zsh's own, are ours.
function __assume_hook_completion {
  builtin emulate -L zsh
  fpath=("${__assume_folder}" "${(@)fpath:#${__assume_folder}}")
  builtin autoload -Uz -- _assume
  if (( ${+functions[compdef]} )); then
    compdef _assume assume
    builtin return 0
  fi
  builtin local __assume_widget
  for __assume_widget in "${__assume_widgets[@]}"; do
    # Within a widget of somebody else WIDGET is the name of that one.
    functions[__assume_press_${__assume_widget}]="__assume_press ${__assume_widget}"
    builtin zle -l "${__assume_widget}" || builtin zle -N "${__assume_widget}" "__assume_press_${__assume_widget}"
  done 2>/dev/null
}

# The widget $1, with the options that the user has.
function __assume_press {
  if __assume_quietly __assume_wants_compinit; then
    __assume_start_completion
    builtin zle "$1"
  else
    builtin zle ".$1"
  fi
}

# A framework that loads compinit behind the first prompt is not run ahead of.
function __assume_wants_compinit {
  [[ " ${(z)LBUFFER} " == *' assume '* ]] && (( ! ${+functions[compdef]} && ! ${+_comps} )) && ! __assume_has_framework
}

# Gives back the widgets that are still ours.
function __assume_drop_widgets {
  builtin local __assume_widget
  for __assume_widget in "${__assume_widgets[@]}"; do
    [[ "${widgets[${__assume_widget}]-}" != user:__assume_press_* ]] || builtin zle -A ".${__assume_widget}" "${__assume_widget}"
  done
}

# Whether something is loaded that runs compinit itself, if later.
function __assume_has_framework {
  builtin local __assume_name
  for __assume_name in zinit zsh-defer znap zplug antigen z4h; do
    (( ! ${+functions[${__assume_name}]} )) || builtin return 0
  done
  # zoxide, too, has a function called zi.
  (( ${+parameters[ZI]} ))
}

# As quietly as compinit can: it asks nothing, and writes no file.
function __assume_start_completion {
  builtin emulate -L zsh
  builtin autoload -Uz -- compinit
  compinit -i -D
  # compinit -i leaves folders out that others could write to.
  __assume_hook_completion
}

# --- start ---------------------------------------------------------------------------------------------------

typeset -gA __assume_was __assume_how __assume_lent __assume_kept_how __assume_kept_was
typeset -ga __assume_now __assume_back __assume_known __assume_others psvar
typeset -g __assume_settled=
if (( ! ${+__assume_key} )); then
  typeset -g __assume_key=
  case " ${ASSUME_VARS-} " in
    *' AWS_ACCESS_KEY_ID '*) __assume_key="${AWS_ACCESS_KEY_ID-}" ;;
  esac
fi

# Under the options that the rest is written for: those of the user may be others.
function __assume_hook_in {
  builtin emulate -L zsh
  typeset -ga precmd_functions preexec_functions
  preexec_functions=("${(@)preexec_functions:#__assume_look_at_line}" __assume_look_at_line)
  precmd_functions=("${(@)precmd_functions:#__assume_update_prompt}" __assume_update_prompt)
  __assume_hook_completion
}
[[ ! -o interactive ]] || __assume_hook_in

# Undoes everything but the variables of the switch; plugin managers call it.
function assume_plugin_unload {
  builtin emulate -L zsh
  precmd_functions=("${(@)precmd_functions:#__assume_update_prompt}")
  preexec_functions=("${(@)preexec_functions:#__assume_look_at_line}")
  chpwd_functions=("${(@)chpwd_functions:#__assume_follow_directory}")
  __assume_drop_widgets
  fpath=("${(@)fpath:#${__assume_folder}}")
  PROMPT="${PROMPT//(${__assume_coloured}|\%9v)/}"
  psvar[9]='' psvar[10]='' psvar[11]=''
  builtin unset -m '__assume_*' assume_prompt
  builtin unfunction -m '__assume_*' assume _assume assume_plugin_unload
}

[[ -z "${__assume_options[*]}" ]] || 'builtin' 'setopt' "${__assume_options[@]}"
'builtin' 'unset' '__assume_options'
