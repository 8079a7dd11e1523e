# The switch of assume for zsh, read by assume.plugin.zsh at the first one; index.zsh, exec.zsh and renew.zsh are its
# other parts.

# An older assume.plugin.zsh may have been loaded, which does not know them.
builtin typeset -ga __assume_known __assume_others
builtin typeset -g __assume_settled

builtin source "${__assume_folder}/index.zsh"
builtin source "${__assume_folder}/exec.zsh"
builtin source "${__assume_folder}/renew.zsh"

function __assume_run {
  case "$#:${1-}" in
    *:exec) __assume_exec "$@" ;;
    1:(-u|--unset)) __assume_unset ;;
    1:-) __assume_go_to_last ;;
    *)
      if __assume_is_direct "$@"; then
        __assume_look_for_core || builtin return
        builtin local __assume_loaded __assume_directory
        __assume_describe_shell
        builtin local __assume_status=0
        ASSUME_CALLER=zsh ASSUME_KEY_ID="${__assume_key-}" ASSUME_LOADED="${__assume_loaded}" ASSUME_DIRECTORY="${__assume_directory}" \
          command "${__assume_core}" "$@" || __assume_status=$?
        [[ "$1" != here ]] || (( ! ${+__assume_place} )) || __assume_look_again
        builtin return "${__assume_status}"
      else
        __assume_switch "$@"
      fi
      ;;
  esac
}

# Sets __assume_loaded to what only this shell knows, for `doctor`, and __assume_directory to the directory whose profile is in
# force.
function __assume_describe_shell {
  __assume_directory=
  ! __assume_is_layered 2>/dev/null || __assume_directory="${__assume_layer}"
  __assume_loaded=4
  [[ ! -o interactive ]] || __assume_loaded+=' interactive'
  [[ "${PROMPT-}" != *%9v* ]] || __assume_loaded+=' prompt'
  [[ "${+_comps[assume]}" == 0 ]] || __assume_loaded+=' completion'
  [[ -z "${__assume_renew_at-}" ]] || __assume_loaded+=' renews'
  (( ! ${+__assume_place} )) || __assume_loaded+=' directories'
}

function __assume_go_to_last {
  if (( ${#__assume_back} > 0 )); then
    __assume_switch "${__assume_back[@]}"
  else
    builtin print -ru2 -- 'assume: there is no earlier switch in this shell'
    builtin return 2
  fi
}

# Applies the row of the profile index where there is one that will do, else what the core answers.
function __assume_switch {
  builtin local __assume_clock
  builtin local -a __assume_fields
  if (( $# == 1 )) && __assume_find_row "${1#--profile=}" 2>/dev/null; then
    [[ -z "${__assume_fields[4]}" ]] || builtin print -ru2 -- "assume: warning: ${__assume_fields[4]}"
    __assume_note_use 2>/dev/null
    __assume_finish "--profile=${__assume_fields[1]}"
  elif { builtin true 4>&1 } 2>/dev/null; then
    __assume_request "$@"
  else
    # A closed stdout cannot be copied.
    __assume_request "$@" >/dev/null
  fi
}

# Calls the core with its stdout left alone; what it writes to descriptor 3 is the switch.
function __assume_request {
  __assume_look_for_core || builtin return
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

# --- applying a switch ---------------------------------------------------------------------------------------

# __assume_apply MESSAGE REPEAT... -- [__assume_renew_at=SECONDS] NAME=VALUE... NAME...
# What the core answers: as if it had come from a row.
function __assume_apply {
  builtin local __assume_renewal=''
  builtin local -a __assume_fields __assume_repeat
  __assume_fields=('' '' "$1" '')
  builtin shift
  while [[ "$1" != -- ]]; do
    __assume_repeat+=("$1")
    builtin shift
  done
  builtin shift
  if [[ "${1-}" == __assume_renew_at=* ]]; then
    __assume_renewal="${1#*=}"
    builtin shift
  fi
  __assume_fields+=("$@")
  __assume_finish "${__assume_repeat[@]}"
}

# Switches by the row in __assume_fields, which the words do again.
function __assume_finish {
  builtin local -a __assume_targets
  __assume_change || builtin return 1
  __assume_key=
  (( ! ${__assume_targets[(Ie)AWS_ACCESS_KEY_ID]} )) || __assume_key="${AWS_ACCESS_KEY_ID-}"
  builtin typeset -g __assume_renew_at=
  [[ "${__assume_renewal-}" != <0-999999999999> ]] || __assume_renew_at="${__assume_renewal}"
  if [[ -z "${__assume_renews-}" ]]; then
    (( ${#__assume_now} == 0 )) || __assume_back=("${__assume_now[@]}")
    __assume_now=("$@")
    (( ! ${+__assume_place} )) || __assume_take_over
  fi
  if [[ -z "${ASSUME_QUIET-}" && -t 2 ]]; then builtin print -ru2 -- "${__assume_fields[3]}"; fi
}

# Sets and removes what the row says, __assume_targets in all, and puts back all other names that are saved. Most changes touch
# the names of the one before: __assume_settled is what decides which names there are to look at, to save and to put back.
function __assume_change {
  builtin local -a __assume_set __assume_gone __assume_typed
  __assume_part_row
  if [[ "${(j: :)__assume_targets}/${(kj: :)__assume_how}/${ASSUME_VARS-}" == "${__assume_settled-}" ]]; then
    __assume_check "${__assume_targets[@]}" "${__assume_others[@]}" || builtin return 1
  else
    __assume_settle || builtin return 1
  fi
  (( ${#__assume_typed} == 0 )) || builtin unset -- "${__assume_typed[@]}"
  __assume_put_back "${__assume_others[@]}"
  (( ${#__assume_set} == 0 )) || builtin export -- "${__assume_set[@]}"
  (( ${#__assume_gone} == 0 )) || builtin unset -- "${__assume_gone[@]}"
}

# Parts the row into __assume_set, NAME=VALUE, and __assume_gone, names; __assume_targets are the names of both.
function __assume_part_row {
  __assume_set=("${(@M)__assume_fields[5,-1]:#*=*}")
  __assume_gone=("${(@)__assume_fields[5,-1]:#*=*}")
  __assume_targets=("${(@)__assume_set%%=*}" "${__assume_gone[@]}")
}

# Looks at names for the first time.
function __assume_settle {
  __assume_settled=
  __assume_judge
  __assume_check "${__assume_targets[@]}" "${(@k)__assume_how}" || builtin return 1
  __assume_save_inherited
  __assume_save_all
  __assume_others=("${(@)${(@k)__assume_how}:|__assume_targets}")
  __assume_settled="${(j: :)__assume_targets}/${(kj: :)__assume_how}/${ASSUME_VARS-}"
}

# Leaves in __assume_set, __assume_gone and __assume_targets what a switch can change. __assume_judged are the names of which all
# can be, mostly those of the row before.
function __assume_judge {
  [[ "${(j: :)__assume_targets}" != "${__assume_judged-}" ]] || builtin return 0
  builtin local LC_ALL=C __assume_entry
  builtin set -- "${__assume_set[@]}" "${__assume_gone[@]}"
  __assume_set=() __assume_gone=()
  for __assume_entry in "$@"; do
    __assume_is_usable "${__assume_entry%%=*}" || builtin continue
    if [[ "${__assume_entry}" == *=* ]]; then
      __assume_set+=("${__assume_entry}")
    else
      __assume_gone+=("${__assume_entry}")
    fi
  done
  __assume_targets=("${(@)__assume_set%%=*}" "${__assume_gone[@]}")
  builtin typeset -g __assume_judged="${(j: :)__assume_targets}"
}

# Gives this shell back what it had before the first switch.
function __assume_unset {
  builtin local -a __assume_typed
  __assume_check "${(@k)__assume_how}" || builtin return 1
  __assume_go_back
  __assume_key=
  __assume_renew_at=
  (( ${#__assume_now} == 0 )) || __assume_back=("${__assume_now[@]}")
  __assume_now=()
  (( ! ${+__assume_place} )) || __assume_take_over
}

# --- saving and restoring ------------------------------------------------------------------------------------

# The former values stay in two unexported tables of this shell: __assume_how[NAME] is absent, plain or exported, and
# __assume_was[NAME] the value, or declared where that is no plain text but an array, say, and then the statement that makes
# it again.

# Fails, with a message, when one of the names is read-only. Fills __assume_typed with those that are no plain text, which can
# take none.
function __assume_check {
  builtin local __assume_name
  for __assume_name in "$@"; do
    case "${(Pt)__assume_name}" in
      '' | scalar(|-local)(|-export)) builtin continue ;;
      *readonly*) ;;
      *)
        __assume_typed+=("${__assume_name}")
        builtin continue
        ;;
    esac
    builtin print -ru2 -- "assume: ${__assume_name} is read-only in this shell, so nothing was changed"
    builtin print -ru2 -- "  typeset +r ${__assume_name}"
    builtin return 1
  done
}

# Saves the names that an inherited ASSUME_VARS lists, which were absent before, where they are not saved yet.
function __assume_save_inherited {
  builtin local LC_ALL=C __assume_name
  for __assume_name in ${(s: :)ASSUME_VARS-}; do
    __assume_is_usable "${__assume_name}" && [[ "${(Pt)__assume_name}" != *readonly* ]] || builtin continue
    (( ${+__assume_how[${__assume_name}]} )) || __assume_how[${__assume_name}]=absent
  done
}

# Saves those of __assume_targets that are not saved yet.
function __assume_save_all {
  builtin local __assume_name
  for __assume_name in "${(@)__assume_targets:#ASSUME_VARS}"; do
    (( ${+__assume_how[${__assume_name}]} )) || __assume_save "${__assume_name}"
  done
}

function __assume_save {
  case "${(Pt)1}" in
    '') __assume_how[$1]=absent ;;
    scalar(|-local)) __assume_how[$1]=plain __assume_was[$1]="${(P)1}" ;;
    scalar(|-local)-export) __assume_how[$1]=exported __assume_was[$1]="${(P)1}" ;;
    *) __assume_how[$1]=declared __assume_was[$1]="$(builtin typeset -p -- "$1")" ;;
  esac
}

# Puts back saved names.
function __assume_put_back {
  (( $# > 0 )) || builtin return 0
  builtin local __assume_name
  builtin unset -- "$@"
  for __assume_name in "$@"; do
    case "${__assume_how[${__assume_name}]}" in
      exported) builtin export -- "${__assume_name}=${__assume_was[${__assume_name}]}" ;;
      plain) builtin typeset -g +x -- "${__assume_name}=${__assume_was[${__assume_name}]}" ;;
      declared) builtin eval "${__assume_was[${__assume_name}]}" ;;
    esac
  done
}

# Puts back all that was there before the first switch, and forgets it.
function __assume_go_back {
  __assume_save_inherited
  __assume_put_back "${(@k)__assume_how}"
  __assume_was=() __assume_how=()
  builtin unset ASSUME_VARS
}

# --- names ---------------------------------------------------------------------------------------------------

# Whether a name can be a variable that a switch changes, in the C locale: decided by pattern, the name is never expanded
# before.
function __assume_is_usable {
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
