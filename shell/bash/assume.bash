# assume for bash, 3.2 or newer. Source this file from ~/.bashrc.
# shellcheck shell=bash
# The files of all four shells have the same sections: where the core is, the command, the profile index, applying a
# switch, saving and restoring, names, the prompt segment, completion, start.

# What the environment brings under our names is not the state of this shell: no array comes from there. Until the last
# lines nothing is traced, and nothing exported by itself, which functions would be too.
{
  [[ -n "${__assume_own[1]+set}" ]] || \builtin unset -v "${!__assume_@}"
  __assume_options="$-"
  \builtin set +avx
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

# Fails, with a message, where there is no core to call, $1 being the command. Where PATH has none, the clone that this file
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
  [[ "${1-}" != exec ]] || \builtin return 125
  \builtin return 1
}

# --- the command ---------------------------------------------------------------------------------------------

function assume {
  case "${1-}" in
    list | status | doctor | exec | env | console | credential-process | credentials-file | whoami | login | logout | configure | sync | sandbox | plugin | setup | settings | -h | --help | --version) # subcommands, generated
      __assume_look_for_core "$1" || \builtin return
      \builtin local __assume_call
      # What the user has under this name stays: it may be for the command.
      [[ -n "${assume+set}" ]] || \builtin local assume
      # shellcheck disable=SC2034
      \builtin local -x ASSUME_KEY_ID ASSUME_CALLER=bash ASSUME_LOADED
      __assume_quietly __assume_prepare_call "$@"
      # With the options as they are: bash hands them on where SHELLOPTS is exported.
      \builtin eval "${__assume_call}" || \builtin return
      ;;
    *) __assume_quietly __assume_run "$@" || \builtin return ;;
  esac
}

# Puts the key that the last switch set, and for `doctor` what only this shell knows, into the variables that its caller
# exports to the core, and the command into __assume_call, written out: the job list shows it as it is written. A variable named assume holds the path, which would
# be shown, and takes quotes only where the path would fall into words or be a pattern.
function __assume_prepare_call {
  \builtin local __assume_word __assume_quoted
  # shellcheck disable=SC2034
  ASSUME_KEY_ID="${__assume_key-}"
  ASSUME_LOADED=4
  [[ $- != *i* ]] || ASSUME_LOADED+=' interactive'
  # shellcheck disable=SC2016
  [[ "${PS1-}" != *'${assume_prompt}'* ]] || ASSUME_LOADED+=' prompt'
  ! \builtin complete -p assume >/dev/null 2>&1 || ASSUME_LOADED+=' completion'
  \builtin printf -v __assume_call %q "${__assume_core}"
  if [[ "${__assume_core}" != */* ]]; then
    __assume_call="\\command ${__assume_call}"
  elif [[ -z "${assume+set}" ]]; then
    assume="${__assume_core}"
    __assume_call="\$assume"
    case "${assume}" in *[![:alnum:]/._-]* | *["${IFS-}"]*) __assume_call="\"\$assume\"" ;; *) ;; esac
  fi
  for __assume_word in "$@"; do
    \builtin printf -v __assume_quoted %q "${__assume_word}"
    # As it was typed, most likely.
    case "${__assume_quoted}" in
      "${__assume_word}" | \$\'*) ;;
      *) [[ "${__assume_word}" == *\'* ]] || __assume_quoted="'${__assume_word}'" ;;
    esac
    __assume_call+=" ${__assume_quoted}"
  done
}

# Calls a function, with everything off that would show the values it handles or export them: traces, the echo of what is
# read or evaluated, traps that functions inherit, allexport. All of it comes back behind the call; after Ctrl-C, which
# ends this function, only from bash 4.4 on.
function __assume_quietly {
  {
    \builtin local - || \builtin true
    \builtin set -- "$-" "$@"
    \builtin set +aETvx
  } 2>/dev/null
  \builtin local __assume_options="${1//[!aETvx]/}" __assume_result=0 __assume_ignores_case=''
  \builtin shift
  # Names that differ in case alone are different ones.
  if \builtin shopt -q nocasematch 2>/dev/null; then
    __assume_ignores_case=yes
    \builtin shopt -u nocasematch
  fi
  "$@" || __assume_result=$?
  [[ -z "${__assume_ignores_case}" ]] || \builtin shopt -s nocasematch
  [[ -z "${__assume_options}" ]] || { \builtin set "-${__assume_options}"; } 2>/dev/null
  \builtin return "${__assume_result}"
}

function __assume_run {
  case "${1-}" in
    -u | --unset)
      if [[ $# -eq 1 ]]; then __assume_unset; else __assume_switch "$@"; fi
      ;;
    -)
      if [[ $# -gt 1 ]]; then
        __assume_switch "$@"
      elif [[ -n "${__assume_back+set}" ]]; then
        __assume_switch "${__assume_back[@]}"
      else
        \builtin printf 'assume: there is no earlier switch in this shell\n' >&2
        \builtin return 2
      fi
      ;;
    *) __assume_switch "$@" ;;
  esac
}

# Applies the row of the profile index where there is one that will do, else what the core answers.
function __assume_switch {
  \builtin local __assume_row __assume_warning=''
  if __assume_find_row "$@" 2>/dev/null; then
    [[ -z "${__assume_warning}" ]] || \builtin printf 'assume: warning: %s\n' "${__assume_warning}" >&2
    __assume_apply "${__assume_row[@]}"
  elif { \builtin true 4>&1; } 2>/dev/null; then
    __assume_request "$@"
  else
    # A closed stdout cannot be copied.
    __assume_request "$@" >/dev/null
  fi
}

# Calls the core with its stdout left alone; what it writes to descriptor 3 is the switch.
function __assume_request {
  \builtin local __assume_code='' __assume_status=0
  __assume_look_for_core "${1-}" || \builtin return
  {
    __assume_code="$(
      ASSUME_SHELL=bash ASSUME_CONTRACT=4 ASSUME_KEY_ID="${__assume_key-}" \command "${__assume_core}" "$@" 3>&1 >&4 4>&-
    )" || __assume_status=$?
  } 4>&1 || __assume_status=$?
  if [[ "${__assume_status}" -eq 0 && -n "${__assume_code}" ]]; then
    \builtin eval "${__assume_code}" || __assume_status=$?
  fi
  \builtin return "${__assume_status}"
}

# --- the profile index ---------------------------------------------------------------------------------------

# The core writes it for reading without a process; src/index/format.ts and row.ts say what is in it.

# Fills __assume_row with what __assume_apply takes for a switch to one profile without options, __assume_warning with what
# is to be said before, and notes the switch in the history. Fails where the core has to decide.
function __assume_find_row {
  [[ $# -eq 1 && $((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1])) -ge 402 ]] || \builtin return 1
  \builtin local __assume_name="$1" __assume_unit=$'\037' __assume_clock
  \builtin local __assume_index __assume_generation __assume_buckets __assume_names_at __assume_bucket
  case "$1" in
    --profile=*) __assume_name="${1#--profile=}" ;;
    -*) \builtin return 1 ;;
    *) ;;
  esac
  [[ -n "${__assume_name}" && "${__assume_name}" != *[[:cntrl:]]* ]] || \builtin return 1
  \builtin printf -v __assume_clock '%(%s)T' -1
  __assume_is_number "${__assume_clock}" || \builtin return 1
  __assume_are_seen || \builtin return 1
  __assume_find_index || \builtin return 1
  __assume_choose_bucket
  __assume_read_row || \builtin return 1
  __assume_note_use
}

# Whether the core would see the variables that the index is chosen by: exported ones that no switch has set.
function __assume_are_seen {
  \builtin local __assume_path
  for __assume_path in HOME AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE XDG_CONFIG_HOME; do
    [[ -n "${!__assume_path-}" ]] || \builtin continue
    [[ " ${ASSUME_VARS-} " != *" ${__assume_path} "* ]] || \builtin return 1
    if [[ $((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1])) -ge 404 ]]; then
      [[ "${!__assume_path@a}" == *x* ]] || \builtin return 1
    else
      # Only a process could tell. A HOME that is not exported is as good as none for every program.
      [[ "${__assume_path}" == HOME ]] || \builtin return 1
    fi
  done
}

# Whether the index is of this environment and this user, and its sources are the ones that they have to be, as they were:
# each lies between its two stamps in the folder of the generation, and is the user's own, or if a link leads to it, what
# that led to; or it is still absent. Sets __assume_generation to that folder, __assume_buckets to the number of parts that
# the rows are in, and __assume_names_at to the number of lines before the names. What is root's is left to the core, and
# so are all modes.
function __assume_find_index {
  \builtin local __assume_cache="${HOME-}/.cache/assume" __assume_mark=$'\037' __assume_head __assume_count
  \builtin local __assume_number=0 __assume_source __assume_time __assume_target __assume_rest __assume_sources
  [[ "${HOME-}" == /* ]] || \builtin return 1
  case "${XDG_CACHE_HOME-}" in /*) __assume_cache="${XDG_CACHE_HOME}/assume" ;; *) ;; esac
  __assume_index="${__assume_cache}/index"
  [[ -f "${__assume_index}" ]] && __assume_is_own "${__assume_index}" || \builtin return 1
  __assume_list_sources
  \builtin set -- "${__assume_sources[@]}"
  {
    IFS= \builtin read -r __assume_head || \builtin return 1
    \builtin test "${__assume_head}" = "assume-index 6${__assume_mark}${HOME-}${__assume_mark}${AWS_CONFIG_FILE-}${__assume_mark}${AWS_SHARED_CREDENTIALS_FILE-}${__assume_mark}${XDG_CONFIG_HOME-}" || \builtin return 1
    IFS="${__assume_mark}" \builtin read -r __assume_generation __assume_buckets __assume_count || \builtin return 1
    [[ "${__assume_buckets}" != 0 ]] && __assume_is_number "${__assume_buckets}" || \builtin return 1
    __assume_is_number "${__assume_count}" || \builtin return 1
    __assume_generation="${__assume_cache}/index-${__assume_generation}"
    [[ -d "${__assume_generation}" ]] && __assume_is_own "${__assume_generation}" || \builtin return 1
    while [[ "${__assume_number}" -lt "${__assume_count}" ]]; do
      IFS="${__assume_mark}" \builtin read -r __assume_source __assume_time __assume_target __assume_rest || \builtin return 1
      # Behind those that it has to have come the files of plugins.
      if [[ $# -gt 0 ]]; then
        \builtin test "${__assume_source}" = "$1" || \builtin return 1
        \builtin shift
      fi
      if [[ "${__assume_time}" == - ]]; then
        [[ ! -e "${__assume_source}" ]] || \builtin return 1
      else
        # bash takes whatever is there for newer than what is not.
        [[ -e "${__assume_generation}/${__assume_number}-older" ]] || \builtin return 1
        [[ "${__assume_source}" -nt "${__assume_generation}/${__assume_number}-older" ]] || \builtin return 1
        [[ "${__assume_source}" -ot "${__assume_generation}/${__assume_number}-newer" ]] || \builtin return 1
        # Where no link was there is none now: it would have the time of what it leads to.
        [[ ! -h "${__assume_target}" ]] || \builtin return 1
        if \builtin test "${__assume_source}" = "${__assume_target}"; then
          [[ -O "${__assume_source}" ]] || \builtin return 1
        else
          [[ "${__assume_source}" -ef "${__assume_generation}/${__assume_number}-target" ]] || \builtin return 1
        fi
      fi
      __assume_number=$((__assume_number + 1))
    done
  } <"${__assume_index}"
  __assume_names_at=$((__assume_count + 2))
  [[ $# -eq 0 ]]
}

# Whether a file or folder of a cache can be read, is the user's own, and no link, which could lead to any of the user's.
function __assume_is_own {
  [[ -r "$1" && -O "$1" && ! -h "$1" ]]
}

# Fills __assume_sources with the paths that every index begins with: config, credentials, settings and plugins.
function __assume_list_sources {
  \builtin local __assume_home="${HOME%/}" __assume_path
  __assume_sources=()
  for __assume_path in "${AWS_CONFIG_FILE:-~/.aws/config}" "${AWS_SHARED_CREDENTIALS_FILE:-~/.aws/credentials}"; do
    [[ "${__assume_path}" != \~/* ]] || __assume_path="${__assume_home}${__assume_path#\~}"
    __assume_sources+=("${__assume_path}")
  done
  __assume_path="${__assume_home}/.config"
  case "${XDG_CONFIG_HOME-}" in /*) __assume_path="${XDG_CONFIG_HOME%/}" ;; *) ;; esac
  __assume_sources+=("${__assume_path}/assume/config" "${__assume_path}/assume/plugins")
}

# A whole number as the core writes them: bash takes one that begins with 0 for octal, and a long one for any other.
function __assume_is_number {
  case "$1" in
    '' | 0?* | *[!0123456789]* | ????????????????*) \builtin return 1 ;;
    *) \builtin return 0 ;;
  esac
}

# Sets __assume_bucket to the part of the rows that __assume_name is in.
function __assume_choose_bucket {
  \builtin local __assume_at=0 __assume_code __assume_sum=0
  __assume_bucket=other
  while [[ "${__assume_at}" -lt "${#__assume_name}" ]]; do
    \builtin printf -v __assume_code %d "'${__assume_name:__assume_at:1}"
    [[ "${__assume_code}" -ge 32 && "${__assume_code}" -le 126 ]] || \builtin return 0
    __assume_at=$((__assume_at + 1))
    __assume_sum=$((__assume_sum + __assume_at * __assume_at * __assume_code))
  done
  __assume_bucket=$((__assume_sum % __assume_buckets))
}

# Fills __assume_row and __assume_warning from the row of __assume_name, if its session is valid.
function __assume_read_row {
  \builtin local __assume_file="${__assume_generation}/rows-${__assume_bucket}" __assume_lines __assume_number=0
  \builtin local __assume_key="${__assume_name}${__assume_unit}" __assume_fields __assume_common
  [[ -f "${__assume_file}" ]] && __assume_is_own "${__assume_file}" || \builtin return 1
  # `read` splits a line much faster than expansions do.
  {
    IFS="${__assume_unit}" \builtin read -r -a __assume_common
    \builtin mapfile -t __assume_lines
  } <"${__assume_file}"
  [[ "${#__assume_lines[@]}" -gt 0 && "${__assume_lines[${#__assume_lines[@]} - 1]}" == end ]] || \builtin return 1
  # To expand all lines at once takes longer.
  while [[ "${__assume_number}" -lt "${#__assume_lines[@]}" ]]; do
    [[ "${__assume_lines[__assume_number++]}" != "${__assume_key}"* ]] || \builtin break
  done
  {
    \builtin mapfile -t -n "${__assume_number}" __assume_lines
    IFS="${__assume_unit}" \builtin read -r -a __assume_fields
  } <"${__assume_file}"
  \builtin test "${__assume_fields[4]-}" = "AWS_PROFILE=${__assume_name}" || \builtin return 1
  __assume_is_valid "${__assume_fields[1]}" || \builtin return 1
  __assume_warning="${__assume_fields[3]}"
  __assume_row=("${__assume_fields[2]}" "--profile=${__assume_name}" --)
  __assume_row+=("${__assume_fields[@]:4}" ${__assume_common[@]+"${__assume_common[@]}"})
}

# Whether more than 15 minutes are left of the session in line $1 of the list, and its token is as it was: older than
# the list. 0 is for no session.
function __assume_is_valid {
  [[ "$1" != 0 ]] || \builtin return 0
  \builtin local __assume_list="${__assume_generation}/sessions" __assume_lines __assume_token __assume_end
  __assume_is_number "$1" || \builtin return 1
  [[ -f "${__assume_list}" ]] && __assume_is_own "${__assume_list}" || \builtin return 1
  \builtin mapfile -t -s "$(($1 - 1))" -n 1 __assume_lines <"${__assume_list}"
  __assume_end="${__assume_lines[0]-}"
  __assume_token="${__assume_end%"${__assume_unit}"*}"
  __assume_end="${__assume_end##*"${__assume_unit}"}"
  __assume_is_number "${__assume_end}" || \builtin return 1
  __assume_is_own "${__assume_token}" && [[ "${__assume_token}" -ot "${__assume_list}" ]] || \builtin return 1
  [[ $((__assume_end - __assume_clock)) -gt 900 ]]
}

# Adds the use of __assume_name to the history, which gives the picker its order. Without the file there is none.
function __assume_note_use {
  \builtin local __assume_history="${HOME-}/.local/state/assume/history"
  case "${XDG_STATE_HOME-}" in /*) __assume_history="${XDG_STATE_HOME}/assume/history" ;; *) ;; esac
  [[ -f "${__assume_history}" && -w "${__assume_history}" ]] && __assume_is_own "${__assume_history}" || \builtin return 0
  \builtin printf '%s\t%s\n' "${__assume_clock}" "${__assume_name}" >>"${__assume_history}" || \builtin true
}

# --- applying a switch ---------------------------------------------------------------------------------------

# __assume_apply MESSAGE REPEAT... -- NAME=VALUE... NAME...
# Sets the first, removes the others, and puts back what an earlier switch changed and this one does not.
function __assume_apply {
  \builtin local __assume_message="$1" __assume_entry __assume_name __assume_targets=' '
  \builtin local __assume_repeat __assume_set __assume_unset
  \builtin shift
  __assume_repeat=()
  while [[ "$1" != -- ]]; do
    __assume_repeat+=("$1")
    \builtin shift
  done
  \builtin shift

  for __assume_entry in "$@"; do __assume_targets+="${__assume_entry%%=*} "; done
  # Most switches touch the names of the one before, which have been looked at.
  if [[ "${__assume_targets}" != "${__assume_judged-}" ]]; then
    __assume_targets=' '
    for __assume_entry in "$@"; do
      \builtin shift
      __assume_is_usable "${__assume_entry%%=*}" || \builtin continue
      __assume_targets+="${__assume_entry%%=*} "
      \builtin set -- "$@" "${__assume_entry}"
    done
    __assume_judged="${__assume_targets}"
  fi
  __assume_check "${__assume_targets}" || \builtin return 1

  __assume_save_all "${__assume_targets}"
  __assume_restore_all "${__assume_targets}"
  __assume_set=() __assume_unset=()
  for __assume_entry in "$@"; do
    case "${__assume_entry}" in
      *=*) __assume_set+=("${__assume_entry}") ;;
      *) __assume_unset+=("${__assume_entry}") ;;
    esac
  done
  [[ "${#__assume_set[@]}" -eq 0 ]] || \builtin export "${__assume_set[@]}"
  [[ "${#__assume_unset[@]}" -eq 0 ]] || \builtin unset -v "${__assume_unset[@]}"

  __assume_key=
  [[ "${__assume_targets}" != *' AWS_ACCESS_KEY_ID '* ]] || __assume_key="${AWS_ACCESS_KEY_ID-}"
  if [[ -n "${__assume_now+set}" ]]; then __assume_back=("${__assume_now[@]}"); fi
  __assume_now=("${__assume_repeat[@]}")
  if [[ -z "${ASSUME_QUIET-}" && -t 2 ]]; then \builtin printf '%s\n' "${__assume_message}" >&2; fi
}

# Gives this shell back what it had before the first switch.
function __assume_unset {
  __assume_check ' ' || \builtin return 1
  __assume_save_all ' '
  __assume_restore_all ' '
  \builtin local __assume_rest="${__assume_saved# }" __assume_name
  while [[ -n "${__assume_rest}" ]]; do
    __assume_name="${__assume_rest%% *}"
    __assume_rest="${__assume_rest#* }"
    \builtin unset -v "__assume_was_${__assume_name}" "__assume_how_${__assume_name}"
  done
  __assume_saved=' '
  \builtin unset -v ASSUME_VARS
  __assume_key=
  if [[ -n "${__assume_now+set}" ]]; then __assume_back=("${__assume_now[@]}"); fi
  \builtin unset -v __assume_now
}

# --- saving and restoring ------------------------------------------------------------------------------------

# The former values stay in unexported variables of this shell: __assume_saved lists the names between spaces,
# __assume_how_NAME is absent, plain or exported, __assume_was_NAME is the value.

# Fails, with a message, when one of the names or one that was saved before is read-only.
function __assume_check {
  \builtin local IFS=' ' __assume_name
  # All at once first, which is quick. The lists hold nothing but names and spaces.
  # shellcheck disable=SC2086
  __assume_is_readonly __assume_name $1 ${__assume_saved} || \builtin return 0
  for __assume_name in $1 ${__assume_saved}; do
    __assume_is_readonly "${__assume_name}" || \builtin continue
    \builtin printf 'assume: %s is read-only in this shell, so nothing was changed\n' "${__assume_name}" >&2
    \builtin printf '  exec bash    starts anew; remove the line that says: readonly %s\n' "${__assume_name}" >&2
    \builtin return 1
  done
}

# Whether one of the names is: bash makes no local variable of it; nothing else tells without a process in every version.
function __assume_is_readonly {
  ! \builtin local "$@" 2>/dev/null
}

# Saves the names that are not saved yet. Those that an inherited ASSUME_VARS lists were absent before.
function __assume_save_all {
  \builtin local IFS=' ' __assume_rest="${ASSUME_VARS-} " __assume_name
  while [[ -n "${__assume_rest}" ]]; do
    __assume_name="${__assume_rest%% *}"
    __assume_rest="${__assume_rest#* }"
    [[ "${__assume_saved}" != *" ${__assume_name} "* ]] || \builtin continue
    if __assume_is_usable "${__assume_name}" && ! __assume_is_readonly "${__assume_name}"; then
      __assume_save "${__assume_name}" inherited
    fi
  done
  [[ "$1/${__assume_saved}" != "${__assume_settled-}" ]] || \builtin return 0
  for __assume_name in $1; do
    [[ "${__assume_saved}ASSUME_VARS " == *" ${__assume_name} "* ]] || __assume_save "${__assume_name}"
  done
}

function __assume_save {
  \builtin local __assume_found=absent __assume_flags
  if [[ "${2-}" != inherited && -n "${!1+set}" ]]; then
    if [[ $((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1])) -ge 404 ]]; then
      __assume_flags="${!1@a}"
    else
      __assume_flags="$(\builtin declare -p "$1")"
      __assume_flags="${__assume_flags#declare -}"
      __assume_flags="${__assume_flags%% *}"
    fi
    __assume_found=plain
    [[ "${__assume_flags}" != *x* ]] || __assume_found=exported
    \builtin eval "__assume_was_$1=\${$1}"
  fi
  \builtin eval "__assume_how_$1=\${__assume_found}"
  __assume_saved+="$1 "
}

# Puts back every saved name that is not among the targets. Which these are stays as it is from one switch to the next,
# mostly, while both lists do, which __assume_settled holds.
function __assume_restore_all {
  \builtin local IFS=' ' __assume_name __assume_how
  if [[ "$1/${__assume_saved}" != "${__assume_settled-}" ]]; then
    __assume_others=
    for __assume_name in ${__assume_saved}; do
      [[ "$1" == *" ${__assume_name} "* ]] || __assume_others+="${__assume_name} "
    done
    __assume_settled="$1/${__assume_saved}"
  fi
  for __assume_name in ${__assume_others}; do
    __assume_how="__assume_how_${__assume_name}"
    \builtin unset -v "${__assume_name}"
    case "${!__assume_how}" in
      exported) \builtin eval "\\builtin export ${__assume_name}=\"\${__assume_was_${__assume_name}}\"" ;;
      plain) \builtin eval "${__assume_name}=\${__assume_was_${__assume_name}}" ;;
      *) ;;
    esac
  done
}

# --- names ---------------------------------------------------------------------------------------------------

# Whether a name can be a variable that a switch changes: decided by pattern, the name is never expanded before.
function __assume_is_usable {
  case "$1" in
    '' | [0123456789]* | *[!ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_]*) \builtin return 1 ;;
    PATH | HOME | IFS | PWD | OLDPWD | SHELL | ENV | USER | LOGNAME | TERM | LANG | LC_* | LD_* | DYLD_*) \builtin return 1 ;;
    _ | UID | EUID | PPID | GROUPS | BASH* | SHELLOPTS | FUNC* | DIRSTACK | PIPESTATUS | RANDOM | SRANDOM | SECONDS) \builtin return 1 ;;
    HOSTNAME | HOSTTYPE | MACHTYPE | OSTYPE | SHLVL | POSIXLY_CORRECT) \builtin return 1 ;;
    EPOCH* | LINENO | HIST* | OPT* | PS[0123456789] | PROMPT* | REPLY | COMP* | READLINE_* | __assume_*) \builtin return 1 ;;
    *) \builtin return 0 ;;
  esac
}

# --- the prompt segment --------------------------------------------------------------------------------------

# Fills assume_prompt with what is in force, for PS1='${assume_prompt}...' in single quotes: bash then shows the
# value and never runs it. \001 and \002 tell readline that the colour takes no room.
function __assume_update_prompt {
  \builtin local __assume_last=$? __assume_text='' __assume_colour=36
  # At every other prompt __assume_quietly would take longer than all the rest. It calls back with an argument.
  case "$-$#" in
    *[avx]*0)
      __assume_quietly __assume_update_prompt quiet
      \builtin return "${__assume_last}"
      ;;
    *) ;;
  esac
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
      fi
    fi
  elif [[ "${__assume_text}" == 'keys of '* ]]; then
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

# Adds to __assume_text how long the keys that a switch set are still good: yellow for a quarter of an hour, red for
# five minutes and when they are over. Before bash 4.2 nothing tells the time without a process.
function __assume_add_time {
  case "${ASSUME_EXPIRES_AT-}" in '' | *[!0123456789]* | ?????????????*) \builtin return 0 ;; *) ;; esac
  [[ $((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1])) -ge 402 ]] || \builtin return 0
  \builtin local __assume_left
  \builtin printf -v __assume_left '%(%s)T' -1
  __assume_left=$((10#${ASSUME_EXPIRES_AT} - __assume_left))
  if [[ "${__assume_left}" -le 0 ]]; then
    __assume_text+=' expired'
  elif [[ "${__assume_left}" -lt 60 ]]; then
    __assume_text+=' <1m'
  elif [[ "${__assume_left}" -lt 3600 ]]; then
    __assume_text+=" $((__assume_left / 60))m"
  else
    __assume_text+=" $((__assume_left / 3600))h$((__assume_left / 60 % 60))m"
  fi
  if [[ "${__assume_left}" -le 300 ]]; then
    __assume_colour=31
  elif [[ "${__assume_left}" -le 900 ]]; then
    __assume_colour=33
  fi
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
  __assume_options="${__assume_options//[!avx]/}"
  [[ -z "${__assume_options}" ]] || \builtin set "-${__assume_options}"
  \builtin unset -v __assume_options
} 2>/dev/null
