# The switch of assume for bash, read by assume.bash at the first one; index.bash, save.bash, exec.bash and
# renew.bash are its other parts.
# shellcheck shell=bash disable=SC2154

# shellcheck source=shell/bash/index.bash
\builtin . "${__assume_folder}/index.bash"
# shellcheck source=shell/bash/save.bash
\builtin . "${__assume_folder}/save.bash"
# shellcheck source=shell/bash/exec.bash
\builtin . "${__assume_folder}/exec.bash"
# shellcheck source=shell/bash/renew.bash
\builtin . "${__assume_folder}/renew.bash"

function __assume_run {
  case "$#${1-}" in
    1-u | 1--unset) __assume_unset ;;
    1-) __assume_go_to_last ;;
    *) __assume_switch "$@" ;;
  esac
}

function __assume_go_to_last {
  if [[ -n "${__assume_back+set}" ]]; then
    __assume_switch "${__assume_back[@]}"
  else
    \builtin printf 'assume: there is no earlier switch in this shell\n' >&2
    \builtin return 2
  fi
}

# Applies the row of the profile index where there is one that will do, else what the core answers.
function __assume_switch {
  \builtin local __assume_fields __assume_common __assume_clock __assume_repeat
  if [[ $# -eq 1 ]] && __assume_find_row "${1#--profile=}" 2>/dev/null; then
    [[ -z "${__assume_fields[3]}" ]] || \builtin printf 'assume: warning: %s\n' "${__assume_fields[3]}" >&2
    __assume_note_use 2>/dev/null
    __assume_repeat=("--profile=${__assume_fields[0]}")
    __assume_finish
  else
    __assume_ask "$@"
  fi
}

# Applies what the core answers. A closed stdout cannot be copied.
function __assume_ask {
  if { \builtin true 4>&1; } 2>/dev/null; then
    __assume_request "$@"
  else
    __assume_request "$@" >/dev/null
  fi
}

# Calls the core with its stdout left alone; what it writes to descriptor 3 is the switch.
function __assume_request {
  \builtin local __assume_code='' __assume_status=0
  __assume_look_for_core || \builtin return
  {
    __assume_code="$(
      ASSUME_SHELL=bash ASSUME_CONTRACT=4 ASSUME_KEY_ID="${__assume_key-}" \command "${__assume_core}" "$@" 3>&1 >&4 4>&-
    )" || __assume_status=$?
  } 4>&1 || __assume_status=$?
  if [[ "${__assume_status}" -eq 0 && -n "${__assume_code}" ]]; then
    \builtin eval "${__assume_code} || __assume_status=\$?"
  fi
  \builtin return "${__assume_status}"
}

# --- applying a switch ---------------------------------------------------------------------------------------

# __assume_apply MESSAGE REPEAT... -- [__assume_renew_at=SECONDS] NAME=VALUE... NAME...
# What the core answers: as if it had come from a row.
function __assume_apply {
  \builtin local __assume_fields __assume_common='' __assume_repeat __assume_message="$1" __assume_renewal=''
  \builtin shift
  __assume_repeat=()
  while [[ "$1" != -- ]]; do
    __assume_repeat+=("$1")
    \builtin shift
  done
  \builtin shift
  if [[ "${1-}" == __assume_renew_at=* ]]; then
    __assume_renewal="${1#*=}"
    \builtin shift
  fi
  __assume_fields=('' '' "${__assume_message}" '' "$@")
  __assume_finish
}

# Switches by the row in __assume_fields and __assume_common, which __assume_repeat does again.
function __assume_finish {
  \builtin local __assume_targets
  __assume_change || \builtin return 1
  __assume_key=
  [[ "${__assume_targets}" != *' AWS_ACCESS_KEY_ID '* ]] || __assume_key="${AWS_ACCESS_KEY_ID-}"
  __assume_renew_at=
  [[ -z "${__assume_renewal-}" ]] || __assume_plan_renewal "${__assume_renewal}"
  if [[ -z "${__assume_renews-}" ]]; then
    if [[ -n "${__assume_now+set}" ]]; then __assume_back=("${__assume_now[@]}"); fi
    __assume_now=("${__assume_repeat[@]}")
    [[ -z "${__assume_place+set}" ]] || __assume_take_over
  fi
  if [[ -z "${ASSUME_QUIET-}" && -t 2 ]]; then \builtin printf '%s\n' "${__assume_fields[2]}" >&2; fi
}

# Parts the row into __assume_set, NAME=VALUE, and __assume_gone, names; __assume_targets are the names of both. With
# IFS=' '.
function __assume_part_row {
  \builtin local __assume_count="${#__assume_fields[@]}"
  while [[ "${__assume_fields[__assume_count - 1]}" != *=* && "${__assume_count}" -gt 4 ]]; do
    __assume_count=$((__assume_count - 1))
  done
  __assume_set=("${__assume_fields[@]:4:__assume_count-4}")
  __assume_gone="${__assume_fields[*]:__assume_count}${__assume_common:+ ${__assume_common}}"
  __assume_targets=" ${__assume_set[*]%%=*} ${__assume_gone# } "
}

# Whether these are the names of the change before, with all that decides which there are to look at, to save and to put
# back. To quote a long text for a comparison by pattern takes longer.
function __assume_is_settled {
  \builtin test "${__assume_targets}/${__assume_saved}/${ASSUME_VARS-}" = "${__assume_settled-}"
}

# Sets and removes what the row says, and puts back all other names that are saved.
function __assume_change {
  \builtin local IFS=' ' __assume_set __assume_gone
  __assume_part_row
  if __assume_is_settled; then
    __assume_check "${__assume_targets}${__assume_others}" || \builtin return 1
  else
    __assume_settle || \builtin return 1
  fi
  __assume_set_all
}

# With IFS=' '.
function __assume_set_all {
  [[ "${__assume_others}" == ' ' ]] || __assume_put_back __assume "${__assume_others}"
  [[ "${#__assume_set[@]}" -eq 0 ]] || \builtin export "${__assume_set[@]}"
  # shellcheck disable=SC2086
  \builtin unset -v ${__assume_gone}
}

# Looks at names for the first time.
function __assume_settle {
  __assume_settled=
  __assume_are_usable "${__assume_targets}" || __assume_judge
  __assume_check "${__assume_targets}${__assume_saved}" || \builtin return 1
  __assume_save_inherited
  __assume_save_all
  __assume_choose_others
  __assume_settled="${__assume_targets}/${__assume_saved}/${ASSUME_VARS-}"
}

# Leaves in __assume_set, __assume_gone and __assume_targets what a switch can change.
function __assume_judge {
  \builtin local __assume_entry
  # shellcheck disable=SC2086
  \builtin set -- ${__assume_set[@]+"${__assume_set[@]}"} ${__assume_gone}
  __assume_set=() __assume_gone='' __assume_targets=' '
  for __assume_entry in "$@"; do
    __assume_are_usable " ${__assume_entry%%=*} " || \builtin continue
    __assume_targets+="${__assume_entry%%=*} "
    case "${__assume_entry}" in
      *=*) __assume_set+=("${__assume_entry}") ;;
      *) __assume_gone+="${__assume_entry} " ;;
    esac
  done
}

# Gives this shell back what it had before the first switch.
function __assume_unset {
  \builtin local IFS=' '
  __assume_check "${__assume_saved}" || \builtin return 1
  __assume_go_back
  __assume_key=
  __assume_renew_at=
  if [[ -n "${__assume_now+set}" ]]; then __assume_back=("${__assume_now[@]}"); fi
  \builtin unset -v __assume_now
  [[ -z "${__assume_place+set}" ]] || __assume_take_over
}
