# Whether the file that names the profile of a directory counts, for zsh; read with directory-layer.zsh where there is one.

# --- whether it is in force ----------------------------------------------------------------------------------

# The core records what is allowed, in one file for each length of a path; src/directories says what is in them.

# Makes the profile that __assume_file names that of this shell, if the user has allowed it for __assume_place; else leaves
# the directory whose profile is in force.
function __assume_enter_directory {
  builtin local __assume_verdict='' __assume_wanted='' __assume_region='' __assume_text='' __assume_terms
  __assume_judge_file
  case "${__assume_verdict}" in
    deny) __assume_leave_directory ;;
    allow)
      __assume_terms="${__assume_file}"$'\037'"${__assume_wanted}"$'\037'"${__assume_region}"$'\037'"${__assume_text}"
      if [[ -n "${__assume_layer}" && "${__assume_layer}" == "${__assume_place}" && "${__assume_layer_terms}" == "${__assume_terms}" ]]; then
        builtin return 0
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
  builtin setopt local_options no_multibyte
  builtin local LC_ALL=C __assume_records="${HOME-}/.local/state" __assume_rest=''
  builtin local -a __assume_fields
  [[ "${XDG_STATE_HOME-}" != /* ]] || __assume_records="${XDG_STATE_HOME}"
  __assume_records+=/assume/directories
  # None can be recorded for a path with control characters.
  if [[ "${__assume_place}" != *[[:cntrl:]]* ]]; then
    __assume_find_record
    [[ -n "${__assume_verdict}" ]] || __assume_find_tree
  fi
  [[ "${__assume_verdict}" != deny ]] || builtin return 0
  if ! __assume_is_trusted "${__assume_file}" || ! __assume_read_text; then
    __assume_verdict=untaken
  elif [[ "${__assume_verdict}" == allow ]]; then
    __assume_fields=("${(@ps:\x1f:)__assume_rest}")
    __assume_wanted="${__assume_fields[1]}" __assume_region="${__assume_fields[2]-}"
    [[ -n "${__assume_wanted}" && "${__assume_text}" == "${__assume_fields[3]-}" ]] || __assume_verdict=changed
  elif [[ "${__assume_verdict}" == tree && -z "${__assume_region}" ]] && __assume_fits "${__assume_rest}"; then
    __assume_verdict=allow
  else
    __assume_verdict=unrecorded
  fi
  [[ "${__assume_verdict}" != changed ]] || __assume_parse_text || __assume_verdict=untaken
}

# A file that only its owner, who has to be this user, can have put there: no link, and nothing but a file.
function __assume_is_trusted {
  [[ -f "$1" && -r "$1" && -O "$1" && ! -h "$1" ]]
}

# Fills __assume_lines with the lines of a file of records. Fails where it is none.
function __assume_read_records {
  builtin local __assume_text
  __assume_is_trusted "$1" && __assume_read_bytes "$1" 10000000 || builtin return 1
  __assume_lines=("${(@f)__assume_text}")
  [[ "${__assume_lines[1]}" == 'assume-directories 1' ]]
}

# Sets __assume_verdict where there is a record for __assume_place, and __assume_rest to what it allows: NAME, REGION, CONTENT.
function __assume_find_record {
  builtin local __assume_part=other __assume_unit=$'\037'
  builtin local -a __assume_lines
  [[ "${__assume_place}" == *[^\ -~]* ]] || __assume_part="${#__assume_place}"
  __assume_read_records "${__assume_records}/${__assume_part}" || builtin return 0
  if (( ${__assume_lines[(Ie)deny${__assume_unit}${__assume_place}]} )); then
    __assume_verdict=deny
    builtin return 0
  fi
  __assume_rest="${__assume_lines[(r)allow${__assume_unit}${(b)__assume_place}${__assume_unit}*]}"
  [[ -n "${__assume_rest}" ]] || builtin return 0
  __assume_verdict=allow
  __assume_rest="${__assume_rest#*${__assume_unit}*${__assume_unit}}"
}

# Sets __assume_verdict to deny or tree where __assume_place is in a tree, __assume_rest to the patterns of the nearest.
function __assume_find_tree {
  builtin local __assume_line
  builtin local -i __assume_length=0
  builtin local -a __assume_lines
  __assume_read_records "${__assume_records}/trees" || builtin return 0
  for __assume_line in "${(@)__assume_lines[2,-1]}"; do
    __assume_fields=("${(@ps:\x1f:)__assume_line}")
    [[ "${__assume_fields[2]-}" == /* && "${__assume_place}/" == "${__assume_fields[2]%/}/"* ]] || builtin continue
    (( ${#__assume_fields[2]} > __assume_length )) || builtin continue
    case "${#__assume_fields} ${__assume_fields[1]}" in
      '3 allow') __assume_verdict=tree __assume_rest="${__assume_fields[3]}" ;;
      '2 deny') __assume_verdict=deny ;;
      *) builtin continue ;;
    esac
    __assume_length=${#__assume_fields[2]}
  done
}

# Whether __assume_wanted is a plain name that one of the patterns matches, which have commas between them.
function __assume_fits {
  builtin local __assume_pattern
  __assume_is_plain_name "${__assume_wanted}" || builtin return 1
  for __assume_pattern in "${(@s:,:)1}"; do
    [[ -n "${__assume_pattern}" && "${__assume_pattern}" != *[^A-Za-z0-9_.@+=:/*-]* ]] || builtin continue
    [[ "${__assume_wanted}" != ${~__assume_pattern} ]] || builtin return 0
  done
  builtin return 1
}

function __assume_is_plain_name {
  [[ -n "$1" && "$1" != *[^A-Za-z0-9_.@+=:/-]* ]]
}

# Sets __assume_text to the text of the file, and if no record says what it means, the rest to that. Fails where it is no
# text as it has to be.
function __assume_read_text {
  __assume_read_bytes "${__assume_file}" 1001 2>/dev/null && (( ${#__assume_text} <= 1000 )) || builtin return 1
  __assume_text=${__assume_text//$'\n'/$'\x1e'}
  [[ "${__assume_verdict}" == allow ]] || __assume_parse_text
}

# Sets __assume_wanted and __assume_region to what __assume_text says. Fails where it is not as it has to be.
function __assume_parse_text {
  builtin local __assume_line __assume_blank=$' \t\r'
  builtin local -a __assume_found
  [[ ${__assume_text//[$'\x1e\r\t']/} != *[[:cntrl:]]* ]] && __assume_is_utf8 "${__assume_text}" || builtin return 1
  for __assume_line in "${(@ps:\x1e:)__assume_text}"; do
    __assume_line="${__assume_line#"${__assume_line%%[^${__assume_blank}]*}"}"
    __assume_line="${__assume_line%"${__assume_line##*[^${__assume_blank}]}"}"
    [[ -z "${__assume_line}" || "${__assume_line}" == \#* ]] || __assume_found+=("${__assume_line}")
  done
  __assume_wanted="${__assume_found[1]-}" __assume_region="${__assume_found[2]-}"
  (( ${#__assume_found} == 1 || ${#__assume_found} == 2 ))
}

# Whether a text is valid UTF-8 without the control characters of C1.
function __assume_is_utf8 {
  builtin local __assume_left=
  __assume_left=${1//[$'\x01'-$'\x7f']/}
  while [[ -n "${__assume_left}" ]]; do
    case "${__assume_left}" in
      $'\xc2'[$'\x80'-$'\x9f']*) builtin return 1 ;;
      [$'\xc2'-$'\xdf'][$'\x80'-$'\xbf']*) __assume_left="${__assume_left[3,-1]}" ;;
      $'\xe0'[$'\x80'-$'\x9f']* | $'\xed'[$'\xa0'-$'\xbf']*) builtin return 1 ;;
      [$'\xe0'-$'\xef'][$'\x80'-$'\xbf'][$'\x80'-$'\xbf']*) __assume_left="${__assume_left[4,-1]}" ;;
      $'\xf0'[$'\x80'-$'\x8f']* | $'\xf4'[$'\x90'-$'\xbf']*) builtin return 1 ;;
      [$'\xf0'-$'\xf4'][$'\x80'-$'\xbf'][$'\x80'-$'\xbf'][$'\x80'-$'\xbf']*) __assume_left="${__assume_left[5,-1]}" ;;
      *) builtin return 1 ;;
    esac
  done
}

# Says, once in this shell, what to do about a file that is not in force.
function __assume_refuse {
  builtin local __assume_shown
  (( ! ${__assume_refused[(Ie)${__assume_verdict} ${__assume_place}]} )) || builtin return 0
  __assume_refused+=("${__assume_verdict} ${__assume_place}")
  __assume_show_path "${__assume_file}"
  case "${__assume_verdict}" in
    changed) __assume_shown+=' has changed' ;;
    untaken) __assume_shown+=' is not taken' ;;
    *) ! __assume_is_plain_name "${__assume_wanted}" || __assume_shown+=" wants ${__assume_wanted}" ;;
  esac
  __assume_warn "assume: ${__assume_shown}: assume here"
}

# Sets __assume_shown to a path as it is shown, on one line. By bytes: a path need be no text in the locale, and a terminal
# knows the control characters of C1, too, and those that turn the text around them.
function __assume_show_path {
  builtin setopt local_options no_multibyte
  builtin local LC_ALL=C __assume_home="${HOME-}"
  while [[ "${__assume_home}" == */ ]]; do __assume_home="${__assume_home%/}"; done
  __assume_shown="$1"
  if [[ "${__assume_home}" == /* && "$1/" == "${__assume_home}"/* ]]; then
    __assume_shown="~${1#"${__assume_home}"}"
  fi
  __assume_shown="${__assume_shown//$'\xc2'[$'\x80'-$'\x9f']/?}"
  __assume_shown="${__assume_shown//$'\xd8\x9c'/?}"
  __assume_shown="${__assume_shown//$'\xe2\x80'[$'\x8e\x8f\xa8'-$'\xae']/?}"
  __assume_shown="${__assume_shown//$'\xe2\x81'[$'\xa6'-$'\xa9']/?}"
  __assume_shown="${__assume_shown//[[:cntrl:]]/?}"
}

# Says a line, but not for each `$(cd ...; pwd)`: its output is for somebody else.
function __assume_warn {
  (( ZSH_SUBSHELL == 0 )) || [[ -t 1 ]] || builtin return 0
  builtin print -ru2 -- "$1"
}
