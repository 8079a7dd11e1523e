# A profile for each directory, as .aws-profile or .awsprofile names it, for zsh. A start-up file that calls
# __assume_watch_directories turns it on; without that call nothing of this is read. Where there is such a file,
# directory-file.zsh decides, and directory-layer.zsh changes the shell.

# --- the place -----------------------------------------------------------------------------------------------

# Sets __assume_nearest to the directory with the nearest file, upwards from $PWD, and __assume_file to that file; both are
# empty where there is none. Inside $HOME nothing above it is looked at. A link that leads nowhere is a file, too.
function __assume_find_nearest {
  builtin local __assume_up="${PWD-}" __assume_home="${HOME-}"
  __assume_nearest='' __assume_file=''
  [[ "${__assume_up}" == /* ]] || builtin return 0
  while [[ "${__assume_up}" == */ ]]; do __assume_up="${__assume_up%/}"; done
  while [[ "${__assume_home}" == */ ]]; do __assume_home="${__assume_home%/}"; done
  while :; do
    __assume_file="${__assume_up}/.aws-profile"
    [[ -e "${__assume_file}" || -h "${__assume_file}" ]] || __assume_file="${__assume_up}/.awsprofile"
    if [[ -e "${__assume_file}" || -h "${__assume_file}" ]]; then
      __assume_nearest="${__assume_up:-/}"
      builtin return 0
    fi
    [[ -n "${__assume_up}" && "${__assume_up}" != "${__assume_home}" ]] || builtin break
    __assume_up="${__assume_up%/*}"
  done
  __assume_file=''
}

# --- the hook ------------------------------------------------------------------------------------------------

# What this shell knows of its place, never exported: __assume_place is the directory with the nearest file, or empty, and
# __assume_file that file; __assume_seen the $PWD that was looked at last; __assume_stance is `hand` where the user has
# switched since the place was entered, and `aside` where direnv or mise has the say; __assume_layer is the directory whose
# profile is in force, or empty; __assume_held has what direnv may give back of what that had set.

# Follows the profiles of directories from now on.
function __assume_follow_directories {
  builtin typeset -g __assume_place='' __assume_file='' __assume_seen='' __assume_stance='' __assume_layer='' __assume_told=''
  builtin typeset -g __assume_layer_terms='' __assume_layer_profile='' __assume_layer_settled='' __assume_layer_key=''
  builtin typeset -g __assume_layer_renew_at='' __assume_layer_mark='' __assume_held_mark=''
  builtin typeset -ga __assume_refused __assume_held __assume_held_set __assume_layer_set __assume_layer_others chpwd_functions
  builtin typeset -gA __assume_layer_how __assume_layer_was __assume_layer_base_how __assume_layer_base_was
  builtin typeset -gA __assume_held_how __assume_held_was
  chpwd_functions=("${(@)chpwd_functions:#__assume_follow_directory}" __assume_follow_directory)
  builtin local __assume_is_first=yes
  __assume_look
}

# Looks again, as if the place had just been entered: a command has changed what is recorded.
function __assume_look_again {
  __assume_seen='' __assume_stance='' __assume_told=''
  __assume_look
}

# At a change of the directory.
function __assume_follow_directory {
  __assume_quietly __assume_look || builtin true
}

# At a prompt: `cd -q` has changed the directory unseen, and direnv and mise may have run since.
function __assume_look_at_prompt {
  if (( ${#__assume_held} == 0 )) && [[ "${__assume_stance}" != aside && (-z "${__assume_layer}" || -z "${DIRENV_DIR-}${__MISE_SESSION-}") ]]; then
    [[ "${PWD-}" != "${__assume_seen}" ]] || builtin return 0
  fi
  __assume_quietly __assume_look || builtin true
}

# Looks for the profile of $PWD, unless that is where this was done last, and sees to direnv and mise.
function __assume_look {
  builtin local __assume_nearest __assume_is_other=''
  if [[ "${PWD-}" != "${__assume_seen}" ]]; then
    __assume_is_other=yes
    __assume_seen="${PWD-}"
    __assume_find_nearest
    if [[ "${__assume_nearest}" != "${__assume_place}" ]]; then
      __assume_place="${__assume_nearest}" __assume_stance='' __assume_told=''
    fi
  fi
  [[ -n "${__assume_layer}" ]] || (( ${#__assume_held} == 0 )) || __assume_take_held_back
  if __assume_is_theirs; then
    [[ -z "${__assume_place}" ]] || __assume_stance=aside
    [[ -z "${__assume_layer}" ]] || __assume_give_way
    builtin return 0
  fi
  [[ (-n "${__assume_is_other}" || "${__assume_stance}" == aside) && "${__assume_stance}" != hand ]] || builtin return 0
  __assume_stance=''
  if [[ -n "${__assume_place}" ]]; then
    __assume_read_directory_files && __assume_enter_directory
  elif [[ -n "${__assume_layer}" ]]; then
    __assume_leave_directory
  fi
}

function __assume_read_directory_files {
  (( ${+functions[__assume_change]} )) || __assume_read_switch '' || builtin return 1
  (( ! ${+functions[__assume_enter_layer]} )) || builtin return 0
  builtin source "${__assume_folder}/directory-file.zsh"
  builtin source "${__assume_folder}/directory-layer.zsh"
  builtin source "${__assume_folder}/directory-others.zsh"
}

# Whether AWS_PROFILE is what direnv or mise has set, and no switch and no directory of ours.
function __assume_is_theirs {
  [[ -n "${DIRENV_DIR-}${__MISE_SESSION-}" && -n "${AWS_PROFILE-}" ]] || builtin return 1
  [[ " ${ASSUME_VARS-} " != *' AWS_PROFILE '* || "${AWS_PROFILE}" != "${ASSUME_PROFILE-}" ]]
}

# The user has switched: that stays until another place is entered.
function __assume_take_over {
  __assume_stance=hand
  [[ -z "${__assume_layer}" ]] || __assume_forget_layer
  (( ${#__assume_held} == 0 )) || __assume_hold_hand
}
