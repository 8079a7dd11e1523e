# What the profile of a directory changes in a shell, for zsh; read where there is a file that names one, behind switch.zsh.

# --- the layer -----------------------------------------------------------------------------------------------

# What a directory sets lies below what the user does by hand. The values that it found are kept as those before the first
# switch are, in __assume_layer_how and __assume_layer_was, and __assume_layer_set is what it has set. Beside them is what this
# shell knew of the switch that was in force. __assume_layer_profile is the profile that the layer set, __assume_layer_terms
# which file it was with what was recorded, and __assume_layer_mark what direnv and mise had loaded.

# Sets the profile __assume_wanted, with the region __assume_region if that is not empty, or puts back for `none` what was
# there before the first switch; and keeps what leaving puts back. A row will do whose session is over.
function __assume_enter_layer {
  builtin local __assume_before="${AWS_PROFILE:-${ASSUME_PROFILE-}}" __assume_left="${__assume_layer}" __assume_message='no profile'
  builtin local __assume_unit=$'\037' __assume_clock='' __assume_generation='' __assume_is_done=''
  builtin local -a __assume_fields __assume_targets __assume_set __assume_gone
  __assume_leave_layer
  if [[ "${__assume_wanted}" == none ]]; then
    __assume_keep_layer
    __assume_set_none && __assume_is_done=yes
  elif __assume_look_up_row "${__assume_wanted}" 2>/dev/null; then
    __assume_message="${__assume_fields[3]}"
    [[ -z "${__assume_region}" ]] || __assume_set_region
    __assume_part_row
    __assume_judge
    __assume_keep_layer
    __assume_change && __assume_is_done=yes
    __assume_set=("${(@M)__assume_fields[5,-1]:#*=*}")
  else
    __assume_say_left
    __assume_name_command
    builtin return 0
  fi
  if [[ -z "${__assume_is_done}" ]]; then
    # The same once more at each change below would help nobody.
    __assume_forget_layer
    __assume_say_left
    __assume_stance=hand
    builtin return 0
  fi
  builtin typeset -g __assume_key='' __assume_renew_at=''
  __assume_layer="${__assume_place}" __assume_layer_terms="${__assume_terms}" __assume_layer_set=("${__assume_set[@]}")
  __assume_layer_profile="${AWS_PROFILE-}/${ASSUME_PROFILE-}" __assume_layer_mark="${DIRENV_DIR-}/${__MISE_SESSION-}"
  if [[ "${__assume_before}" != "${AWS_PROFILE:-${ASSUME_PROFILE-}}" ]]; then
    [[ "${__assume_wanted}" != none ]] || __assume_message="${AWS_PROFILE:-no profile}"
    __assume_say "${__assume_message}" '' "${__assume_file}"
  fi
  [[ "${__assume_wanted}" == none ]] || __assume_warn_of_session
}

# Takes what this shell has inherited for what the directory has set: nothing was there before that.
function __assume_adopt_layer {
  builtin local LC_ALL=C __assume_name
  if [[ "${__assume_wanted}" != "${ASSUME_PROFILE-}" ]] || (( ${#__assume_how} > 0 )); then
    __assume_stance=hand
    builtin return 0
  fi
  __assume_layer_how=(ASSUME_VARS absent) __assume_layer_was=() __assume_layer_set=()
  for __assume_name in ${(s: :)ASSUME_VARS-}; do
    __assume_is_usable "${__assume_name}" && [[ "${(Pt)__assume_name}" != *readonly* ]] || builtin continue
    __assume_layer_how[${__assume_name}]=absent
    [[ -z "${(Pt)__assume_name}" ]] || __assume_layer_set+=("${__assume_name}=${(P)__assume_name}")
  done
  __assume_layer_base_how=() __assume_layer_base_was=() __assume_layer_settled='' __assume_layer_others=()
  __assume_layer_key='' __assume_layer_renew_at=''
  __assume_layer="${__assume_place}" __assume_layer_terms="${__assume_terms}"
  __assume_layer_profile="${AWS_PROFILE-}/${ASSUME_PROFILE-}" __assume_layer_mark="${DIRENV_DIR-}/${__MISE_SESSION-}"
}

# Keeps the values of __assume_targets, which are to be changed, and of all that a switch has changed before.
function __assume_keep_layer {
  builtin local LC_ALL=C __assume_name
  builtin local -aU __assume_names
  __assume_names=("${__assume_targets[@]}" "${(@k)__assume_how}" ASSUME_VARS)
  for __assume_name in ${(s: :)ASSUME_VARS-}; do
    (( ! ${__assume_names[(Ie)${__assume_name}]} )) && __assume_is_usable "${__assume_name}" || builtin continue
    [[ "${(Pt)__assume_name}" == *readonly* ]] || __assume_names+=("${__assume_name}")
  done
  __assume_layer_base_how=("${(@kv)__assume_how}") __assume_layer_base_was=("${(@kv)__assume_was}")
  __assume_layer_settled="${__assume_settled-}" __assume_layer_others=("${__assume_others[@]}")
  __assume_layer_key="${__assume_key-}" __assume_layer_renew_at="${__assume_renew_at-}"
  __assume_keep "${__assume_names[@]}"
}

# Fills __assume_layer_how and __assume_layer_was with how these names are now.
function __assume_keep {
  builtin local __assume_name
  builtin local -A __assume_how __assume_was
  for __assume_name in "$@"; do __assume_save "${__assume_name}"; done
  __assume_layer_how=("${(@kv)__assume_how}") __assume_layer_was=("${(@kv)__assume_was}")
}

# Puts back what was there before the first switch, as `assume --unset` does, but drops nothing of it.
function __assume_set_none {
  builtin local __assume_name
  builtin local -a __assume_typed
  __assume_check "${(@k)__assume_how}" ASSUME_VARS || builtin return 1
  __assume_save_inherited
  __assume_settled=
  __assume_put_back "${(@k)__assume_how}"
  builtin unset ASSUME_VARS
  for __assume_name in "${(@k)__assume_how}"; do
    [[ -z "${(Pt)__assume_name}" ]] || __assume_set+=("${__assume_name}=${(P)__assume_name}")
  done
}

# Puts __assume_region in the place of the region of the row.
function __assume_set_region {
  builtin local __assume_entry __assume_name
  builtin local -a __assume_rest
  __assume_rest=("${(@)__assume_fields[5,-1]:#(AWS_REGION|AWS_DEFAULT_REGION)(|=*)}")
  __assume_fields=("${(@)__assume_fields[1,4]}" "AWS_REGION=${__assume_region}" "AWS_DEFAULT_REGION=${__assume_region}")
  for __assume_entry in "${__assume_rest[@]}"; do
    if [[ "${__assume_entry}" == ASSUME_VARS=* ]]; then
      for __assume_name in AWS_REGION AWS_DEFAULT_REGION; do
        [[ " ${__assume_entry#ASSUME_VARS=} " == *" ${__assume_name} "* ]] || __assume_entry+=" ${__assume_name}"
      done
    fi
    __assume_fields+=("${__assume_entry}")
  done
  __assume_message="${__assume_wanted}, region ${__assume_region}"
}

# Leaves the directory whose profile is in force, if there is one, and says so.
function __assume_leave_directory {
  [[ -n "${__assume_layer}" ]] || builtin return 0
  builtin local __assume_left="${__assume_layer}" __assume_before="${AWS_PROFILE:-${ASSUME_PROFILE-}}"
  __assume_leave_layer
  __assume_say_left
}

# Puts back what was in force before the layer, unless the profile is not that of the layer any more, and forgets the layer.
function __assume_leave_layer {
  [[ -n "${__assume_layer}" ]] || builtin return 0
  builtin local -a __assume_typed
  if [[ "${__assume_layer_profile}" == "${AWS_PROFILE-}/${ASSUME_PROFILE-}" ]] && __assume_check "${(@k)__assume_layer_how}"; then
    if [[ "${__assume_layer_mark}" == "${DIRENV_DIR-}/${__MISE_SESSION-}" ]]; then
      __assume_put_back_layer "${(@k)__assume_layer_how}"
    else
      __assume_give_way
      __assume_take_held_back
    fi
  fi
  __assume_forget_layer
}

# Puts these names back to what they were before the layer, and what this shell knew of the switch that was in force.
function __assume_put_back_layer {
  __assume_put_back_from __assume_layer "$@"
  __assume_how=("${(@kv)__assume_layer_base_how}") __assume_was=("${(@kv)__assume_layer_base_was}")
  __assume_settled="${__assume_layer_settled}" __assume_others=("${__assume_layer_others[@]}")
  builtin typeset -g __assume_key="${__assume_layer_key}" __assume_renew_at="${__assume_layer_renew_at}"
}

# Puts back names from the tables that begin with $1.
function __assume_put_back_from {
  builtin local -a __assume_pairs_how __assume_pairs_was
  __assume_pairs_how=("${(@Pkv)${:-${1}_how}}") __assume_pairs_was=("${(@Pkv)${:-${1}_was}}")
  builtin shift
  builtin local -A __assume_how __assume_was
  __assume_how=("${__assume_pairs_how[@]}") __assume_was=("${__assume_pairs_was[@]}")
  __assume_put_back "$@"
}

function __assume_forget_layer {
  __assume_layer='' __assume_layer_set=() __assume_layer_how=() __assume_layer_was=()
  __assume_layer_base_how=() __assume_layer_base_was=()
}

# --- what is said --------------------------------------------------------------------------------------------

# Says to people $1, and in parentheses $2 with the path $3.
function __assume_say {
  [[ -z "${ASSUME_QUIET-}" && -t 2 ]] || builtin return 0
  builtin local __assume_shown
  __assume_show_path "$3"
  __assume_warn "${1//[[:cntrl:]]/?} ($2${__assume_shown})"
}

# Says that __assume_left was left, if the profile is another than __assume_before.
function __assume_say_left {
  builtin local __assume_now="${AWS_PROFILE:-${ASSUME_PROFILE-}}"
  [[ -n "${__assume_left}" && "${__assume_now}" != "${__assume_before}" ]] || builtin return 0
  if [[ -n "${__assume_now}" ]]; then __assume_now+=' again'; else __assume_now='no profile'; fi
  __assume_say "${__assume_now}" 'left ' "${__assume_left}"
}

# Says what to type where a profile has no row, once while the place stays the place.
function __assume_name_command {
  builtin local __assume_shown
  builtin local -a __assume_words
  [[ "${__assume_told}" != "${__assume_place}" ]] || builtin return 0
  __assume_told="${__assume_place}"
  __assume_words=(assume "${__assume_wanted}")
  if [[ "${__assume_wanted}" == -* ]] || __assume_is_direct "${__assume_wanted}"; then
    __assume_words[2]="--profile=${__assume_wanted}"
  fi
  [[ -z "${__assume_region}" ]] || __assume_words+=(--region "${__assume_region}")
  __assume_show_path "${__assume_file}"
  __assume_warn "assume: ${__assume_shown} wants ${__assume_wanted}: ${(j: :)${(@q-)__assume_words}}"
}

# Warns where the session of the row is over, or its token is gone.
function __assume_warn_of_session {
  builtin local __assume_list="${__assume_generation}/sessions" __assume_text __assume_token='' __assume_end=''
  builtin local -a __assume_found
  [[ "${__assume_fields[2]}" != 0 ]] || builtin return 0
  if __assume_is_number "${__assume_fields[2]}" && __assume_is_trusted "${__assume_list}" && __assume_read_bytes "${__assume_list}" 10000000; then
    __assume_found=("${(@f)__assume_text}")
    __assume_token="${__assume_found[${__assume_fields[2]}]%"${__assume_unit}"*}"
    __assume_end="${__assume_found[${__assume_fields[2]}]##*"${__assume_unit}"}"
    if __assume_is_number "${__assume_end}" && [[ -e "${__assume_token}" ]] && (( __assume_end > __assume_clock )); then
      builtin return 0
    fi
    # A login that was no command of ours is not in the list.
    [[ ! "${__assume_token}" -nt "${__assume_list}" ]] || builtin return 0
  fi
  __assume_warn "assume: warning: the session of ${__assume_wanted} has ended: assume login"
}
