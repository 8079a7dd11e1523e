# A profile for each directory, as .aws-profile or .awsprofile names it, for bash. A start-up file that calls
# __assume_watch_directories turns it on; without that call nothing of this is read. Where there is such a file,
# directory-file.bash decides, and directory-layer.bash changes the shell.
# shellcheck shell=bash disable=SC2154

# --- the place -----------------------------------------------------------------------------------------------

# Sets __assume_nearest to the directory with the nearest file, upwards from $PWD, and __assume_file to that file; both are
# empty where there is none. Inside $HOME nothing above it is looked at. A link that leads nowhere is a file, too.
function __assume_find_nearest {
  \builtin local __assume_up="${PWD-}" __assume_home="${HOME-}"
  __assume_nearest='' __assume_file=''
  [[ "${__assume_up}" == /* ]] || \builtin return 0
  while [[ "${__assume_up}" == */ ]]; do __assume_up="${__assume_up%/}"; done
  while [[ "${__assume_home}" == */ ]]; do __assume_home="${__assume_home%/}"; done
  while :; do
    __assume_file="${__assume_up}/.aws-profile"
    [[ -e "${__assume_file}" || -h "${__assume_file}" ]] || __assume_file="${__assume_up}/.awsprofile"
    if [[ -e "${__assume_file}" || -h "${__assume_file}" ]]; then
      __assume_nearest="${__assume_up:-/}"
      \builtin return 0
    fi
    if [[ -z "${__assume_up}" ]] || \builtin test "${__assume_up}" = "${__assume_home}"; then \builtin break; fi
    __assume_up="${__assume_up%/*}"
  done
  __assume_file=''
}

# --- the hook ------------------------------------------------------------------------------------------------

# What this shell knows of its place, never exported: __assume_place is the directory with the nearest file, or empty, and
# __assume_file that file; __assume_seen the $PWD that was looked at last; __assume_stance is `hand` where the user has
# switched since the place was entered, and `aside` where direnv or mise has the say; __assume_layer is the directory whose
# profile is in force, or empty; __assume_held is not empty where direnv may give back what that had set.

# Follows the profiles of directories from now on.
function __assume_follow_directories {
  __assume_place='' __assume_file='' __assume_stance='' __assume_layer='' __assume_held='' __assume_refused=''
  \builtin local __assume_is_first=yes
  __assume_look_again
}

# A command that may change what is recorded.
function __assume_call_here {
  \builtin local __assume_status=0
  __assume_call_core "$@" || __assume_status=$?
  __assume_look_again
  \builtin return "${__assume_status}"
}

# Looks again, as if the place had just been entered: a command has changed what is recorded.
function __assume_look_again {
  __assume_seen='' __assume_stance='' __assume_told=''
  __assume_quietly __assume_look || \builtin true
}

# At each prompt.
function __assume_look_at_prompt {
  if [[ -z "${__assume_held}" && "${__assume_stance}" != aside && (-z "${__assume_layer}" || -z "${DIRENV_DIR-}${__MISE_SESSION-}") ]]; then
    ! \builtin test "${PWD-}" = "${__assume_seen}" || \builtin return 0
  fi
  __assume_quietly __assume_look || \builtin true
}

# Looks for the profile of $PWD, unless that is where this was done last, and sees to direnv and mise.
function __assume_look {
  \builtin local IFS=' ' __assume_nearest __assume_is_other=''
  if ! \builtin test "${PWD-}" = "${__assume_seen}"; then
    __assume_is_other=yes
    __assume_seen="${PWD-}"
    __assume_find_nearest
    if ! \builtin test "${__assume_nearest}" = "${__assume_place}"; then
      __assume_place="${__assume_nearest}" __assume_stance='' __assume_told=''
    fi
  fi
  [[ -z "${__assume_held}" || -n "${__assume_layer}" ]] || __assume_take_held_back
  if __assume_is_theirs; then
    [[ -z "${__assume_place}" ]] || __assume_stance=aside
    [[ -z "${__assume_layer}" ]] || __assume_give_way
    \builtin return 0
  fi
  [[ "${__assume_stance}${__assume_is_other}" == *[as]* && "${__assume_stance}" != hand ]] || \builtin return 0
  __assume_stance=''
  if [[ -n "${__assume_place}" ]]; then
    __assume_read_directory_files && __assume_enter_directory
  elif [[ -n "${__assume_layer}" ]]; then
    __assume_leave_directory
  fi
}

function __assume_read_directory_files {
  \builtin declare -F __assume_change >/dev/null || __assume_read_switch || \builtin return 1
  ! \builtin declare -F __assume_enter_layer >/dev/null || \builtin return 0
  # shellcheck source=shell/bash/directory-file.bash
  \builtin . "${__assume_folder}/directory-file.bash"
  # shellcheck source=shell/bash/directory-layer.bash
  \builtin . "${__assume_folder}/directory-layer.bash"
  # shellcheck source=shell/bash/directory-others.bash
  \builtin . "${__assume_folder}/directory-others.bash"
}

# Whether AWS_PROFILE is what direnv or mise has set, and no switch and no directory of ours.
function __assume_is_theirs {
  [[ -n "${DIRENV_DIR-}${__MISE_SESSION-}" && -n "${AWS_PROFILE-}" ]] || \builtin return 1
  [[ " ${ASSUME_VARS-} " != *' AWS_PROFILE '* ]] || ! \builtin test "${AWS_PROFILE}" = "${ASSUME_PROFILE-}"
}

# The user has switched: that stays until another place is entered.
function __assume_take_over {
  __assume_stance=hand
  [[ -z "${__assume_layer}" ]] || __assume_forget_layer
  [[ -z "${__assume_held}" ]] || __assume_hold_hand
}
