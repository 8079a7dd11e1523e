# Whether the file that names the profile of a directory counts, for bash; read with directory-layer.bash where there is one.
# shellcheck shell=bash disable=SC2154

# --- whether it is in force ----------------------------------------------------------------------------------

# The core records what is allowed, in one file for each length of a path; src/directories says what is in them.

# Makes the profile that __assume_file names that of this shell, if the user has allowed it for __assume_place; else leaves
# the directory whose profile is in force.
function __assume_enter_directory {
  \builtin local __assume_verdict='' __assume_wanted='' __assume_region='' __assume_text='' __assume_terms
  __assume_judge_file
  case "${__assume_verdict}" in
    deny) __assume_leave_directory ;;
    allow)
      __assume_terms="${__assume_file}"$'\037'"${__assume_wanted}"$'\037'"${__assume_region}"$'\037'"${__assume_text}"
      if [[ -n "${__assume_layer}" ]] && \builtin test "${__assume_layer}" = "${__assume_place}" &&
        \builtin test "${__assume_layer_terms}" = "${__assume_terms}"; then
        \builtin return 0
      elif [[ -n "${__assume_is_first-}" && -n "${ASSUME_PROFILE-}" ]]; then
        __assume_adopt_layer
      else
        __assume_enter_layer
      fi
      ;;
    *)
      __assume_leave_directory
      __assume_refuse
      ;;
  esac
}

# Sets __assume_verdict to `allow`, `deny`, or why __assume_file is not in force: `unrecorded`, `changed` or `untaken`;
# __assume_wanted and __assume_region to what is recorded, or else to what the file says, and __assume_text to its text with
# an RS for each line feed. Bytes count.
function __assume_judge_file {
  \builtin local LC_ALL=C __assume_records="${HOME-}/.local/state" __assume_rest=''
  case "${XDG_STATE_HOME-}" in /*) __assume_records="${XDG_STATE_HOME}" ;; *) ;; esac
  __assume_records+=/assume/directories
  __assume_find_record
  [[ "${__assume_verdict}" != deny ]] || \builtin return 0
  if [[ -z "${__assume_verdict}" ]]; then
    __assume_find_tree
    if [[ "${__assume_verdict}" == deny ]]; then \builtin return 0; fi
  fi
  if ! __assume_is_trusted "${__assume_file}" || ! __assume_read_text; then
    __assume_verdict=untaken
  elif [[ "${__assume_verdict}" == allow ]]; then
    __assume_wanted="${__assume_rest%%$'\037'*}"
    __assume_rest="${__assume_rest#*$'\037'}"
    __assume_region="${__assume_rest%%$'\037'*}"
    \builtin test "${__assume_text}" = "${__assume_rest#*$'\037'}" && [[ -n "${__assume_wanted}" ]] || __assume_verdict=changed
  elif [[ "${__assume_verdict}" == tree && -z "${__assume_region}" ]] && __assume_fits "${__assume_rest}"; then
    __assume_verdict=allow
  else
    __assume_verdict=unrecorded
  fi
  [[ "${__assume_verdict}" != changed ]] || __assume_parse_text "${__assume_text}" || __assume_verdict=untaken
}

# A file that only its owner, who has to be this user, can have put there: no link, and nothing but a file.
function __assume_is_trusted {
  [[ -f "$1" && -r "$1" && -O "$1" && ! -h "$1" ]]
}

# Sets __assume_verdict where there is a record for __assume_place, and __assume_rest to what it allows: NAME, REGION, CONTENT.
function __assume_find_record {
  \builtin local __assume_part=other __assume_line
  # None can be recorded for such a path.
  [[ "${__assume_place}" != *[[:cntrl:]]* ]] || \builtin return 0
  [[ "${__assume_place}" == *[!\ -~]* ]] || __assume_part="${#__assume_place}"
  __assume_part="${__assume_records}/${__assume_part}"
  __assume_is_trusted "${__assume_part}" || \builtin return 0
  {
    IFS= \builtin read -r __assume_line && [[ "${__assume_line}" == 'assume-directories 1' ]] || \builtin return 0
    while IFS= \builtin read -r __assume_line; do
      case "${__assume_line}" in
        deny$'\037'"${__assume_place}")
          __assume_verdict=deny
          \builtin return 0
          ;;
        allow$'\037'"${__assume_place}"$'\037'*)
          __assume_verdict=allow
          __assume_rest="${__assume_line#*$'\037'}"
          __assume_rest="${__assume_rest#*$'\037'}"
          \builtin return 0
          ;;
        *) ;;
      esac
    done
  } <"${__assume_part}"
}

# Sets __assume_verdict to deny or tree where __assume_place is in a tree, __assume_rest to the patterns of the nearest.
function __assume_find_tree {
  \builtin local __assume_line __assume_tree __assume_patterns __assume_length=0
  [[ "${__assume_place}" != *[[:cntrl:]]* ]] && __assume_is_trusted "${__assume_records}/trees" || \builtin return 0
  {
    IFS= \builtin read -r __assume_line && [[ "${__assume_line}" == 'assume-directories 1' ]] || \builtin return 0
    while IFS= \builtin read -r __assume_line; do
      __assume_tree="${__assume_line#*$'\037'}"
      __assume_patterns="${__assume_tree#*$'\037'}"
      __assume_tree="${__assume_tree%%$'\037'*}"
      [[ "${__assume_tree}" == /* && "${#__assume_tree}" -gt "${__assume_length}" && "${__assume_place}/" == "${__assume_tree%/}/"* ]] || \builtin continue
      case "${__assume_line}" in
        allow$'\037'*$'\037'*) __assume_verdict=tree __assume_rest="${__assume_patterns}" ;;
        deny$'\037'*) __assume_verdict=deny ;;
        *) \builtin continue ;;
      esac
      __assume_length="${#__assume_tree}"
    done
  } <"${__assume_records}/trees"
}

# Whether __assume_wanted is a plain name that one of the patterns matches, which have commas between them.
function __assume_fits {
  \builtin local __assume_patterns="$1," __assume_pattern
  __assume_is_plain_name "${__assume_wanted}" || \builtin return 1
  while [[ -n "${__assume_patterns}" ]]; do
    __assume_pattern="${__assume_patterns%%,*}"
    __assume_patterns="${__assume_patterns#*,}"
    [[ -n "${__assume_pattern}" && "${__assume_pattern}" != *[!ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.@+=:/*-]* ]] || \builtin continue
    # shellcheck disable=SC2053
    [[ "${__assume_wanted}" != ${__assume_pattern} ]] || \builtin return 0
  done
  \builtin return 1
}

function __assume_is_plain_name {
  [[ -n "$1" && "$1" != *[!ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.@+=:/-]* ]]
}

# Sets __assume_text to the text of the file, and if no record says what it means, the rest to that. Fails where it is no
# text as it has to be. A NUL byte ends the reading, as the 1,001st byte does.
function __assume_read_text {
  ! IFS= \builtin read -r -d '' -n 1001 __assume_text <"${__assume_file}" 2>/dev/null || \builtin return 1
  __assume_text="${__assume_text//$'\n'/$'\036'}"
  [[ "${__assume_verdict}" == allow ]] || __assume_parse_text "${__assume_text}"
}

# Sets __assume_wanted and __assume_region to what a text says, in which an RS stands for each line feed.
function __assume_parse_text {
  \builtin local __assume_left="$1" __assume_line __assume_number=0
  __assume_wanted='' __assume_region=''
  [[ "${__assume_left//[$'\036\r\t']/}" != *[[:cntrl:]]* ]] && __assume_is_utf8 "${__assume_left}" || \builtin return 1
  while [[ -n "${__assume_left}" ]]; do
    __assume_line="${__assume_left%%$'\036'*}"
    __assume_left="${__assume_left:${#__assume_line}+1}"
    __assume_line="${__assume_line#"${__assume_line%%[! $'\t\r']*}"}"
    __assume_line="${__assume_line%"${__assume_line##*[! $'\t\r']}"}"
    case "${__assume_line}" in '' | '#'*) \builtin continue ;; *) ;; esac
    __assume_number=$((__assume_number + 1))
    case "${__assume_number}" in
      1) __assume_wanted="${__assume_line}" ;;
      2) __assume_region="${__assume_line}" ;;
      *) \builtin return 1 ;;
    esac
  done
  [[ "${__assume_number}" -gt 0 ]]
}

# Whether a text is valid UTF-8 without the control characters of C1.
function __assume_is_utf8 {
  \builtin local __assume_left="${1//[$'\001'-$'\177']/}"
  while [[ -n "${__assume_left}" ]]; do
    case "${__assume_left}" in
      $'\302'[$'\200'-$'\237']*) \builtin return 1 ;;
      [$'\302'-$'\337'][$'\200'-$'\277']*) __assume_left="${__assume_left:2}" ;;
      $'\340'[$'\200'-$'\237']* | $'\355'[$'\240'-$'\277']*) \builtin return 1 ;;
      [$'\340'-$'\357'][$'\200'-$'\277'][$'\200'-$'\277']*) __assume_left="${__assume_left:3}" ;;
      $'\360'[$'\200'-$'\217']* | $'\364'[$'\220'-$'\277']*) \builtin return 1 ;;
      [$'\360'-$'\364'][$'\200'-$'\277'][$'\200'-$'\277'][$'\200'-$'\277']*) __assume_left="${__assume_left:4}" ;;
      *) \builtin return 1 ;;
    esac
  done
}

# Says, once in this shell, what to do about a file that is not in force.
function __assume_refuse {
  \builtin local __assume_shown
  case "${__assume_refused}" in *$'\036'"${__assume_verdict} ${__assume_place}"$'\036'*) \builtin return 0 ;; *) ;; esac
  __assume_refused+=$'\036'"${__assume_verdict} ${__assume_place}"$'\036'
  __assume_show_path "${__assume_file}"
  case "${__assume_verdict}" in
    changed) __assume_shown+=' has changed' ;;
    untaken) __assume_shown+=' is not taken' ;;
    *) ! __assume_is_plain_name "${__assume_wanted}" || __assume_shown+=" wants ${__assume_wanted}" ;;
  esac
  \builtin printf 'assume: %s: assume here\n' "${__assume_shown}" >&2
}

# Sets __assume_shown to a path as it is shown, on one line. By bytes: a path need be no text in the locale, and a terminal
# knows the control characters of C1, too, and those that turn the text around them.
function __assume_show_path {
  \builtin local LC_ALL=C __assume_home="${HOME-}"
  while [[ "${__assume_home}" == */ ]]; do __assume_home="${__assume_home%/}"; done
  __assume_shown="$1"
  if [[ "${__assume_home}" == /* && "$1/" == "${__assume_home}"/* ]]; then
    __assume_shown="${1:${#__assume_home}}"
    __assume_shown="~${__assume_shown}"
  fi
  __assume_shown="${__assume_shown//$'\302'[$'\200'-$'\237']/?}"
  __assume_shown="${__assume_shown//$'\330\234'/?}"
  __assume_shown="${__assume_shown//$'\342\200'[$'\216\217\250'-$'\256']/?}"
  __assume_shown="${__assume_shown//$'\342\201'[$'\246'-$'\251']/?}"
  __assume_shown="${__assume_shown//[[:cntrl:]]/?}"
}
