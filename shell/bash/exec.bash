# assume exec for bash, read with switch.bash.
# shellcheck shell=bash disable=SC2154

# Starts the command in a subshell, which becomes it, or the core: job control, signals and the terminal are this shell's own
# business, and of what is changed for the command nothing stays. The subshell calls `assume exec` once more, since the job
# list shows what it was called by: that function by its own name, which is another one where the user has put a function
# of that name in front of it.
function __assume_exec {
  if [[ -n "${__assume_depth-}" && "${BASH_SUBSHELL-1}" -gt "${__assume_depth}" ]]; then
    __assume_become "$@"
    \builtin return
  fi
  \builtin local __assume_call __assume_depth __assume_fields __assume_common __assume_clock
  __assume_call="${FUNCNAME[1]-assume}"
  # Of the first call, which has read this file.
  [[ "${__assume_call}" != __assume_exec ]] || __assume_call="${FUNCNAME[2]}"
  \builtin local __assume_set __assume_gone __assume_targets __assume_is_ready
  __assume_quietly __assume_prepare_exec "$@" || \builtin return 125
  # As in __assume_call_core.
  \builtin eval "${__assume_call} || \\builtin return"
}

# Puts the call for the subshell into __assume_call, and fills __assume_fields where a row will do. What can be looked at
# before the subshell is, which pays for each page of memory that it writes to. Fails where there is neither a row nor a
# core.
function __assume_prepare_exec {
  \builtin local IFS=' '
  __assume_depth="${BASH_SUBSHELL-0}"
  if __assume_is_plain_exec "$@" && __assume_find_row "$2" 2>/dev/null; then
    __assume_part_row
    __assume_is_ready=
    ! __assume_is_settled || ! __assume_check "${__assume_targets}${__assume_others}" 2>/dev/null || __assume_is_ready=yes
  else
    __assume_fields=()
    __assume_look_for_core || \builtin return
  fi
  # An alias would be taken for it.
  if [[ "${BASH_VERSINFO[0]}" -ge 4 && -z "${BASH_ALIASES[${__assume_call}]-}" ]]; then
    __assume_call="( ${__assume_call}"
  else
    __assume_call="( \\${__assume_call}"
  fi
  __assume_add_words "$@"
  __assume_call+=' )'
}

# Whether the words are: exec NAME [--] COMMAND... with a command that is there.
function __assume_is_plain_exec {
  [[ "${3-}" != -- ]] || \builtin set -- "$1" "$2" "${@:4}"
  case "${3-}" in
    '' | -*) \builtin return 1 ;;
    */*) [[ -f "$3" && -x "$3" ]] ;;
    *) \builtin type -P -- "$3" >/dev/null ;;
  esac
}

# In the subshell: what is there before the first switch is there again, and the row on top of it.
function __assume_become {
  if [[ "${#__assume_fields[@]}" -gt 0 ]] && __assume_quietly __assume_take_row; then
    \builtin shift 2
    [[ "$1" != -- ]] || \builtin shift
    # As PATH is now, where bash remembers.
    [[ "$1" == */* ]] || \builtin hash -r 2>/dev/null || \builtin true
    \builtin exec -- "$@"
    \builtin return
  fi
  # shellcheck disable=SC2034
  \builtin local -x ASSUME_KEY_ID ASSUME_CALLER
  # shellcheck disable=SC2034
  ASSUME_CALLER=bash
  __assume_quietly __assume_prepare_core
  \builtin exec -- "${__assume_core}" "$@"
}

# Changes the environment for the command. Fails, with nothing changed, where the core has to say something.
function __assume_take_row {
  \builtin local IFS=' '
  if [[ -n "${__assume_is_ready}" ]]; then __assume_set_all; else __assume_change 2>/dev/null || \builtin return 1; fi
  [[ -z "${__assume_fields[3]}" ]] || \builtin printf 'assume: warning: %s\n' "${__assume_fields[3]}" >&2
}

# Puts back what a switch in this shell has changed, read-only names excepted. The core sees to an inherited switch.
function __assume_prepare_core {
  \builtin local IFS=' ' __assume_name
  __assume_look_for_core || \builtin exit 125
  # shellcheck disable=SC2034
  ASSUME_KEY_ID="${__assume_key-}"
  [[ "${__assume_saved}" != ' ' ]] || \builtin return 0
  for __assume_name in ${__assume_saved}; do
    ! __assume_is_readonly "${__assume_name}" || __assume_saved="${__assume_saved/ ${__assume_name} / }"
  done
  __assume_go_back 2>/dev/null
}
