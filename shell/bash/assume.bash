# assume for bash, 3.2 or newer. Source this file from ~/.bashrc.
# shellcheck shell=bash
# All four shells have the same files with the same sections. Here is what every shell needs: where the core is, the
# command, the prompt segment, completion, start. What the first switch needs is in switch.bash, index.bash and exec.bash.

# What the environment brings under our names is not the state of this shell: no array comes from there. Until the last
# lines nothing is traced, and nothing exported by itself, which functions would be too.
{
  [[ -n "${__assume_own[1]+set}" ]] || \builtin unset -v "${!__assume_@}"
  __assume_options="$-"
  \builtin set +akvx
} 2>/dev/null
__assume_own=(this shell)
\builtin unalias assume 2>/dev/null || \builtin true

# --- where the core is ---------------------------------------------------------------------------------------

__assume_folder="${BASH_SOURCE[0]}"
[[ "${__assume_folder}" == /* ]] || __assume_folder="${PWD}/${__assume_folder#./}"
__assume_folder="${__assume_folder%/*}"

# The installation that this file belongs to, else the user's own, else whatever is on PATH. A folder that is no
# absolute path counts as unset: it would be another one wherever the shell is.
__assume_data="${XDG_DATA_HOME-}"
[[ "${__assume_data}" == /* || "${HOME-}" != /* ]] || __assume_data="${HOME}/.local/share"
if [[ -r "${__assume_folder%/shell/bash}/dist/main.js" ]]; then
  __assume_core="${__assume_folder%/shell/bash}/bin/assume"
elif [[ "${__assume_data}" == /* && -x "${__assume_data}/assume/bin/assume" ]]; then
  __assume_core="${__assume_data}/assume/bin/assume"
else
  __assume_core=assume
fi
\builtin unset -v __assume_data

# Fails, with a message, where there is no core to call. Where PATH has none, the clone that this file
# belongs to says that it is not built.
function __assume_look_for_core {
  \builtin local __assume_file="${__assume_core}"
  if [[ "${__assume_core}" == assume ]]; then
    ! \builtin type -P assume >/dev/null || \builtin return 0
    __assume_file="${__assume_folder%/shell/bash}/bin/assume"
  fi
  if [[ -e "${__assume_file}" ]]; then
    __assume_core="${__assume_file}"
    \builtin return 0
  fi
  \builtin printf 'assume: %s is missing: run install.sh of a clone again\n' "${__assume_file}" >&2
  \builtin return 1
}

# --- the command ---------------------------------------------------------------------------------------------

function assume {
  case "${1-}" in
    list | status | doctor | here | exec | env | serve | console | credential-process | credentials-file | whoami | login | logout | configure | sync | sandbox | plugin | keys | import | setup | settings | -h | --help | --version) # subcommands, generated
      case "$1${__assume_place+ followed}" in
        exec*) __assume_exec "$@" ;;
        'here followed') __assume_call_here "$@" ;;
        *) __assume_call_core "$@" ;;
      esac || \builtin return
      ;;
    *) __assume_quietly __assume_run "$@" || \builtin return ;;
  esac
}

# Calls the core with nothing redirected.
function __assume_call_core {
  __assume_look_for_core || \builtin return
  \builtin local __assume_call
  # What the user has under this name stays: it may be for the command.
  [[ -n "${assume+set}" ]] || \builtin local assume
  # shellcheck disable=SC2034
  \builtin local -x ASSUME_KEY_ID ASSUME_CALLER ASSUME_LOADED ASSUME_DIRECTORY
  # shellcheck disable=SC2034
  ASSUME_CALLER=bash
  __assume_quietly __assume_prepare_call "$@"
  # With the options as they are: bash hands them on where SHELLOPTS is exported. Under set -e what fails within
  # `builtin eval` would end the shell, also where the call stands in a condition.
  \builtin eval "${__assume_call} || \\builtin return"
}

# Puts the last switch's key, the directory whose profile is in force, and what only this shell knows into the variables that
# its caller exports to the core, and the command into __assume_call, written out: the job list shows it as it is written. A variable
# named assume holds the path, which would be shown, and takes quotes only where the path would fall into words or be a
# pattern.
function __assume_prepare_call {
  # shellcheck disable=SC2034
  ASSUME_KEY_ID="${__assume_key-}"
  ASSUME_LOADED=4
  [[ $- != *i* ]] || ASSUME_LOADED+=' interactive'
  # shellcheck disable=SC2016
  [[ "${PS1-}" != *'${assume_prompt}'* ]] || ASSUME_LOADED+=' prompt'
  ! \builtin complete -p assume >/dev/null 2>&1 || ASSUME_LOADED+=' completion'
  [[ -z "${__assume_renew_at-}" ]] || ASSUME_LOADED+=' renews'
  [[ -z "${__assume_place+set}" ]] || ASSUME_LOADED+=' directories'
  # shellcheck disable=SC2034
  ! __assume_is_layered || ASSUME_DIRECTORY="${__assume_layer}"
  \builtin printf -v __assume_call %q "${__assume_core}"
  if [[ "${__assume_core}" != */* ]]; then
    __assume_call="\\command ${__assume_call}"
  elif [[ -z "${assume+set}" ]]; then
    assume="${__assume_core}"
    __assume_call="\$assume"
    case "${assume}" in *[![:alnum:]/._-]* | *["${IFS-}"]*) __assume_call="\"\$assume\"" ;; *) ;; esac
  fi
  __assume_add_words "$@"
}

# Adds words to __assume_call, as they were typed, most likely.
function __assume_add_words {
  \builtin local __assume_word __assume_quoted
  for __assume_word in "$@"; do
    __assume_quoted="${__assume_word}"
    case "${__assume_word}" in
      '' | *[!abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=@%+-]*)
        \builtin printf -v __assume_quoted %q "${__assume_word}"
        [[ "${__assume_quoted}" == \$\'* || "${__assume_word}" == *\'* ]] || __assume_quoted="'${__assume_word}'"
        ;;
      *) ;;
    esac
    __assume_call+=" ${__assume_quoted}"
  done
}

# Calls a function, with everything off that would show the values it handles or export them: traces, the echo of what is
# read or evaluated, traps that functions inherit, allexport; names that differ in case alone are different ones, and what
# follows a command is no assignment for it. Mostly nothing of that is on. bash copies a function whenever it is called: what
# is needed seldom is in functions of its own.
function __assume_quietly {
  if [[ "$-" == *[aETkvx]* || "${BASHOPTS-nocasematch}" == *nocasematch* ]]; then
    __assume_hush "$@"
  else
    "$@"
  fi
}

# All of it comes back behind the call; after Ctrl-C, which ends this function, only from bash 4.4 on.
function __assume_hush {
  {
    \builtin local - || \builtin true
    \builtin set -- "$-" "$@"
    \builtin set +aETkvx
  } 2>/dev/null
  \builtin local __assume_options="${1//[!aETkvx]/}" __assume_result=0 __assume_ignores_case=''
  \builtin shift
  if \builtin shopt -q nocasematch 2>/dev/null; then
    __assume_ignores_case=yes
    \builtin shopt -u nocasematch
  fi
  "$@" || __assume_result=$?
  [[ -z "${__assume_ignores_case}" ]] || \builtin shopt -s nocasematch
  [[ -z "${__assume_options}" ]] || { \builtin set "-${__assume_options}"; } 2>/dev/null
  \builtin return "${__assume_result}"
}

# The first call reads switch.bash, which replaces both functions: `__assume_run WORD...`, a switch, is called quietly,
# `__assume_exec exec WORD...` as it is. An update of the installation may come in between, so that this is all they are
# called by, and of this file they use only __assume_folder, __assume_core, __assume_key, __assume_saved,
# __assume_look_for_core, __assume_quietly and __assume_add_words.
function __assume_run {
  __assume_read_switch && __assume_run "$@"
}

function __assume_exec {
  __assume_quietly __assume_read_switch || \builtin return 125
  __assume_exec "$@"
}

function __assume_read_switch {
  if [[ ! -r "${__assume_folder}/switch.bash" ]]; then
    \builtin printf 'assume: %s is missing: run install.sh of a clone again\n' "${__assume_folder}/switch.bash" >&2
    \builtin return 1
  fi
  # shellcheck source=shell/bash/switch.bash
  \builtin . "${__assume_folder}/switch.bash"
}

# In an interactive shell, follows the profiles of directories from now on.
function __assume_watch_directories {
  [[ "$-" == *i* && -z "${__assume_place+set}" ]] || \builtin return 0
  # shellcheck source=shell/bash/directories.bash
  __assume_quietly builtin . "${__assume_folder}/directories.bash" && __assume_follow_directories
}

# Whether the profile of a directory is in force.
function __assume_is_layered {
  [[ -n "${__assume_layer-}" ]] && \builtin test "${AWS_PROFILE-}/${ASSUME_PROFILE-}" = "${__assume_layer_profile-}"
}

# --- the prompt segment --------------------------------------------------------------------------------------

# Fills assume_prompt with what is in force, for PS1='${assume_prompt}...' in single quotes: bash then shows the
# value and never runs it. \001 and \002 tell readline that the colour takes no room.
function __assume_update_prompt {
  \builtin local __assume_last=$? __assume_text='' __assume_colour=36
  # At every other prompt __assume_quietly would take longer than all the rest. It calls back with an argument.
  case "$-$#" in
    *[akvx]*0)
      __assume_quietly __assume_update_prompt quiet
      \builtin return "${__assume_last}"
      ;;
    *) ;;
  esac
  [[ -z "${__assume_place+set}" ]] || __assume_look_at_prompt
  # Tools see what is exported, which an old bash cannot tell without a process.
  if [[ -n "${AWS_ACCESS_KEY_ID-}" && (${BASH_VERSINFO[0]} -lt 5 || "${AWS_ACCESS_KEY_ID@a}" == *x*) ]]; then
    __assume_text='keys from elsewhere'
    if [[ -n "${ASSUME_PROFILE-}" ]] && \builtin test "${AWS_ACCESS_KEY_ID}" = "${__assume_key-}"; then
      __assume_text="keys of ${ASSUME_PROFILE}"
    fi
  fi
  if [[ -n "${AWS_PROFILE-}" && (${BASH_VERSINFO[0]} -lt 5 || "${AWS_PROFILE@a}" == *x*) ]]; then
    if [[ -n "${__assume_text}" ]]; then
      # Tools disagree on which of the two wins.
      __assume_text="${AWS_PROFILE}, but ${__assume_text}"
      __assume_colour=31
    else
      __assume_text="${AWS_PROFILE}"
      if [[ " ${ASSUME_VARS-} " != *' AWS_PROFILE '* ]] || \builtin test "${AWS_PROFILE}" != "${ASSUME_PROFILE-}"; then
        __assume_text+=', by hand'
      elif __assume_is_layered; then
        __assume_text+=' ./'
      fi
    fi
  elif [[ "${__assume_text}" == 'keys of '* ]]; then
    [[ -z "${__assume_renew_at-}" ]] || __assume_renew || \builtin true
    __assume_text="${ASSUME_PROFILE}"
    __assume_add_time
  fi
  assume_prompt=
  if [[ -n "${__assume_text}" ]]; then
    assume_prompt="(${__assume_text//[[:cntrl:]]/?}) "
    if [[ -z "${NO_COLOR-}" && "${TERM-}" != dumb ]]; then
      [[ "${ASSUME_STYLE-}" != protected ]] || __assume_colour=31
      assume_prompt=$'\001\033['"${__assume_colour}"$'m\002'"${assume_prompt}"$'\001\033[0m\002'
    fi
  fi
  \builtin return "${__assume_last}"
}

# Read at the first prompt with keys; that file replaces this function.
function __assume_add_time {
  # shellcheck source=shell/bash/time.bash
  \builtin . "${__assume_folder}/time.bash" && __assume_add_time
}

# Puts the segment in front of PS1, once. setup calls it unless a prompt theme shows the profile already.
function __assume_place_prompt {
  # shellcheck disable=SC2016
  if [[ "${PS1-}" != *'${assume_prompt}'* ]]; then PS1='${assume_prompt}'"${PS1-}"; fi
}

function __assume_hook_prompt {
  if [[ "${PROMPT_COMMAND[*]-}" == *__assume_update_prompt* ]]; then
    \builtin return 0
  elif [[ $((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1])) -ge 501 ]]; then
    PROMPT_COMMAND+=(__assume_update_prompt)
  else
    # shellcheck disable=SC2128,SC2178
    PROMPT_COMMAND="${PROMPT_COMMAND:+${PROMPT_COMMAND}
}__assume_update_prompt"
  fi
}

# --- completion ----------------------------------------------------------------------------------------------

function __assume_complete {
  __assume_quietly __assume_complete_line
}

# The completion is read on the first TAB; that file replaces this function.
function __assume_complete_line {
  # shellcheck source=shell/bash/completion.bash
  \builtin . "${__assume_folder}/completion.bash" && __assume_complete_line
}

# --- start ---------------------------------------------------------------------------------------------------

__assume_saved="${__assume_saved- }"
__assume_had="${__assume_had- }"
if [[ -z "${__assume_key+set}" ]]; then
  case " ${ASSUME_VARS-} " in
    *' AWS_ACCESS_KEY_ID '*) __assume_key="${AWS_ACCESS_KEY_ID-}" ;;
    *) __assume_key= ;;
  esac
fi

case $- in
  *i*)
    __assume_hook_prompt
    \builtin complete -F __assume_complete assume
    ;;
  *) ;;
esac

{
  __assume_options="${__assume_options//[!akvx]/}"
  [[ -z "${__assume_options}" ]] || \builtin set "-${__assume_options}"
  \builtin unset -v __assume_options
} 2>/dev/null
