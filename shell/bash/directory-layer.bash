# What the profile of a directory changes in a shell, for bash; read where there is a file that names one, behind switch.bash.
# shellcheck shell=bash disable=SC2154

# --- the layer -----------------------------------------------------------------------------------------------

# What a directory sets lies below what the user does by hand. The values that it found are kept as those before the first
# switch are, in variables that begin with __assume_layer; __assume_layer_names are their names, and __assume_layer_set is
# what it has set. Beside them is what this shell knew of the switch that was in force. __assume_layer_profile is the profile
# that the layer set, __assume_layer_terms which file it was with what was recorded, and __assume_layer_mark what direnv and
# mise had loaded.

# Sets the profile __assume_wanted, with the region __assume_region if that is not empty, or puts back for `none` what was
# there before the first switch; and keeps what leaving puts back. A row will do whose session is over.
function __assume_enter_layer {
  \builtin local __assume_before __assume_left="${__assume_layer}" __assume_message='no profile'
  \builtin local __assume_unit=$'\037' __assume_fields __assume_common='' __assume_clock='' __assume_generation
  \builtin local __assume_set __assume_gone __assume_targets=' '
  __assume_before="${AWS_PROFILE:-${ASSUME_PROFILE-}}"
  __assume_leave_layer
  if [[ "${__assume_wanted}" == none ]]; then
    __assume_set=()
    __assume_keep_layer
    __assume_set_none
  else
    if ! __assume_look_up_row "${__assume_wanted}" 2>/dev/null; then
      __assume_say_left
      __assume_name_command
      \builtin return 0
    fi
    __assume_message="${__assume_fields[2]}"
    [[ -z "${__assume_region}" ]] || __assume_set_region
    __assume_part_row
    __assume_are_usable "${__assume_targets}" || __assume_judge
    __assume_keep_layer
    __assume_change
  fi || {
    # The same once more at each change below would help nobody.
    __assume_forget_layer
    __assume_say_left
    __assume_stance=hand
    \builtin return 0
  }
  __assume_key='' __assume_renew_at=''
  __assume_layer="${__assume_place}" __assume_layer_terms="${__assume_terms}" __assume_layer_set=(${__assume_set[@]+"${__assume_set[@]}"})
  __assume_layer_profile="${AWS_PROFILE-}/${ASSUME_PROFILE-}" __assume_layer_mark="${DIRENV_DIR-}/${__MISE_SESSION-}"
  if ! \builtin test "${__assume_before}" = "${AWS_PROFILE:-${ASSUME_PROFILE-}}"; then
    [[ "${__assume_wanted}" != none ]] || __assume_message="${AWS_PROFILE:-no profile}"
    __assume_say "${__assume_message}" '' "${__assume_file}"
  fi
  [[ "${__assume_wanted}" == none ]] || __assume_warn_of_session
}

# Takes what this shell has inherited for what the directory has set: nothing was there before that.
function __assume_adopt_layer {
  \builtin local __assume_name __assume_rest="${ASSUME_VARS-} "
  if ! \builtin test "${__assume_wanted}" = "${ASSUME_PROFILE-}" || [[ "${__assume_saved}" != ' ' ]]; then
    __assume_stance=hand
    \builtin return 0
  fi
  __assume_layer_names=' ASSUME_VARS ' __assume_layer_set=() __assume_layer_had=' '
  while [[ -n "${__assume_rest}" ]]; do
    __assume_name="${__assume_rest%% *}"
    __assume_rest="${__assume_rest#* }"
    __assume_are_usable " ${__assume_name} " || \builtin continue
    ! __assume_is_readonly "${__assume_name}" || \builtin continue
    __assume_layer_names+="${__assume_name} "
    [[ -z "${!__assume_name+set}" ]] || __assume_layer_set+=("${__assume_name}=${!__assume_name}")
  done
  __assume_layer_saved=' ' __assume_layer_was_had=' ' __assume_layer_settled='' __assume_layer_others=' '
  __assume_layer_key='' __assume_layer_renew_at=''
  __assume_layer="${__assume_place}" __assume_layer_terms="${__assume_terms}"
  __assume_layer_profile="${AWS_PROFILE-}/${ASSUME_PROFILE-}" __assume_layer_mark="${DIRENV_DIR-}/${__MISE_SESSION-}"
}

# Keeps the values of __assume_targets, which are to be changed, and of all that a switch has changed before.
function __assume_keep_layer {
  \builtin local __assume_name __assume_all __assume_type __assume_rest="${ASSUME_VARS-} "
  __assume_layer_names="${__assume_targets}" __assume_layer_had=' '
  if ! __assume_is_settled; then
    for __assume_name in ${__assume_saved} ASSUME_VARS; do
      [[ "${__assume_layer_names}" == *" ${__assume_name} "* ]] || __assume_layer_names+="${__assume_name} "
    done
    while [[ -n "${__assume_rest}" ]]; do
      __assume_name="${__assume_rest%% *}"
      __assume_rest="${__assume_rest#* }"
      [[ "${__assume_layer_names}" != *" ${__assume_name} "* ]] || \builtin continue
      __assume_are_usable " ${__assume_name} " || \builtin continue
      __assume_is_readonly "${__assume_name}" || __assume_layer_names+="${__assume_name} "
    done
  else
    __assume_layer_names+="${__assume_others# }"
  fi
  for __assume_name in ${__assume_layer_names}; do
    __assume_all="${__assume_name}[@]"
    [[ -z "${!__assume_name+set}${!__assume_all+set}" ]] || __assume_keep __assume_layer "${__assume_name}"
  done
  __assume_layer_saved="${__assume_saved}" __assume_layer_was_had="${__assume_had}"
  __assume_layer_settled="${__assume_settled-}" __assume_layer_others="${__assume_others-}"
  __assume_layer_key="${__assume_key}" __assume_layer_renew_at="${__assume_renew_at-}"
}

# Puts back what was there before the first switch, as `assume --unset` does, but drops nothing of it.
function __assume_set_none {
  \builtin local __assume_name
  __assume_check "${__assume_saved} ASSUME_VARS " || \builtin return 1
  __assume_save_inherited
  __assume_settled=
  [[ "${__assume_saved}" == ' ' ]] || __assume_put_back __assume "${__assume_saved}"
  \builtin unset -v ASSUME_VARS
  for __assume_name in ${__assume_saved}; do
    [[ -z "${!__assume_name+set}" ]] || __assume_set+=("${__assume_name}=${!__assume_name}")
  done
}

# Puts __assume_region in the place of the region of the row.
function __assume_set_region {
  \builtin local __assume_entry __assume_names=''
  \builtin set -- "${__assume_fields[@]:4}"
  __assume_fields=("${__assume_fields[@]:0:4}" "AWS_REGION=${__assume_region}" "AWS_DEFAULT_REGION=${__assume_region}")
  for __assume_entry in "$@"; do
    case "${__assume_entry}" in
      AWS_REGION | AWS_DEFAULT_REGION | AWS_REGION=* | AWS_DEFAULT_REGION=*) ;;
      ASSUME_VARS=*)
        __assume_names=" ${__assume_entry#ASSUME_VARS=} "
        [[ "${__assume_names}" == *' AWS_REGION '* ]] || __assume_entry+=' AWS_REGION'
        [[ "${__assume_names}" == *' AWS_DEFAULT_REGION '* ]] || __assume_entry+=' AWS_DEFAULT_REGION'
        __assume_fields+=("${__assume_entry}")
        ;;
      *) __assume_fields+=("${__assume_entry}") ;;
    esac
  done
  # What all rows remove is beside them.
  __assume_common=" ${__assume_common} "
  __assume_common="${__assume_common/ AWS_REGION / }"
  __assume_common="${__assume_common/ AWS_DEFAULT_REGION / }"
  __assume_common="${__assume_common# }"
  __assume_common="${__assume_common% }"
  __assume_message="${__assume_wanted}, region ${__assume_region}"
}

# Leaves the directory whose profile is in force, if there is one, and says so.
function __assume_leave_directory {
  [[ -n "${__assume_layer}" ]] || \builtin return 0
  \builtin local __assume_left="${__assume_layer}" __assume_before="${AWS_PROFILE:-${ASSUME_PROFILE-}}"
  __assume_leave_layer
  __assume_say_left
}

# Puts back what was in force before the layer, unless the profile is not that of the layer any more, and forgets the layer.
function __assume_leave_layer {
  [[ -n "${__assume_layer}" ]] || \builtin return 0
  if \builtin test "${__assume_layer_profile}" = "${AWS_PROFILE-}/${ASSUME_PROFILE-}" && __assume_check "${__assume_layer_names}"; then
    if \builtin test "${__assume_layer_mark}" = "${DIRENV_DIR-}/${__MISE_SESSION-}"; then
      __assume_put_back_layer "${__assume_layer_names}"
    else
      __assume_give_way
      __assume_take_held_back
    fi
  fi
  __assume_forget_layer
}

# Puts these names back to what they were before the layer, and what this shell knew of the switch that was in force.
function __assume_put_back_layer {
  \builtin local __assume_name
  __assume_put_back __assume_layer "$1"
  for __assume_name in ${__assume_had}; do
    [[ "${__assume_layer_was_had}" == *" ${__assume_name} "* ]] || \builtin unset -v "__assume_was_${__assume_name}" "__assume_how_${__assume_name}"
  done
  __assume_saved="${__assume_layer_saved}" __assume_had="${__assume_layer_was_had}"
  __assume_settled="${__assume_layer_settled}" __assume_others="${__assume_layer_others}"
  __assume_key="${__assume_layer_key}" __assume_renew_at="${__assume_layer_renew_at}"
}

function __assume_forget_layer {
  \builtin local IFS=' '
  __assume_drop __assume_layer
  __assume_layer='' __assume_layer_set=()
}

# Forgets the values that are kept in variables that begin with $1.
function __assume_drop {
  \builtin local __assume_name __assume_kept="$1_had"
  for __assume_name in ${!__assume_kept}; do
    \builtin unset -v "$1_was_${__assume_name}" "$1_how_${__assume_name}"
  done
  \builtin printf -v "${__assume_kept}" ' '
}

# --- what is said --------------------------------------------------------------------------------------------

# Says to people $1, and in parentheses $2 with the path $3.
function __assume_say {
  [[ -z "${ASSUME_QUIET-}" && -t 2 ]] || \builtin return 0
  \builtin local __assume_shown
  __assume_show_path "$3"
  \builtin printf '%s (%s%s)\n' "${1//[[:cntrl:]]/?}" "$2" "${__assume_shown}" >&2
}

# Says that __assume_left was left, if the profile is another than __assume_before.
function __assume_say_left {
  \builtin local __assume_now="${AWS_PROFILE:-${ASSUME_PROFILE-}}"
  [[ -n "${__assume_left}" ]] && ! \builtin test "${__assume_now}" = "${__assume_before}" || \builtin return 0
  if [[ -n "${__assume_now}" ]]; then __assume_now+=" again"; else __assume_now="no profile"; fi
  __assume_say "${__assume_now}" "left " "${__assume_left}"
}

# Says what to type where a profile has no row, once while the place stays the place.
function __assume_name_command {
  \builtin local __assume_shown __assume_call=''
  ! \builtin test "${__assume_told}" = "${__assume_place}" || \builtin return 0
  __assume_told="${__assume_place}"
  # shellcheck source=shell/bash/commands.bash
  [[ -n "${__assume_subcommands-}" ]] || \builtin . "${__assume_folder}/commands.bash"
  if [[ "${__assume_wanted}" == -* || "${__assume_subcommands}" == *" ${__assume_wanted} "* ]]; then
    __assume_add_words "--profile=${__assume_wanted}"
  else
    __assume_add_words "${__assume_wanted}"
  fi
  [[ -z "${__assume_region}" ]] || __assume_add_words --region "${__assume_region}"
  __assume_show_path "${__assume_file}"
  \builtin printf 'assume: %s wants %s: assume%s\n' "${__assume_shown}" "${__assume_wanted}" "${__assume_call}" >&2
}

# Warns where the session of the row is over, or its token is gone.
function __assume_warn_of_session {
  \builtin local __assume_list="${__assume_generation}/sessions" __assume_lines __assume_token='' __assume_end=''
  [[ "${__assume_fields[1]}" != 0 ]] || \builtin return 0
  if __assume_is_number "${__assume_fields[1]}" && __assume_is_trusted "${__assume_list}"; then
    {
      [[ "${__assume_fields[1]}" == 1 ]] || \builtin mapfile -t -n "$((__assume_fields[1] - 1))" __assume_lines
      IFS="${__assume_unit}" \builtin read -r __assume_token __assume_end
    } <"${__assume_list}"
    if __assume_is_number "${__assume_end}" && [[ -e "${__assume_token}" && "${__assume_end}" -gt "${__assume_clock}" ]]; then
      \builtin return 0
    fi
    # A login that was no command of ours is not in the list.
    [[ ! "${__assume_token}" -nt "${__assume_list}" ]] || \builtin return 0
  fi
  \builtin printf 'assume: warning: the session of %s has ended: assume login\n' "${__assume_wanted}" >&2
}
