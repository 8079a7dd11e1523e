# Completion of assume for bash, read by assume.bash on the first TAB. Starts no process.
# shellcheck shell=bash

# shellcheck disable=SC2154
# shellcheck source=shell/bash/commands.bash
\builtin . "${__assume_folder}/commands.bash"
# shellcheck source=shell/bash/names.bash
\builtin . "${__assume_folder}/names.bash"
# shellcheck source=shell/bash/exec-completion.bash
\builtin . "${__assume_folder}/exec-completion.bash"

# --- the words of the line -----------------------------------------------------------------------------------

# Splits the line up to the cursor as bash will, into __assume_words (quotes taken off; the last is the word that
# is being typed) and __assume_starts (where each begins). bash's own COMP_WORDS breaks names at : and =, and what
# stands before such a break is not replaced, so __assume_cut is how much of the last word to leave out. The last
# variable, __assume_quote, is the quote that is still open.
function __assume_split_line {
  \builtin local __assume_line="${COMP_LINE:0:COMP_POINT}" __assume_at=0 __assume_char __assume_word='' __assume_inside=''
  \builtin local __assume_opened=0
  __assume_words=() __assume_starts=() __assume_cut=0 __assume_quote=''
  while [[ "${__assume_at}" -lt "${#__assume_line}" ]]; do
    __assume_char="${__assume_line:__assume_at:1}"
    if [[ -z "${__assume_inside}" && "${__assume_char}" != [[:blank:]] ]]; then
      __assume_inside=1
      __assume_starts+=("${__assume_at}")
    fi
    case "${__assume_quote:-.}${__assume_char}" in
      \'\' | \"\") __assume_quote='' ;;
      \'*) __assume_word+="${__assume_char}" ;;
      \"\\)
        case "${__assume_line:__assume_at+1:1}" in
          [\$\`\"\\]) __assume_at=$((__assume_at + 1)) ;;
          *) ;;
        esac
        __assume_word+="${__assume_line:__assume_at:1}"
        ;;
      \"*) __assume_word+="${__assume_char}" ;;
      .\\)
        __assume_at=$((__assume_at + 1))
        __assume_word+="${__assume_line:__assume_at:1}"
        ;;
      .\' | .\")
        __assume_quote="${__assume_char}"
        __assume_opened="${#__assume_word}"
        ;;
      .[[:blank:]])
        if [[ -n "${__assume_inside}" ]]; then __assume_words+=("${__assume_word}"); fi
        __assume_word='' __assume_inside='' __assume_cut=0
        ;;
      *)
        __assume_word+="${__assume_char}"
        if [[ "${__assume_char}" == [:=@] && "${COMP_WORDBREAKS}" == *"${__assume_char}"* ]]; then
          __assume_cut="${#__assume_word}"
          # bash breaks before @, not behind it.
          [[ "${__assume_char}" != @ ]] || __assume_cut=$((__assume_cut - 1))
        fi
        ;;
    esac
    __assume_at=$((__assume_at + 1))
  done
  [[ -n "${__assume_inside}" ]] || __assume_starts+=("${__assume_at}")
  __assume_words+=("${__assume_word}")
  # Behind an open quote bash replaces what follows the quote.
  [[ -z "${__assume_quote}" ]] || __assume_cut="${__assume_opened}"
}

# --- what can stand there ------------------------------------------------------------------------------------

# The kind of value that flag $2 of command $1 takes, in __assume_kind: empty for none. Fails for no such flag. Of several
# letters in one word it is the last that can have its value in the next, where those before it take none.
function __assume_find_flag {
  \builtin local __assume_row
  __assume_kind=
  if [[ "$2" == -[!-]?* ]]; then
    __assume_find_flag "$1" "${2:0:2}" && [[ -z "${__assume_kind}" ]] || \builtin return 1
    __assume_find_flag "$1" "-${2:2}"
    \builtin return
  fi
  for __assume_row in "${__assume_flag_table[@]}"; do
    [[ "${__assume_row}" == "$1 $2 "* || "${__assume_row}" == "* $2 "* ]] || \builtin continue
    __assume_kind="${__assume_row##* }"
    \builtin return 0
  done
  \builtin return 1
}

# The kind of the positional number __assume_place, which may depend on the words in __assume_path before it; "command"
# goes on to the end of the line.
function __assume_find_place {
  __assume_kind=text
  for __assume_row in "${__assume_place_table[@]}"; do
    case "${__assume_row}" in
      "${__assume_command} + "* | "${__assume_command} ${__assume_place} "* | "${__assume_command} ${__assume_place}${__assume_path} "*)
        __assume_kind="${__assume_row##* }"
        ;;
      *) ;;
    esac
  done
}

# Reads the words before the cursor: sets __assume_command, __assume_kind (of the word that is being typed) and
# __assume_lead (what of that word stands before the value, as in --region=). For the kind "command",
# __assume_first is the number of the word that is the command.
function __assume_read_line {
  \builtin local __assume_index=1 __assume_last=$((${#__assume_words[@]} - 1)) __assume_place=1 __assume_row
  \builtin local __assume_word __assume_options=1 __assume_path=''
  __assume_command='' __assume_kind='' __assume_lead='' __assume_first=0
  if [[ "${__assume_last}" -gt 1 && "${__assume_subcommands}" == *" ${__assume_words[1]} "* ]]; then
    __assume_command="${__assume_words[1]}"
    __assume_index=2
  fi
  while :; do
    __assume_find_place
    __assume_word="${__assume_words[__assume_index]}"
    [[ "${__assume_kind}" != behind-dashes || -n "${__assume_options}" ]] || __assume_kind='command'
    # Behind a word of ours all is the command's; where there was none, flags are ours up to its first word.
    if [[ "${__assume_kind}" == command && (-n "${__assume_path}" || -z "${__assume_options}" || "${__assume_word}" != -?*) ]]; then
      if [[ -n "${__assume_path}" && "${__assume_word}" == -- && "${__assume_index}" -lt "${__assume_last}" ]]; then
        __assume_index=$((__assume_index + 1))
      fi
      __assume_first="${__assume_index}"
      \builtin return 0
    fi
    [[ "${__assume_index}" -lt "${__assume_last}" ]] || \builtin break
    if [[ -n "${__assume_options}" && "${__assume_word}" == -- ]]; then
      __assume_options=''
    elif [[ -n "${__assume_options}" && "${__assume_word}" == -?* ]]; then
      if __assume_find_flag "${__assume_command}" "${__assume_word%%=*}" && [[ -n "${__assume_kind}" ]]; then
        # Whoever says the profile by a flag says it by no word.
        [[ "${__assume_kind}" != profile ]] || __assume_place=2
        if [[ "${__assume_word}" != --*=* ]]; then
          __assume_index=$((__assume_index + 1))
          # The value is the word that is being typed.
          [[ "${__assume_index}" -ne "${__assume_last}" ]] || \builtin return 0
        fi
      fi
    else
      __assume_place=$((__assume_place + 1))
      __assume_path+="/${__assume_word}"
    fi
    __assume_index=$((__assume_index + 1))
  done
  [[ -n "${__assume_options}" && "${__assume_word}" == -?* ]] || \builtin return 0
  __assume_kind=flag
  [[ "${__assume_word}" == --*=* ]] || \builtin return 0
  __assume_lead="${__assume_word%%=*}="
  __assume_find_flag "${__assume_command}" "${__assume_lead%=}" || __assume_kind=text
}

# --- the answer ----------------------------------------------------------------------------------------------

# Adds the candidate $1 to COMPREPLY if it continues the word, quoted as the word is.
function __assume_offer {
  [[ "$1" == "${__assume_word}"* ]] || \builtin return 0
  \builtin local __assume_rest="${1:__assume_cut}"
  case "${__assume_quote}" in
    \')
      __assume_rest="${__assume_rest//\'/\'\\\'\'}"
      # readline takes a leading quote for the one that is open already.
      [[ "${__assume_rest}" != \'* ]] || __assume_rest="'${__assume_rest}"
      COMPREPLY+=("${__assume_rest}")
      ;;
    \") COMPREPLY+=("${__assume_rest//[\\\$\`\"]/\\&}") ;;
    *)
      \builtin printf -v __assume_rest %q "${__assume_rest}"
      COMPREPLY+=("${__assume_rest}")
      ;;
  esac
}

# The same for all of __assume_names.
function __assume_offer_names {
  for __assume_choice in ${__assume_names[@]+"${__assume_names[@]}"}; do
    __assume_offer "${__assume_lead}${__assume_choice}"
  done
}

# The same for profiles, which continue the word. Where nothing has to be quoted or cut they are added at once: a look and a
# call for each of thousands would take its time.
function __assume_offer_profiles {
  [[ "${#__assume_names[@]}" -gt 0 ]] || \builtin return 0
  if [[ -z "${__assume_lead}${__assume_quote}${__assume_cut#0}" ]] && __assume_is_plain; then
    COMPREPLY+=("${__assume_names[@]%%$'\t'*}")
  else
    __assume_names=("${__assume_names[@]%%$'\t'*}")
    __assume_offer_names
  fi
}

# The same for those of the words that are not among the profiles of __assume_text, which are offered too. Mostly none is, and
# one look tells where no word has anything that a pattern could take for its own.
function __assume_offer_beside {
  \builtin local IFS='|' __assume_pattern __assume_found
  __assume_found=()
  for __assume_choice in "$@"; do
    [[ "${__assume_lead}${__assume_choice}" != "${__assume_word}"* ]] || __assume_found+=("${__assume_choice}")
  done
  [[ "${#__assume_found[@]}" -gt 0 ]] || \builtin return 0
  __assume_pattern="${__assume_found[*]}"
  if [[ "${__assume_pattern}" != *[!abcdefghijklmnopqrstuvwxyz0123456789\|-]* ]] &&
    ! __assume_has $'\n'"(${__assume_pattern})"$'[\t\n]'; then
    __assume_text=''
  fi
  for __assume_choice in "${__assume_found[@]}"; do
    case "${__assume_text}" in
      *$'\n'"${__assume_choice}"[$'\t\n']*) ;;
      *) __assume_offer "${__assume_lead}${__assume_choice}" ;;
    esac
  done
}

# Keeps the candidates in their order, what comes first being wanted more often. bash can from 4.4 on.
function __assume_keep_order {
  \builtin compopt -o nosort 2>/dev/null || \builtin true
}

function __assume_complete_line {
  \builtin local __assume_words __assume_starts __assume_cut __assume_quote __assume_command __assume_kind
  \builtin local __assume_lead __assume_first __assume_names __assume_word __assume_choice __assume_row __assume_text
  COMPREPLY=()
  __assume_split_line
  __assume_read_line
  __assume_word="${__assume_words[${#__assume_words[@]} - 1]}"
  if [[ "${__assume_kind}" == command ]]; then
    __assume_complete_command
    \builtin return 0
  fi
  case "${__assume_kind}" in
    flag)
      for __assume_row in "${__assume_flag_table[@]}"; do
        [[ "${__assume_row}" == "${__assume_command} --"* || "${__assume_row}" == '* --'* ]] || \builtin continue
        __assume_row="${__assume_row#* }"
        __assume_offer "${__assume_row%% *}"
      done
      ;;
    profile)
      __assume_read_names
      __assume_offer_profiles
      if [[ -z "${__assume_lead}" && "${#__assume_words[@]}" -eq 2 ]]; then
        __assume_keep_order
        \builtin local IFS=' '
        # shellcheck disable=SC2086
        __assume_offer_beside ${__assume_subcommands}
      fi
      ;;
    session)
      __assume_read_sessions
      __assume_offer_names
      ;;
    session-or-profile)
      __assume_read_sessions
      \builtin set -- ${__assume_names[@]+"${__assume_names[@]}"}
      __assume_read_names
      __assume_keep_order
      __assume_offer_beside "$@"
      __assume_offer_profiles
      ;;
    plugin)
      __assume_read_plugins
      __assume_offer_names
      ;;
    file) \builtin compopt -o default 2>/dev/null || \builtin true ;;
    service)
      # shellcheck source=shell/bash/services.bash
      [[ -n "${__assume_services-}" ]] || \builtin . "${__assume_folder}/services.bash"
      \builtin local IFS=' '
      for __assume_choice in ${__assume_services}; do __assume_offer "${__assume_lead}${__assume_choice}"; done
      ;;
    region)
      \builtin local IFS=' '
      for __assume_choice in ${__assume_regions}; do __assume_offer "${__assume_lead}${__assume_choice}"; done
      ;;
    =*)
      \builtin local IFS=,
      for __assume_choice in ${__assume_kind#=}; do __assume_offer "${__assume_lead}${__assume_choice}"; done
      ;;
    *) ;;
  esac
}
