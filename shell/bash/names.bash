# What TAB offers that is in the files of the user, read with completion.bash. Starts no process.
# shellcheck shell=bash disable=SC2154

# shellcheck source=shell/bash/index.bash
\builtin declare -F __assume_find_index >/dev/null || \builtin . "${__assume_folder}/index.bash"

# --- the names -----------------------------------------------------------------------------------------------

# Fills __assume_names with the profiles that continue the word, from the profile index, each with a tab and what else stands
# in its line, or from the section headers of the AWS files when it is stale; __assume_text has them all, with a line feed
# before each and behind the last.
function __assume_read_names {
  \builtin local IFS=$'\n' __assume_index __assume_generation __assume_buckets __assume_names_at __assume_line
  \builtin local __assume_typed="${__assume_word#"${__assume_lead}"}"
  __assume_names=()
  if __assume_find_index; then
    __assume_read_lines_from 0
    case "${__assume_typed}" in
      '') ;;
      *[![:ascii:]]*) __assume_keep_begun ;;
      *) __assume_keep_range ;;
    esac
  else
    __assume_scan "${AWS_CONFIG_FILE:-~/.aws/config}" profile
    __assume_scan "${AWS_SHARED_CREDENTIALS_FILE:-~/.aws/credentials}" ''
    __assume_keep_begun
  fi
  __assume_text="${IFS}${__assume_names[*]-}${IFS}"
}

# Fills __assume_names with the profiles of the index from number $1 on, or with $2 of them.
function __assume_read_lines_from {
  if \builtin type -t mapfile >/dev/null; then
    \builtin mapfile -t -s "$((__assume_names_at + $1))" -n "${2-0}" __assume_names <"${__assume_index}"
  else
    while IFS= \builtin read -r __assume_line; do
      [[ "${__assume_line}" != *$'\t'* ]] || __assume_names+=("${__assume_line}")
    done <"${__assume_index}"
    __assume_names=("${__assume_names[@]:$1:${2-${#__assume_names[@]}}}")
  fi
}

# Leaves in __assume_names what continues __assume_typed, all of it ASCII. They are sorted by their bytes as far as these are
# ASCII, so that both ends are found by halving. To read some of many again takes less time than to copy them.
function __assume_keep_range {
  \builtin local LC_ALL=C __assume_first=0 __assume_end="${#__assume_names[@]}" __assume_from __assume_middle
  while [[ "${__assume_first}" -lt "${__assume_end}" ]]; do
    __assume_middle=$(((__assume_first + __assume_end) / 2))
    if [[ "${__assume_names[__assume_middle]}" < "${__assume_typed}" ]]; then
      __assume_first=$((__assume_middle + 1))
    else
      __assume_end="${__assume_middle}"
    fi
  done
  __assume_from="${__assume_first}" __assume_end="${#__assume_names[@]}"
  while [[ "${__assume_first}" -lt "${__assume_end}" ]]; do
    __assume_middle=$(((__assume_first + __assume_end) / 2))
    if [[ "${__assume_names[__assume_middle]}" == "${__assume_typed}"* ]]; then
      __assume_first=$((__assume_middle + 1))
    else
      __assume_end="${__assume_middle}"
    fi
  done
  if [[ "${__assume_end}" -eq "${__assume_from}" ]]; then
    __assume_names=()
  elif [[ $((__assume_end - __assume_from)) -lt "${#__assume_names[@]}" ]]; then
    __assume_names=()
    __assume_read_lines_from "${__assume_from}" "$((__assume_end - __assume_from))"
  fi
}

# Leaves in __assume_names what continues __assume_typed.
function __assume_keep_begun {
  \builtin local __assume_number=0
  [[ -n "${__assume_typed}" && "${#__assume_names[@]}" -gt 0 ]] || \builtin return 0
  for __assume_choice in "${__assume_names[@]}"; do
    [[ "${__assume_choice}" != "${__assume_typed}"* ]] || __assume_names[__assume_number++]="${__assume_choice}"
  done
  if [[ "${__assume_number}" -gt 0 ]]; then
    __assume_names=("${__assume_names[@]:0:__assume_number}")
  else
    __assume_names=()
  fi
}

# Whether the regular expression $1 matches in __assume_text, which to hand over or to quote would take longer. By bytes that
# is quicker, too; an old bash might stay with them.
function __assume_has {
  [[ "${BASH_VERSINFO[0]}" -lt 5 ]] || \builtin local LC_ALL=C
  [[ ${__assume_text} =~ $1 ]]
}

# Whether no line of __assume_text has anything to quote before its tab.
function __assume_is_plain {
  ! __assume_has $'\n[ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./%@:=+-]*[^\n\tABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./%@:=+-]'
}

# Fills __assume_names with the sso-sessions, from beside the profile index or, when it is stale, from the section headers.
function __assume_read_sessions {
  \builtin local __assume_index __assume_generation __assume_buckets __assume_names_at __assume_line __assume_file
  __assume_names=()
  if __assume_find_index; then
    __assume_file="${__assume_generation}/session-names"
    if [[ -f "${__assume_file}" ]] && __assume_is_own "${__assume_file}"; then
      while IFS= \builtin read -r __assume_line; do __assume_names+=("${__assume_line}"); done <"${__assume_file}"
      \builtin return 0
    fi
  fi
  __assume_scan "${AWS_CONFIG_FILE:-~/.aws/config}" sso-session
}

# Fills __assume_names with the plugins: the built-in ones, those in the plugin folder, those in the settings.
function __assume_read_plugins {
  \builtin local IFS=' ' __assume_sources __assume_file __assume_name __assume_line
  __assume_list_sources
  # shellcheck disable=SC2206
  __assume_names=(${__assume_plugins})
  # Without a HOME only the core knows where they are.
  [[ "${__assume_sources[3]}" == /*/assume/plugins && ("${HOME-}" == /* || "${XDG_CONFIG_HOME-}" == /*) ]] || \builtin return 0
  for __assume_file in "${__assume_sources[3]}"/*; do
    __assume_name="${__assume_file##*/}"
    case "${__assume_name}" in
      *.d.ts | node_modules) \builtin continue ;;
      *.ts | *.mts | *.cts | *.js | *.mjs | *.cjs) __assume_name="${__assume_name%.*}" ;;
      assume-plugin-*) __assume_name="${__assume_name#assume-plugin-}" ;;
      *) [[ -f "${__assume_file}/package.json" ]] || \builtin continue ;;
    esac
    __assume_add_plugin "${__assume_name}"
  done
  [[ -f "${__assume_sources[2]}" && -r "${__assume_sources[2]}" ]] || \builtin return 0
  while IFS= \builtin read -r __assume_line || [[ -n "${__assume_line}" ]]; do
    [[ "${__assume_line}" == \[plugin[[:blank:]]*\]* ]] || \builtin continue
    __assume_name="${__assume_line#\[plugin[[:blank:]]}"
    __assume_add_plugin "${__assume_name%%\]*}"
  done <"${__assume_sources[2]}"
}

# Adds $1 if it can be the name of a plugin and is not there yet.
function __assume_add_plugin {
  case "$1" in '' | [!abcdefghijklmnopqrstuvwxyz]* | *[!abcdefghijklmnopqrstuvwxyz0123456789-]*) \builtin return 0 ;; *) ;; esac
  [[ " ${__assume_names[*]} " == *" $1 "* ]] || __assume_names+=("$1")
}

# Adds the profiles of file $1 by its section headers, or its sso-sessions; $2 is the word before the name, if there is one.
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
    if [[ -n "$2" && "$2 ${__assume_name}" != 'profile default' ]]; then
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
