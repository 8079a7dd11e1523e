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
0="${ZERO:-${${0:#$ZSH_ARGZERO}:-${(%):-%N}}}"
0="${${(M)0:#/*}:-$PWD/$0}"
typeset -g __assume_folder="${0:A:h}" __assume_core

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
    list | status | doctor | exec | env | console | credential-process | credentials-file | whoami | login | logout | configure | sync | sandbox | plugin | setup | settings | -h | --help | --version) # subcommands, generated
      builtin return 0
      ;;
  esac
  builtin return 1
}

# Sets __assume_loaded to what only this shell knows, for `doctor`.
function __assume_describe_shell {
  __assume_loaded=4
  [[ ! -o interactive ]] || __assume_loaded+=' interactive'
  [[ "${PROMPT-}" != *%9v* ]] || __assume_loaded+=' prompt'
  [[ "${+_comps[assume]}" == 0 ]] || __assume_loaded+=' completion'
}

function __assume_run {
  if __assume_is_direct "$@"; then
    __assume_look_for_core "$1" || builtin return
    builtin local __assume_loaded
    __assume_describe_shell
    ASSUME_CALLER=zsh ASSUME_KEY_ID="${__assume_key-}" ASSUME_LOADED="${__assume_loaded}" command "${__assume_core}" "$@"
    builtin return
  fi
  case "${1-}" in
    -u | --unset)
      if [[ $# -eq 1 ]]; then __assume_unset; else __assume_switch "$@"; fi
      ;;
    -)
      if [[ $# -gt 1 ]]; then
        __assume_switch "$@"
      elif [[ ${#__assume_back} -gt 0 ]]; then
        __assume_switch "${__assume_back[@]}"
      else
        builtin print -ru2 -- 'assume: there is no earlier switch in this shell'
        builtin return 2
      fi
      ;;
    *) __assume_switch "$@" ;;
  esac
}

# Applies the row of the profile index where there is one that will do, else what the core answers.
function __assume_switch {
  builtin local -a __assume_row
  builtin local __assume_warning=''
  if __assume_find_row "$@" 2>/dev/null; then
    [[ -z "${__assume_warning}" ]] || builtin print -ru2 -- "assume: warning: ${__assume_warning}"
    __assume_apply "${__assume_row[@]}"
  elif { builtin true 4>&1 } 2>/dev/null; then
    __assume_request "$@"
  else
    # A closed stdout cannot be copied.
    __assume_request "$@" >/dev/null
  fi
}

# Calls the core with its stdout left alone; what it writes to descriptor 3 is the switch.
function __assume_request {
  __assume_look_for_core "${1-}" || builtin return
  # Else Ctrl-C would end this function with status 1, before the core has said its own. The user's trap comes back.
  builtin setopt local_options local_traps
  builtin trap ':' INT
  builtin local __assume_code='' __assume_status=0
  {
    __assume_code="$(
      ASSUME_SHELL=zsh ASSUME_CONTRACT=4 ASSUME_KEY_ID="${__assume_key-}" command "${__assume_core}" "$@" 3>&1 >&4 4>&-
    )" || __assume_status=$?
  } 4>&1 || __assume_status=$?
  if [[ "${__assume_status}" -eq 0 && -n "${__assume_code}" ]]; then
    builtin eval "${__assume_code}" || __assume_status=$?
  fi
  builtin return "${__assume_status}"
}

# Jobs that a function starts have no name in zsh. So where no command of a line can be a switch or want the function, it is
# out of the way while the line runs; $3 is that line, its aliases expanded. The next prompt brings it back.
function __assume_step_aside {
  [[ "$3" == *assume\ * ]] || builtin return 0
  __assume_quietly __assume_step_aside_for "$3"
}

function __assume_step_aside_for {
  # What is run for its output may switch.
  [[ "$1" != *[\`\(]* ]] || builtin return 0
  __assume_is_for_programs "${(@z)1}" || builtin return 0
  # What the user has put around it stays.
  [[ "${functions[assume]-}" == *'__assume_quietly __assume_run "$@" || builtin return' ]] || builtin return 0
  # The function says so where there is nothing to run.
  __assume_look_for_core 2>/dev/null || builtin return 0
  [[ "${__assume_core}" != /* ]] || builtin hash -- "assume=${__assume_core}"
  builtin local __assume_loaded
  __assume_describe_shell
  builtin typeset -gx ASSUME_CALLER=zsh ASSUME_KEY_ID="${__assume_key-}" ASSUME_LOADED="${__assume_loaded}"
  precmd_functions=(__assume_step_back "${(@)precmd_functions:#__assume_step_back}")
  builtin disable -f assume
}

# Whether these words of a line are nothing but calls that are never a switch, at least one of them, programs, and builtins
# that run nothing. Quoted words have their quotes here; an assignment to PATH would have assume searched for.
function __assume_is_for_programs {
  builtin setopt extended_glob
  builtin local __assume_word __assume_found='' __assume_place=command
  for __assume_word in "$@"; do
    case "${__assume_place}:${__assume_word}" in
      *:(\;|[\|\&][\|\&\!]#)) __assume_place=command ;;
      command:(PATH|path)(|+)=*) builtin return 1 ;;
      command:[[:IDENT:]]##(|+)=*) ;;
      command:assume) __assume_place=verb ;;
      command:(echo|false|print|printf|sleep|true))
        (( ! ${+functions[${__assume_word}]} )) || builtin return 1
        __assume_place=words
        ;;
      command:*)
        (( ${+commands[${__assume_word}]} && ! ${+functions[${__assume_word}]} )) || builtin return 1
        (( ! ${+builtins[${__assume_word}]} && ! ${reswords[(Ie)${__assume_word}]} )) || builtin return 1
        __assume_place=words
        ;;
      verb:*)
        __assume_is_direct "${(Q)__assume_word}" || builtin return 1
        __assume_found=yes __assume_place=words
        ;;
    esac
  done
  [[ "${__assume_place}" != verb && -n "${__assume_found}" ]]
}

function __assume_step_back {
  __assume_quietly __assume_come_back
}

function __assume_come_back {
  builtin enable -f assume
  builtin unset ASSUME_CALLER ASSUME_KEY_ID ASSUME_LOADED
  precmd_functions=("${(@)precmd_functions:#__assume_step_back}")
  [[ "${__assume_core}" != /* ]] || builtin unhash assume 2>/dev/null || builtin true
}

# --- the profile index ---------------------------------------------------------------------------------------

# The core writes it for reading without a process; src/index/format.ts and row.ts say what is in it.

# Fills __assume_row with what __assume_apply takes for a switch to one profile without options, __assume_warning with what
# is to be said before, and notes the switch in the history. Fails where the core has to decide.
function __assume_find_row {
  (( $# == 1 )) || builtin return 1
  builtin local __assume_name="$1" __assume_unit=$'\037' __assume_clock='%D{%s}'
  builtin local __assume_index __assume_generation __assume_buckets __assume_names_at __assume_bucket
  case "$1" in
    --profile=*) __assume_name="${1#--profile=}" ;;
    -*) builtin return 1 ;;
  esac
  [[ -n "${__assume_name}" && "${__assume_name}" != *[[:cntrl:]]* ]] || builtin return 1
  # A prompt can tell the time without a module, which would be seen.
  __assume_clock="${(%)__assume_clock}"
  __assume_is_number "${__assume_clock}" || builtin return 1
  __assume_are_seen || builtin return 1
  __assume_find_index || builtin return 1
  __assume_choose_bucket
  __assume_read_row || builtin return 1
  __assume_note_use
}

# Whether the core would see the variables that the index is chosen by: exported ones that no switch has set.
function __assume_are_seen {
  builtin local __assume_path
  for __assume_path in HOME AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE XDG_CONFIG_HOME; do
    [[ -n "${(P)__assume_path-}" ]] || builtin continue
    [[ " ${ASSUME_VARS-} " != *" ${__assume_path} "* && "${(Pt)__assume_path}" == *export* ]] || builtin return 1
  done
}

# Whether the index is of this environment and this user, and its sources are the ones that they have to be, as they were:
# each lies between its two stamps in the folder of the generation, and is the user's own, or if a link leads to it, what
# that led to; or it is still absent. Sets __assume_generation to that folder, __assume_buckets to the number of parts that
# the rows are in, and __assume_names_at to the number of lines before the names. What is root's is left to the core, and
# so are all modes.
function __assume_find_index {
  builtin emulate -L zsh
  builtin local __assume_cache="${HOME-}/.cache/assume" __assume_mark=$'\037' __assume_head __assume_count
  builtin local __assume_number=0 __assume_source __assume_time __assume_target __assume_rest
  builtin local -a __assume_sources
  [[ "${HOME-}" == /* ]] || builtin return 1
  [[ "${XDG_CACHE_HOME-}" != /* ]] || __assume_cache="${XDG_CACHE_HOME}/assume"
  __assume_index="${__assume_cache}/index"
  [[ -f "${__assume_index}" ]] && __assume_is_own "${__assume_index}" || builtin return 1
  __assume_list_sources
  builtin set -- "${__assume_sources[@]}"
  {
    IFS= builtin read -r __assume_head || builtin return 1
    [[ "${__assume_head}" == "assume-index 6${__assume_mark}${HOME-}${__assume_mark}${AWS_CONFIG_FILE-}${__assume_mark}${AWS_SHARED_CREDENTIALS_FILE-}${__assume_mark}${XDG_CONFIG_HOME-}" ]] || builtin return 1
    IFS="${__assume_mark}" builtin read -r __assume_generation __assume_buckets __assume_count || builtin return 1
    [[ "${__assume_buckets}" != 0 ]] && __assume_is_number "${__assume_buckets}" || builtin return 1
    __assume_is_number "${__assume_count}" || builtin return 1
    __assume_generation="${__assume_cache}/index-${__assume_generation}"
    [[ -d "${__assume_generation}" ]] && __assume_is_own "${__assume_generation}" || builtin return 1
    while (( __assume_number < __assume_count )); do
      IFS="${__assume_mark}" builtin read -r __assume_source __assume_time __assume_target __assume_rest || builtin return 1
      # Behind those that it has to have come the files of plugins.
      if (( $# > 0 )); then
        [[ "${__assume_source}" == "$1" ]] || builtin return 1
        builtin shift
      fi
      if [[ "${__assume_time}" == - ]]; then
        [[ ! -e "${__assume_source}" ]] || builtin return 1
      else
        [[ "${__assume_source}" -nt "${__assume_generation}/${__assume_number}-older" ]] || builtin return 1
        [[ "${__assume_source}" -ot "${__assume_generation}/${__assume_number}-newer" ]] || builtin return 1
        # Where no link was there is none now: it would have the time of what it leads to.
        [[ ! -h "${__assume_target}" ]] || builtin return 1
        if [[ "${__assume_source}" == "${__assume_target}" ]]; then
          [[ -O "${__assume_source}" ]] || builtin return 1
        else
          [[ "${__assume_source}" -ef "${__assume_generation}/${__assume_number}-target" ]] || builtin return 1
        fi
      fi
      (( __assume_number += 1 ))
    done
  } <"${__assume_index}"
  (( __assume_names_at = __assume_count + 2 ))
  (( $# == 0 ))
}

# Whether a file or folder of a cache can be read, is the user's own, and no link, which could lead to any of the user's.
function __assume_is_own {
  [[ -r "$1" && -O "$1" && ! -h "$1" ]]
}

# Fills __assume_sources with the paths that every index begins with: config, credentials, settings and plugins.
function __assume_list_sources {
  builtin local __assume_home="${HOME%/}" __assume_path
  __assume_sources=()
  for __assume_path in "${AWS_CONFIG_FILE:-~/.aws/config}" "${AWS_SHARED_CREDENTIALS_FILE:-~/.aws/credentials}"; do
    [[ "${__assume_path}" != \~/* ]] || __assume_path="${__assume_home}${__assume_path#\~}"
    __assume_sources+=("${__assume_path}")
  done
  __assume_path="${__assume_home}/.config"
  [[ "${XDG_CONFIG_HOME-}" != /* ]] || __assume_path="${XDG_CONFIG_HOME%/}"
  __assume_sources+=("${__assume_path}/assume/config" "${__assume_path}/assume/plugins")
}

# A whole number as the core writes them.
function __assume_is_number {
  case "$1" in
    '' | 0?* | *[^0-9]*) builtin return 1 ;;
  esac
}

# Sets __assume_bucket to the part of the rows that __assume_name is in.
function __assume_choose_bucket {
  builtin local __assume_char
  builtin local -i __assume_at=0 __assume_sum=0
  __assume_bucket=other
  for __assume_char in "${(@s::)__assume_name}"; do
    (( #__assume_char >= 32 && #__assume_char <= 126 )) || builtin return 0
    (( __assume_at++, __assume_sum += __assume_at * __assume_at * #__assume_char ))
  done
  __assume_bucket=$(( __assume_sum % __assume_buckets ))
}

# Fills __assume_row and __assume_warning from the row of __assume_name, if its session is valid.
function __assume_read_row {
  builtin local __assume_file="${__assume_generation}/rows-${__assume_bucket}" __assume_line
  builtin local -a __assume_rows __assume_fields
  [[ -f "${__assume_file}" ]] && __assume_is_own "${__assume_file}" || builtin return 1
  __assume_rows=("${(@f)$(<${__assume_file})}")
  [[ "${__assume_rows[-1]-}" == end ]] || builtin return 1
  __assume_line="${__assume_rows[(r)${(b)__assume_name}${__assume_unit}*]}"
  [[ "${__assume_line}" == *"${__assume_unit}" && "${__assume_rows[1]}" == *"${__assume_unit}" ]] || builtin return 1
  __assume_line+="${__assume_rows[1]}"
  __assume_fields=("${(@ps:\x1f:)__assume_line}")
  __assume_is_valid "${__assume_fields[2]}" || builtin return 1
  __assume_warning="${__assume_fields[4]}"
  __assume_row=("${__assume_fields[3]}" "--profile=${__assume_name}" -- "${(@)__assume_fields[5,-2]}")
  [[ "${__assume_row[4]}" == "AWS_PROFILE=${__assume_name}" ]]
}

# Whether more than 15 minutes are left of the session in line $1 of the list, and its token is as it was: older than
# the list. 0 is for no session.
function __assume_is_valid {
  [[ "$1" != 0 ]] || builtin return 0
  builtin local __assume_list="${__assume_generation}/sessions" __assume_token __assume_end
  builtin local -a __assume_found
  __assume_is_number "$1" && [[ -f "${__assume_list}" ]] && __assume_is_own "${__assume_list}" || builtin return 1
  __assume_found=("${(@f)$(<${__assume_list})}")
  __assume_token="${__assume_found[$1]%"${__assume_unit}"*}"
  __assume_end="${__assume_found[$1]##*"${__assume_unit}"}"
  __assume_is_number "${__assume_end}" || builtin return 1
  __assume_is_own "${__assume_token}" && [[ "${__assume_token}" -ot "${__assume_list}" ]] || builtin return 1
  (( __assume_end - __assume_clock > 900 ))
}

# Adds the use of __assume_name to the history, which gives the picker its order. Without the file there is none.
function __assume_note_use {
  builtin local __assume_history="${HOME-}/.local/state/assume/history"
  [[ "${XDG_STATE_HOME-}" != /* ]] || __assume_history="${XDG_STATE_HOME}/assume/history"
  [[ -f "${__assume_history}" && -w "${__assume_history}" ]] && __assume_is_own "${__assume_history}" || builtin return 0
  builtin print -r -- "${__assume_clock}"$'\t'"${__assume_name}" >>"${__assume_history}" || builtin true
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
  # Modules bring more, in each version others.
  [[ "${(Pt)1}" != *special* ]]
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
      fi
    fi
  elif [[ "${__assume_text}" == 'keys of '* ]]; then
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

typeset -gA __assume_was __assume_how
typeset -ga __assume_now __assume_back psvar
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
  preexec_functions=("${(@)preexec_functions:#__assume_step_aside}" __assume_step_aside)
  precmd_functions=("${(@)precmd_functions:#__assume_update_prompt}" __assume_update_prompt)
  __assume_hook_completion
}
[[ ! -o interactive ]] || __assume_hook_in

# Undoes everything but the variables of the switch; plugin managers call it.
function assume_plugin_unload {
  builtin emulate -L zsh
  precmd_functions=("${(@)precmd_functions:#__assume_update_prompt}")
  preexec_functions=("${(@)preexec_functions:#__assume_step_aside}")
  __assume_drop_widgets
  fpath=("${(@)fpath:#${__assume_folder}}")
  PROMPT="${PROMPT//(${__assume_coloured}|\%9v)/}"
  psvar[9]='' psvar[10]='' psvar[11]=''
  builtin unset -m '__assume_*' assume_prompt
  builtin unfunction -m '__assume_*' assume _assume assume_plugin_unload
}

[[ -z "${__assume_options[*]}" ]] || 'builtin' 'setopt' "${__assume_options[@]}"
'builtin' 'unset' '__assume_options'
