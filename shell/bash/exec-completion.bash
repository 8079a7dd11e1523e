# What TAB offers for the command of assume exec in bash, read with completion.bash. Starts no process.
# shellcheck shell=bash disable=SC2154

# --- the command of exec ---------------------------------------------------------------------------------------

function __assume_offer_programs {
  \builtin local IFS=: __assume_path
  for __assume_choice in ${PATH-}; do
    for __assume_path in "${__assume_choice}/${__assume_word}"*; do
      [[ ! -x "${__assume_path}" || -d "${__assume_path}" ]] || __assume_offer "${__assume_path##*/}"
    done
  done
}

# Completes the command of our line by what has been registered for it, as bash does for a line of its own. Fails where
# nothing has. $1 is the number of the word in COMP_WORDS that is the command.
function __assume_complete_registered {
  \builtin local __assume_spec __assume_name="${__assume_words[__assume_first]##*/}" __assume_option
  __assume_spec="$(\builtin complete -p -- "${__assume_name}" 2>/dev/null)" || \builtin return 1
  __assume_spec="${__assume_spec#complete }"
  while [[ "${__assume_spec}" == -o\ * ]]; do
    __assume_option="${__assume_spec#-o }"
    __assume_spec="${__assume_option#* }"
    \builtin compopt -o "${__assume_option%% *}" 2>/dev/null || \builtin true
  done
  COMP_WORDS=("${COMP_WORDS[@]:$1}")
  COMP_CWORD=$((COMP_CWORD - $1))
  COMP_LINE="${COMP_LINE:__assume_starts[__assume_first]}"
  COMP_POINT=$((COMP_POINT - __assume_starts[__assume_first]))
  __assume_spec="${__assume_spec% *}"
  case "${__assume_spec}" in
    *-F\ *)
      "${__assume_spec##*-F }" "${__assume_name}" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}" || \builtin true
      ;;
    *)
      while IFS= \builtin read -r __assume_option; do
        [[ -z "${__assume_option}" ]] || COMPREPLY+=("${__assume_option}")
      done <<<"$(\builtin eval "\\builtin compgen ${__assume_spec} -- \"\${COMP_WORDS[COMP_CWORD]}\"" 2>/dev/null)"
      ;;
  esac
}

# Completes what follows `exec PROFILE` as if it were typed alone: by bash-completion where it is loaded.
function __assume_complete_command {
  \builtin local __assume_number=0 __assume_at=0 __assume_before
  # COMP_WORDS breaks words differently: find the one that begins where the command does.
  while [[ "${__assume_number}" -lt "${COMP_CWORD}" && "${__assume_at}" -lt "${__assume_starts[__assume_first]}" ]]; do
    __assume_before="${COMP_LINE:__assume_at}"
    __assume_before="${__assume_before%%"${COMP_WORDS[__assume_number]}"*}"
    __assume_at=$((__assume_at + ${#__assume_before} + ${#COMP_WORDS[__assume_number]}))
    __assume_number=$((__assume_number + 1))
    __assume_before="${COMP_LINE:__assume_at}"
    __assume_before="${__assume_before%%[![:blank:]]*}"
    __assume_at=$((__assume_at + ${#__assume_before}))
  done
  if \builtin declare -F _comp_command_offset >/dev/null; then
    _comp_command_offset "${__assume_number}"
  elif \builtin declare -F _command_offset >/dev/null; then
    _command_offset "${__assume_number}"
  elif [[ "${__assume_first}" -eq $((${#__assume_words[@]} - 1)) ]]; then
    __assume_offer_programs
  elif ! __assume_complete_registered "${__assume_number}"; then
    \builtin compopt -o default 2>/dev/null || \builtin true
  fi
}
