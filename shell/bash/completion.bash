# Completion of assume for bash, read by assume.bash on the first TAB. Starts no process.
# shellcheck shell=bash

# shellcheck disable=SC2154
# shellcheck source=shell/bash/commands.bash
\builtin . "${__assume_folder}/commands.bash"

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

# The kind of value that flag $2 of command $1 takes, in __assume_kind: empty for none. Fails for no such flag.
function __assume_find_flag {
  \builtin local __assume_row
  __assume_kind=
  for __assume_row in "${__assume_flag_table[@]}"; do
    [[ "${__assume_row}" == "$1 $2 "* ]] || \builtin continue
    __assume_kind="${__assume_row#"$1 $2 "}"
    \builtin return 0
  done
  \builtin return 1
}

# Reads the words before the cursor: sets __assume_command, __assume_kind (of the word that is being typed) and
# __assume_lead (what of that word stands before the value, as in --region=). For the kind "command",
# __assume_first is the number of the word that is the command.
function __assume_read_line {
  \builtin local __assume_index=1 __assume_last=$((${#__assume_words[@]} - 1)) __assume_place=1 __assume_row
  \builtin local __assume_word __assume_options=1
  __assume_command='' __assume_kind='' __assume_lead='' __assume_first=0
  if [[ "${__assume_last}" -gt 1 && "${__assume_subcommands}" == *" ${__assume_words[1]} "* ]]; then
    __assume_command="${__assume_words[1]}"
    __assume_index=2
  fi
  while :; do
    __assume_find_place
    if [[ "${__assume_kind}" == command ]]; then
      __assume_first="${__assume_index}"
      \builtin return 0
    fi
    __assume_word="${__assume_words[__assume_index]}"
    [[ "${__assume_index}" -lt "${__assume_last}" ]] || \builtin break
    if [[ -n "${__assume_options}" && "${__assume_word}" == -- ]]; then
      __assume_options=''
    elif [[ -n "${__assume_options}" && "${__assume_word}" == -?* ]]; then
      if __assume_find_flag "${__assume_command}" "${__assume_word}" && [[ -n "${__assume_kind}" ]]; then
        __assume_index=$((__assume_index + 1))
        # The value is the word that is being typed.
        [[ "${__assume_index}" -ne "${__assume_last}" ]] || \builtin return 0
      fi
    else
      __assume_place=$((__assume_place + 1))
    fi
    __assume_index=$((__assume_index + 1))
  done
  [[ -n "${__assume_options}" && "${__assume_word}" == -?* ]] || \builtin return 0
  __assume_kind=flag
  [[ "${__assume_word}" == --*=* ]] || \builtin return 0
  __assume_lead="${__assume_word%%=*}="
  __assume_find_flag "${__assume_command}" "${__assume_lead%=}" || __assume_kind=text
}

# The kind of the positional number __assume_place; "command" goes on to the end of the line.
function __assume_find_place {
  __assume_kind=text
  for __assume_row in "${__assume_place_table[@]}"; do
    case "${__assume_row}" in
      "${__assume_command} ${__assume_place} "*) __assume_kind="${__assume_row##* }" ;;
      *) ;;
    esac
  done
}

# --- the names of the profiles -------------------------------------------------------------------------------

# Fills __assume_names from the profile index, or from the section headers of the AWS files when it is stale.
function __assume_read_names {
  \builtin local __assume_index __assume_generation __assume_buckets __assume_names_at __assume_line
  __assume_names=()
  if __assume_find_index; then
    if \builtin type -t mapfile >/dev/null; then
      \builtin mapfile -t -s "${__assume_names_at}" __assume_names <"${__assume_index}"
    else
      while IFS= \builtin read -r __assume_line; do
        [[ "${__assume_line}" != *$'\t'* ]] || __assume_names+=("${__assume_line}")
      done <"${__assume_index}"
    fi
    __assume_names=(${__assume_names[@]+"${__assume_names[@]%%$'\t'*}"})
    \builtin return 0
  fi
  __assume_scan "${AWS_CONFIG_FILE:-~/.aws/config}" profile
  __assume_scan "${AWS_SHARED_CREDENTIALS_FILE:-~/.aws/credentials}" ''
}

# Adds the profiles of file $1 by its section headers; $2 is the word before the name, if there is one.
function __assume_scan {
  \builtin local __assume_file="$1"
  case "$1" in
    # Without a HOME that is a place only the core knows which one that is.
    \~/*)
      [[ "${HOME-}" == /* ]] || \builtin return 0
      __assume_file="${HOME}${1#\~}"
      ;;
    *) ;;
  esac
  [[ -r "${__assume_file}" && -f "${__assume_file}" ]] || \builtin return 0
  \builtin local __assume_line __assume_header='^\[[[:blank:]]*([^]]*[^]])[[:blank:]]*\][[:blank:]]*([#;].*)?.?$'
  \builtin local __assume_plain='^[A-Za-z0-9_./%@:+-]+$' __assume_name
  while IFS= \builtin read -r __assume_line || [[ -n "${__assume_line}" ]]; do
    [[ "${__assume_line}" == \[* && "${__assume_line}" =~ ${__assume_header} ]] || \builtin continue
    __assume_name="${BASH_REMATCH[1]}"
    if [[ -n "$2" && "${__assume_name}" != default ]]; then
      [[ "${__assume_name}" == "$2"[[:blank:]]* ]] || \builtin continue
      __assume_name="${__assume_name#"$2"}"
      __assume_name="${__assume_name#"${__assume_name%%[![:blank:]]*}"}"
    fi
    __assume_name="${__assume_name%"${__assume_name##*[![:blank:]]}"}"
    case "${__assume_name}" in
      \'*\' | \"*\")
        [[ -n "$2" ]] || \builtin continue
        __assume_name="${__assume_name:1:${#__assume_name}-2}"
        ;;
      *) [[ "${__assume_name}" =~ ${__assume_plain} ]] || \builtin continue ;;
    esac
    [[ "${__assume_name}" == *[[:cntrl:]]* ]] || __assume_names+=("${__assume_name}")
  done <"${__assume_file}"
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

# The same for the names of the profiles. Where nothing has to be quoted or cut they are added at once: a look and a call
# for each of thousands would take its time.
function __assume_offer_names {
  \builtin local IFS=/ __assume_start="${__assume_lead}${__assume_quote}${__assume_cut#0}"
  if [[ -n "${__assume_start}" || "${__assume_names[*]-}" == *[!ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./%@:=+-]* ]]; then
    for __assume_choice in ${__assume_names[@]+"${__assume_names[@]}"}; do
      __assume_offer "${__assume_lead}${__assume_choice}"
    done
  elif [[ -z "${__assume_word}" ]]; then
    COMPREPLY+=(${__assume_names[@]+"${__assume_names[@]}"})
  else
    for __assume_choice in ${__assume_names[@]+"${__assume_names[@]}"}; do
      [[ "${__assume_choice}" != "${__assume_word}"* ]] || COMPREPLY+=("${__assume_choice}")
    done
  fi
}

function __assume_complete_line {
  \builtin local __assume_words __assume_starts __assume_cut __assume_quote __assume_command __assume_kind
  \builtin local __assume_lead __assume_first __assume_names __assume_word __assume_choice __assume_row
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
        [[ "${__assume_row}" == "${__assume_command} --"* ]] || \builtin continue
        __assume_row="${__assume_row#"${__assume_command} "}"
        __assume_offer "${__assume_row%% *}"
      done
      ;;
    profile)
      __assume_read_names
      if [[ -z "${__assume_lead}" && "${#__assume_words[@]}" -eq 2 ]]; then
        \builtin local IFS=' '
        for __assume_choice in ${__assume_subcommands}; do __assume_offer "${__assume_choice}"; done
      fi
      __assume_offer_names
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

function __assume_offer_programs {
  \builtin local IFS=: __assume_path
  for __assume_choice in ${PATH-}; do
    for __assume_path in "${__assume_choice}/${__assume_word}"*; do
      [[ ! -x "${__assume_path}" || -d "${__assume_path}" ]] || __assume_offer "${__assume_path##*/}"
    done
  done
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
  else
    \builtin compopt -o default 2>/dev/null || \builtin true
  fi
}
