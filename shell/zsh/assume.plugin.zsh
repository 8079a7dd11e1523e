# assume for zsh, 5.0 or newer. Source this file from ~/.zshrc, or load it with a plugin manager.
# The files of all four shells have the same sections: where the core is, the command, applying a switch,
# saving and restoring, names, the prompt segment, completion, start.

# These options change how the functions below are read (aliases are expanded then); the last lines bring them back.
'builtin' 'typeset' '-ga' '__assume_options'
__assume_options=()
[[ ! -o 'aliases' ]] || __assume_options+=('aliases')
[[ ! -o 'sh_glob' ]] || __assume_options+=('sh_glob')
[[ ! -o 'ignore_braces' ]] || __assume_options+=('ignore_braces')
'builtin' 'setopt' 'no_aliases' 'no_sh_glob' 'no_ignore_braces'
'builtin' 'unalias' 'assume' 2>/dev/null || 'builtin' 'true'

# --- where the core is ---------------------------------------------------------------------------------------

# The Zsh Plugin Standard's way to a plugin's own path, whoever sources it.
0="${ZERO:-${${0:#$ZSH_ARGZERO}:-${(%):-%N}}}"
0="${${(M)0:#/*}:-$PWD/$0}"
typeset -g __assume_folder="${0:A:h}" __assume_core

# The installation that this file belongs to, else the user's own, else whatever is on PATH.
if [[ -r "${__assume_folder:h:h}/dist/main.js" ]]; then
  __assume_core="${__assume_folder:h:h}/bin/assume"
elif [[ -x "${XDG_DATA_HOME:-${HOME-}/.local/share}/assume/bin/assume" ]]; then
  __assume_core="${XDG_DATA_HOME:-${HOME-}/.local/share}/assume/bin/assume"
else
  __assume_core=assume
fi

# --- the command ---------------------------------------------------------------------------------------------

function assume {
  # A trace must not show the values of a switch; emulate brings every option back at the end.
  { builtin emulate -L zsh; builtin setopt no_aliases no_xtrace no_verbose } 2>/dev/null
  builtin local __assume_status=0
  case "${1-}" in
    list | status | exec | env | credential-process | login | logout | configure | sync | sandbox | setup | settings | -h | --help | --version) # subcommands, generated
      command "${__assume_core}" "$@" || __assume_status=$?
      ;;
    -u | --unset)
      if [[ $# -eq 1 ]]; then
        __assume_unset || __assume_status=$?
      else
        __assume_switch "$@" || __assume_status=$?
      fi
      ;;
    -)
      if [[ $# -eq 1 && ${#__assume_back} -gt 0 ]]; then
        __assume_switch "${__assume_back[@]}" || __assume_status=$?
      else
        builtin print -ru2 -- 'assume: there is no earlier switch in this shell'
        __assume_status=2
      fi
      ;;
    *) __assume_switch "$@" || __assume_status=$? ;;
  esac
  builtin return "${__assume_status}"
}

# Calls the core with its stdout left alone; what it writes to descriptor 3 is the switch.
function __assume_switch {
  # Else Ctrl-C would end this function with status 1, before the core has said its own. The user's trap comes back.
  builtin setopt local_options local_traps
  builtin trap ':' INT
  builtin local __assume_code='' __assume_status=0
  {
    __assume_code="$(
      ASSUME_SHELL=zsh ASSUME_CONTRACT=1 command "${__assume_core}" "$@" 3>&1 >&4 4>&-
    )" || __assume_status=$?
  } 4>&1 || __assume_status=$?
  if [[ "${__assume_status}" -eq 0 && -n "${__assume_code}" ]]; then
    builtin eval "${__assume_code}" || __assume_status=$?
  fi
  builtin return "${__assume_status}"
}

# --- applying a switch ---------------------------------------------------------------------------------------

# __assume_apply MESSAGE REPEAT... -- NAME=VALUE... NAME...
# Sets the first, removes the others, and puts back what an earlier switch changed and this one does not.
function __assume_apply {
  builtin local __assume_message="$1" __assume_entry __assume_name
  builtin local -a __assume_repeat __assume_targets
  builtin shift
  while [[ "$1" != -- ]]; do
    __assume_repeat+=("$1")
    builtin shift
  done
  builtin shift

  for __assume_entry in "$@"; do
    __assume_name="${__assume_entry%%=*}"
    __assume_is_usable "${__assume_name}" || builtin continue
    __assume_targets+=("${__assume_name}")
  done
  __assume_check "${__assume_targets[@]}" || builtin return 1

  __assume_save_all "${__assume_targets[@]}"
  __assume_restore_all "${__assume_targets[@]}"
  for __assume_entry in "$@"; do
    __assume_name="${__assume_entry%%=*}"
    (( ${__assume_targets[(Ie)${__assume_name}]} )) || builtin continue
    if [[ "${__assume_entry}" == *=* ]]; then
      builtin export -- "${__assume_entry}"
    else
      builtin unset -- "${__assume_name}"
    fi
  done

  __assume_key=
  (( ! ${__assume_targets[(Ie)AWS_ACCESS_KEY_ID]} )) || __assume_key="${AWS_ACCESS_KEY_ID-}"
  (( ${#__assume_now} == 0 )) || __assume_back=("${__assume_now[@]}")
  __assume_now=("${__assume_repeat[@]}")
  if [[ -z "${ASSUME_QUIET-}" && -t 2 ]]; then builtin print -ru2 -- "${__assume_message}"; fi
}

# Gives this shell back what it had before the first switch.
function __assume_unset {
  __assume_check || builtin return 1
  __assume_save_all
  __assume_restore_all
  __assume_was=() __assume_how=()
  builtin unset ASSUME_VARS
  __assume_key=
  (( ${#__assume_now} == 0 )) || __assume_back=("${__assume_now[@]}")
  __assume_now=()
}

# --- saving and restoring ------------------------------------------------------------------------------------

# The former values stay in two unexported tables of this shell: __assume_how[NAME] is absent, plain or exported,
# __assume_was[NAME] is the value.

# Fails, with a message, when one of the names or one that was saved before is read-only.
function __assume_check {
  builtin local __assume_name
  for __assume_name in "$@" "${(@k)__assume_how}"; do
    if __assume_is_readonly "${__assume_name}"; then
      builtin print -ru2 -- "assume: ${__assume_name} is read-only in this shell, so nothing was changed"
      builtin print -ru2 -- "  typeset +r ${__assume_name}"
      builtin return 1
    fi
  done
}

function __assume_is_readonly {
  [[ "${(Pt)1}" == *readonly* ]]
}

# Saves the names that are not saved yet. Those that an inherited ASSUME_VARS lists were absent before.
function __assume_save_all {
  builtin local __assume_name
  for __assume_name in ${(s: :)ASSUME_VARS-}; do
    if __assume_is_usable "${__assume_name}" && ! __assume_is_readonly "${__assume_name}"; then
      (( ${+__assume_how[${__assume_name}]} )) || __assume_how[${__assume_name}]=absent
    fi
  done
  for __assume_name in "$@"; do
    [[ "${__assume_name}" == ASSUME_VARS ]] || __assume_save "${__assume_name}"
  done
}

function __assume_save {
  (( ! ${+__assume_how[$1]} )) || builtin return 0
  if [[ -z "${(Pt)1}" ]]; then
    __assume_how[$1]=absent
  else
    __assume_was[$1]="${(P)1}"
    __assume_how[$1]=plain
    [[ "${(Pt)1}" != *export* ]] || __assume_how[$1]=exported
  fi
}

# Puts back every saved name that is not among the targets.
function __assume_restore_all {
  builtin local __assume_name
  for __assume_name in "${(@k)__assume_how}"; do
    (( ! ${@[(Ie)${__assume_name}]} )) || builtin continue
    builtin unset -- "${__assume_name}"
    case "${__assume_how[${__assume_name}]}" in
      exported) builtin export -- "${__assume_name}=${__assume_was[${__assume_name}]}" ;;
      plain) builtin typeset -g +x -- "${__assume_name}=${__assume_was[${__assume_name}]}" ;;
    esac
  done
}

# --- names ---------------------------------------------------------------------------------------------------

# Whether a name can be a variable that a switch changes: decided by pattern, the name is never expanded before.
function __assume_is_usable {
  builtin local LC_ALL=C
  case "$1" in
    '' | [0-9]* | *[^A-Za-z0-9_]*) builtin return 1 ;;
    PATH | HOME | IFS | PWD | OLDPWD | SHELL | ENV | USER | LOGNAME | TERM | LANG | LC_* | LD_* | DYLD_*) builtin return 1 ;;
    _ | UID | EUID | GID | EGID | PPID | USERNAME | HOST | OSTYPE | CPUTYPE | MACHTYPE | VENDOR | SHLVL) builtin return 1 ;;
    EPOCH* | LINENO | HIST* | OPT* | PS[0-9] | PROMPT* | RPROMPT* | RPS[0-9] | REPLY | RANDOM | SECONDS) builtin return 1 ;;
    ARGC | TTY* | COLUMNS | LINES | FPATH | CDPATH | FIGNORE | MAILPATH | MANPATH | MODULE_PATH | PSVAR) builtin return 1 ;;
    WATCH | ZDOTDIR | ZSH* | TRY_BLOCK_* | status | argv | path | fpath | __assume_*) builtin return 1 ;;
  esac
  builtin return 0
}

# --- the prompt segment --------------------------------------------------------------------------------------

# Fills psvar[9] with what is in force, for %9v in a prompt: zsh then shows the value, control characters made
# visible, and never runs or expands it. psvar[10] is filled where it is to be red, psvar[11] where yellow.
# assume_prompt is the same text for prompts with prompt_subst.
function __assume_update_prompt {
  builtin emulate -L zsh
  builtin local __assume_text='' __assume_colour=''
  if [[ -n "${AWS_PROFILE-}" ]]; then
    __assume_text="${AWS_PROFILE}"
    [[ -z "${ASSUME_PROFILE-}" || "${ASSUME_PROFILE}" == "${AWS_PROFILE}" ]] || __assume_text+=', by hand'
  elif [[ -n "${AWS_ACCESS_KEY_ID-}" ]]; then
    __assume_text='keys from elsewhere'
    if [[ "${AWS_ACCESS_KEY_ID}" == "${__assume_key-}" ]]; then
      __assume_text="${ASSUME_PROFILE-}"
      __assume_add_time
    fi
  fi
  [[ "${ASSUME_STYLE-}" != protected ]] || __assume_colour=red
  [[ -z "${__assume_text}" ]] || __assume_text="(${__assume_text//[[:cntrl:]]/?}) "
  psvar[9]="${__assume_text}"
  psvar[10]="${(M)__assume_colour:#red}"
  psvar[11]="${(M)__assume_colour:#yellow}"
  builtin typeset -g assume_prompt="${__assume_text//\%/%%}"
}

# Adds to __assume_text how long the keys that a switch set are still good: yellow for a quarter of an hour, red for
# five minutes and when they are over.
function __assume_add_time {
  [[ "${ASSUME_EXPIRES_AT-}" == <0-999999999999> ]] || builtin return 0
  builtin local __assume_clock='%D{%s}'
  builtin local -i __assume_left=$(( 10#${ASSUME_EXPIRES_AT} - ${(%)__assume_clock} ))
  if (( __assume_left <= 0 )); then
    __assume_text+=' expired'
  elif (( __assume_left < 60 )); then
    __assume_text+=' <1m'
  elif (( __assume_left < 3600 )); then
    __assume_text+=" $(( __assume_left / 60 ))m"
  else
    __assume_text+=" $(( __assume_left / 3600 ))h$(( __assume_left / 60 % 60 ))m"
  fi
  if (( __assume_left <= 300 )); then
    __assume_colour=red
  elif (( __assume_left <= 900 )); then
    __assume_colour=yellow
  fi
}

# Puts the segment in front of PROMPT, once. setup calls it unless a prompt theme shows the profile already.
function __assume_place_prompt {
  builtin emulate -L zsh
  [[ "${PROMPT-}" != *%9v* ]] || builtin return 0
  if [[ -n "${NO_COLOR-}" || "${TERM-}" == dumb ]]; then
    PROMPT="%9v${PROMPT-}"
  else
    PROMPT="%(10V.%F{red}.%(11V.%F{yellow}.%F{cyan}))%9v%f${PROMPT-}"
  fi
}

# --- completion ----------------------------------------------------------------------------------------------

# _assume is found on fpath, loaded on the first TAB. Where the user runs compinit only later, that finds it.
function __assume_hook_completion {
  builtin emulate -L zsh
  fpath=("${__assume_folder}" "${(@)fpath:#${__assume_folder}}")
  builtin autoload -Uz -- _assume
  (( ! ${+functions[compdef]} )) || compdef _assume assume
}

# --- start ---------------------------------------------------------------------------------------------------

typeset -gA __assume_was __assume_how
typeset -ga __assume_now __assume_back psvar
if (( ! ${+__assume_key} )); then
  typeset -g __assume_key=
  case " ${ASSUME_VARS-} " in
    *' AWS_ACCESS_KEY_ID '*) __assume_key="${AWS_ACCESS_KEY_ID-}" ;;
  esac
fi
typeset -g +x __assume_key

if [[ -o interactive ]]; then
  typeset -ga precmd_functions
  precmd_functions=("${(@)precmd_functions:#__assume_update_prompt}" __assume_update_prompt)
  __assume_hook_completion
fi

# Undoes everything but the variables of the switch; plugin managers call it.
function assume_plugin_unload {
  builtin emulate -L zsh
  precmd_functions=("${(@)precmd_functions:#__assume_update_prompt}")
  fpath=("${(@)fpath:#${__assume_folder}}")
  PROMPT="${${PROMPT-}//(\%F\{cyan\}|)\%9v(\%f|)/}"
  builtin unset -m '__assume_*' assume_prompt
  builtin unfunction -m '__assume_*' assume _assume assume_plugin_unload
}

[[ -z "${__assume_options[*]}" ]] || 'builtin' 'setopt' "${__assume_options[@]}"
'builtin' 'unset' '__assume_options'
