# The profile index for zsh, read at the first switch or TAB. Starts no process. The core writes the index for that;
# src/index/format.ts and row.ts say what is in it.

# --- the profile index ---------------------------------------------------------------------------------------

# Fills __assume_fields with the row of profile $1: NAME SESSION MESSAGE WARNING NAME=VALUE... NAME..., and __assume_clock with
# the time. Fails where the core has to decide.
function __assume_find_row {
  builtin local __assume_unit=$'\037' __assume_generation
  __assume_look_up_row "$1" && __assume_is_valid "${__assume_fields[2]}"
}

# The same, be its session valid or not: __assume_generation is the folder that it was found in.
function __assume_look_up_row {
  builtin local __assume_name="$1" __assume_unit=$'\037'
  builtin local __assume_index __assume_buckets __assume_names_at __assume_bucket
  [[ -n "$1" && "$1" != -* && "$1" != *[[:cntrl:]]* ]] || builtin return 1
  # A prompt can tell the time without a module, which would be seen.
  __assume_clock='%D{%s}'
  __assume_clock="${(%)__assume_clock}"
  __assume_is_number "${__assume_clock}" && __assume_are_seen && __assume_find_index || builtin return 1
  __assume_choose_bucket
  __assume_read_row
}

# Whether the core would see the variables that the index is chosen by: exported ones that no switch has set.
function __assume_are_seen {
  builtin local __assume_path
  for __assume_path in HOME AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE XDG_CONFIG_HOME; do
    [[ -n "${(P)__assume_path-}" ]] || builtin continue
    [[ " ${ASSUME_VARS-} " != *" ${__assume_path} "* && "${(Pt)__assume_path}" == *export* ]] || builtin return 1
  done
}

# Fills __assume_text with the first $2 bytes of file $1, or with all of it. Line by line, zsh would ask for each byte.
function __assume_read_bytes {
  builtin setopt local_options no_multibyte
  __assume_text=
  builtin read -r -k "$2" -u 0 __assume_text <"$1" || [[ -n "${__assume_text}" ]]
}

# Whether the index is of this environment and this user, and its sources are the ones that they have to be, as they were:
# each lies between its two stamps in the folder of the generation, and is the user's own, or if a link leads to it, what
# that led to; or it is still absent. Sets __assume_generation to that folder, __assume_buckets to the number of parts that
# the rows are in, and __assume_names_at to the number of lines before the names. What is root's is left to the core, and
# so are all modes.
function __assume_find_index {
  builtin emulate -L zsh
  builtin local __assume_mark=$'\037' __assume_head __assume_path __assume_time __assume_target __assume_stamp
  builtin local -i __assume_number=0
  [[ "${HOME-}" == /* ]] || builtin return 1
  __assume_generation="${HOME}/.cache/assume"
  [[ "${XDG_CACHE_HOME-}" != /* ]] || __assume_generation="${XDG_CACHE_HOME}/assume"
  __assume_index="${__assume_generation}/index"
  __assume_head="assume-index 6${__assume_mark}${HOME}${__assume_mark}${AWS_CONFIG_FILE-}${__assume_mark}${AWS_SHARED_CREDENTIALS_FILE-}${__assume_mark}${XDG_CONFIG_HOME-}"
  [[ -f "${__assume_index}" ]] && __assume_is_own "${__assume_index}" && __assume_read_head || builtin return 1
  __assume_generation+="/index-${__assume_known[3]}" __assume_buckets="${__assume_known[4]}" __assume_names_at="${__assume_known[5]}"
  [[ -d "${__assume_generation}" ]] && __assume_is_own "${__assume_generation}" || builtin return 1
  for __assume_path __assume_time __assume_target in "${(@)__assume_known[6,-1]}"; do
    __assume_stamp="${__assume_generation}/${__assume_number}"
    (( __assume_number += 1 ))
    if [[ "${__assume_time}" == - ]]; then
      [[ ! -e "${__assume_path}" ]] || builtin return 1
    # Where no link was there is none now: it would have the time of what it leads to.
    elif [[ "${__assume_path}" -nt "${__assume_stamp}-older" && "${__assume_path}" -ot "${__assume_stamp}-newer" && ! -h "${__assume_target}" ]]; then
      if [[ "${__assume_path}" == "${__assume_target}" ]]; then
        [[ -O "${__assume_path}" ]] || builtin return 1
      else
        [[ "${__assume_path}" -ef "${__assume_stamp}-target" ]] || builtin return 1
      fi
    else
      builtin return 1
    fi
  done
}

# Reads the first lines of the index, and fills __assume_known, unless they are those that were read last in this shell, as they
# mostly are: with what was read, the first line, the generation, the number of parts, that of the lines before the names, and
# for each source its path, its time and where its links end.
function __assume_read_head {
  builtin local __assume_text
  builtin local -a __assume_lines __assume_counts
  builtin local -i __assume_length
  for __assume_length in 1024 8192 10000000; do
    __assume_read_bytes "${__assume_index}" "${__assume_length}" || builtin return 1
    [[ "${__assume_text}" != "${__assume_known[1]-}" || "${__assume_head}" != "${__assume_known[2]-}" ]] || builtin return 0
    __assume_lines=("${(@f)__assume_text}")
    __assume_counts=("${(@ps:\x1f:)__assume_lines[2]-}")
    # The last line may have been cut off.
    if (( ${#__assume_lines} > 2 && ${#__assume_counts} == 3 )) && __assume_is_number "${__assume_counts[3]}"; then
      (( ${#__assume_lines} <= __assume_counts[3] + 2 )) || builtin break
    fi
  done
  __assume_known=()
  [[ "${__assume_lines[1]}" == "${__assume_head}" && "${__assume_counts[2]-0}" != 0 ]] || builtin return 1
  __assume_is_number "${__assume_counts[2]}" && __assume_is_number "${__assume_counts[3]-}" || builtin return 1
  __assume_list_known "${(@)__assume_lines[3,__assume_counts[3] + 2]}"
}

# Fills __assume_known with the lines of the sources. Behind those that it has to have come the files of plugins.
function __assume_list_known {
  builtin local __assume_line
  builtin local -a __assume_sources __assume_fields __assume_found
  __assume_list_sources
  (( $# == __assume_counts[3] && $# >= ${#__assume_sources} )) || builtin return 1
  for __assume_line in "$@"; do
    __assume_fields=("${(@ps:\x1f:)__assume_line}")
    (( ${#__assume_sources} == 0 )) || [[ "${__assume_fields[1]}" == "${__assume_sources[1]}" ]] || builtin return 1
    __assume_sources=("${(@)__assume_sources[2,-1]}")
    __assume_found+=("${__assume_fields[1]}" "${__assume_fields[2]-}" "${__assume_fields[3]-}")
  done
  __assume_known=("${__assume_text}" "${__assume_head}" "${__assume_counts[1]}" "${__assume_counts[2]}" $(( $# + 2 )) "${__assume_found[@]}")
}

# Whether a file or folder of a cache can be read, is the user's own, and no link, which could lead to any of the user's.
function __assume_is_own {
  [[ -r "$1" && -O "$1" && ! -h "$1" ]]
}

# Fills __assume_sources with the paths that every index begins with: config, credentials, settings and plugins.
function __assume_list_sources {
  builtin local __assume_home="${HOME%/}" __assume_path
  __assume_sources=()
  for __assume_path in "${AWS_CONFIG_FILE:-~/.aws/config}" "${AWS_SHARED_CREDENTIALS_FILE:-~/.aws/credentials}"; do
    [[ "${__assume_path}" != \~/* ]] || __assume_path="${__assume_home}${__assume_path#\~}"
    __assume_sources+=("${__assume_path}")
  done
  __assume_path="${__assume_home}/.config"
  [[ "${XDG_CONFIG_HOME-}" != /* ]] || __assume_path="${XDG_CONFIG_HOME%/}"
  __assume_sources+=("${__assume_path}/assume/config" "${__assume_path}/assume/plugins")
}

# A whole number as the core writes them.
function __assume_is_number {
  case "$1" in
    '' | 0?* | *[^0-9]*) builtin return 1 ;;
  esac
}

# Sets __assume_bucket to the part of the rows that __assume_name is in.
function __assume_choose_bucket {
  builtin local __assume_char
  builtin local -i __assume_at=0 __assume_sum=0
  __assume_bucket=other
  for __assume_char in "${(@s::)__assume_name}"; do
    (( #__assume_char >= 32 && #__assume_char <= 126 )) || builtin return 0
    (( __assume_at++, __assume_sum += __assume_at * __assume_at * #__assume_char ))
  done
  __assume_bucket=$(( __assume_sum % __assume_buckets ))
}

# Fills __assume_fields from the bucket of __assume_name.
function __assume_read_row {
  builtin local __assume_file="${__assume_generation}/rows-${__assume_bucket}" __assume_line __assume_text
  builtin local -a __assume_rows
  builtin setopt local_options no_multibyte
  [[ -f "${__assume_file}" ]] && __assume_is_own "${__assume_file}" && __assume_read_bytes "${__assume_file}" 65536 || builtin return 1
  (( ${#__assume_text} < 65536 )) || __assume_read_bytes "${__assume_file}" 10000000 || builtin return 1
  __assume_rows=("${(@f)__assume_text}")
  [[ "${__assume_rows[-2]-}" == end && -z "${__assume_rows[-1]}" ]] || builtin return 1
  # What every row removes is in the first line.
  __assume_line="${__assume_rows[(r)${(b)__assume_name}${__assume_unit}*]}"
  [[ -n "${__assume_line}" ]] || builtin return 1
  __assume_line+="${__assume_rows[1]}"
  [[ "${__assume_line[-1]}" == "${__assume_unit}" ]] || builtin return 1
  __assume_fields=("${(@ps:\x1f:)__assume_line[1,-2]}")
  [[ "${__assume_fields[5]}" == "AWS_PROFILE=${__assume_name}" ]]
}

# Whether more than 15 minutes are left of the session in line $1 of the list, and its token is as it was: older than
# the list. 0 is for no session.
function __assume_is_valid {
  [[ "$1" != 0 ]] || builtin return 0
  builtin local __assume_list="${__assume_generation}/sessions" __assume_text __assume_token __assume_end
  builtin local -a __assume_found
  __assume_is_number "$1" && [[ -f "${__assume_list}" ]] && __assume_is_own "${__assume_list}" &&
    __assume_read_bytes "${__assume_list}" 10000000 || builtin return 1
  __assume_found=("${(@f)__assume_text}")
  __assume_token="${__assume_found[$1]%"${__assume_unit}"*}"
  __assume_end="${__assume_found[$1]##*"${__assume_unit}"}"
  __assume_is_number "${__assume_end}" && __assume_is_own "${__assume_token}" || builtin return 1
  [[ "${__assume_token}" -ot "${__assume_list}" ]] && (( __assume_end - __assume_clock > 900 ))
}

# Adds the use of the profile of the row to the history, which gives the picker its order. Without the file there is none.
function __assume_note_use {
  builtin local __assume_history="${HOME-}/.local/state/assume/history"
  [[ "${XDG_STATE_HOME-}" != /* ]] || __assume_history="${XDG_STATE_HOME}/assume/history"
  [[ -f "${__assume_history}" && -w "${__assume_history}" ]] && __assume_is_own "${__assume_history}" || builtin return 0
  builtin print -r -- "${__assume_clock}"$'\t'"${__assume_fields[1]}" >>"${__assume_history}" || builtin true
}
