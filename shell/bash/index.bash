# The profile index for bash, read by assume.bash at the first switch or TAB. Starts no process. The core writes the index for
# that; src/index/format.ts and row.ts say what is in it.
# shellcheck shell=bash disable=SC2154

# --- the profile index ---------------------------------------------------------------------------------------

# Fills __assume_fields with the row of profile $1: NAME SESSION MESSAGE WARNING NAME=VALUE... NAME...; __assume_common with
# more names, between spaces; __assume_clock with the time. Fails where the core has to decide.
function __assume_find_row {
  \builtin local __assume_unit=$'\037' __assume_generation
  __assume_look_up_row "$1" && __assume_is_valid "${__assume_fields[1]}"
}

# The same, be its session valid or not: __assume_generation is the folder that it was found in.
function __assume_look_up_row {
  \builtin local __assume_name="$1" __assume_unit=$'\037'
  \builtin local __assume_index __assume_buckets __assume_names_at __assume_bucket
  [[ -n "$1" && "$1" != -* && "$1" != *[[:cntrl:]]* ]] || \builtin return 1
  \builtin printf -v __assume_clock '%(%s)T' -1
  __assume_are_seen && __assume_find_index && __assume_choose_bucket && __assume_read_row
}

# Whether the core would see the variables that the index is chosen by: exported ones that no switch has set.
function __assume_are_seen {
  [[ " ${ASSUME_VARS-} " != *' HOME '* && " ${ASSUME_VARS-} " != *' AWS_CONFIG_FILE '* &&
    " ${ASSUME_VARS-} " != *' AWS_SHARED_CREDENTIALS_FILE '* && " ${ASSUME_VARS-} " != *' XDG_CONFIG_HOME '* &&
    (-z "${HOME-}" || "${HOME@a}" == *x*) &&
    (-z "${AWS_CONFIG_FILE-}" || "${AWS_CONFIG_FILE@a}" == *x*) &&
    (-z "${AWS_SHARED_CREDENTIALS_FILE-}" || "${AWS_SHARED_CREDENTIALS_FILE@a}" == *x*) &&
    (-z "${XDG_CONFIG_HOME-}" || "${XDG_CONFIG_HOME@a}" == *x*) ]]
}

if [[ $((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1])) -lt 402 ]]; then
  function __assume_look_up_row {
    \builtin return 1
  }
elif [[ $((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1])) -lt 404 ]]; then
  # Only a process could tell. A HOME that is not exported is as good as none for every program.
  function __assume_are_seen {
    [[ -z "${AWS_CONFIG_FILE-}${AWS_SHARED_CREDENTIALS_FILE-}${XDG_CONFIG_HOME-}" ]]
  }
fi

# Whether the index is of this environment and this user, and its sources are the ones that they have to be, as they were:
# each lies between its two stamps in the folder of the generation, and is the user's own, or if a link leads to it, what
# that led to; or it is still absent. Sets __assume_generation to that folder, __assume_buckets to the number of parts that
# the rows are in, and __assume_names_at to the number of lines before the names. What is root's is left to the core, and
# so are all modes.
function __assume_find_index {
  \builtin local IFS=$'\n' __assume_mark=$'\037' __assume_head __assume_number __assume_path __assume_stamp
  [[ "${HOME-}" == /* ]] || \builtin return 1
  __assume_generation="${HOME}/.cache/assume"
  [[ "${XDG_CACHE_HOME-}" != /* ]] || __assume_generation="${XDG_CACHE_HOME}/assume"
  __assume_index="${__assume_generation}/index"
  [[ -f "${__assume_index}" && -r "${__assume_index}" && -O "${__assume_index}" && ! -h "${__assume_index}" ]] || \builtin return 1
  __assume_head="assume-index 6${__assume_mark}${HOME}${__assume_mark}${AWS_CONFIG_FILE-}${__assume_mark}${AWS_SHARED_CREDENTIALS_FILE-}${__assume_mark}${XDG_CONFIG_HOME-}"
  __assume_are_known || __assume_read_lines || \builtin return 1
  __assume_generation+="/index-${__assume_known[0]}"
  __assume_buckets="${__assume_known[1]}"
  __assume_names_at="${__assume_known[2]}"
  [[ -d "${__assume_generation}" && -r "${__assume_generation}" && -O "${__assume_generation}" && ! -h "${__assume_generation}" ]] || \builtin return 1
  for __assume_path in ${__assume_absent[@]+"${__assume_absent[@]}"}; do
    [[ ! -e "${__assume_path}" ]] || \builtin return 1
  done
  # bash takes whatever is there for newer than what is not. Where no link was there is none now: it would have the time of
  # what it leads to.
  for __assume_number in ${__assume_present[@]+"${!__assume_present[@]}"}; do
    __assume_path="${__assume_present[__assume_number]}" __assume_stamp="${__assume_generation}/${__assume_number}"
    [[ -e "${__assume_stamp}-older" && "${__assume_path}" -nt "${__assume_stamp}-older" &&
      "${__assume_path}" -ot "${__assume_stamp}-newer" ]] || \builtin return 1
    if [[ -z "${__assume_links[__assume_number]-}" ]]; then
      [[ ! -h "${__assume_path}" && -O "${__assume_path}" ]] || \builtin return 1
    else
      [[ ! -h "${__assume_links[__assume_number]}" && "${__assume_path}" -ef "${__assume_stamp}-target" ]] || \builtin return 1
    fi
  done
}

# Whether the first lines of the index are those that were read last in this shell, as they mostly are.
function __assume_are_known {
  \builtin local __assume_lines
  [[ "${__assume_known[4]-}" == "${__assume_head}" ]] || \builtin return 1
  \builtin mapfile -t -n "${__assume_known[2]}" __assume_lines <"${__assume_index}"
  # To quote a long text for a comparison by pattern takes longer.
  \builtin test "${__assume_lines[*]-}" = "${__assume_known[3]}"
}

# Reads the first lines of the index: __assume_known gets the generation, the number of buckets, the number of these lines, all
# of them and the first; __assume_absent the sources that are to be absent, __assume_present the others by their numbers, and
# __assume_links where the links of one end.
function __assume_read_lines {
  \builtin local __assume_line __assume_lines __assume_target __assume_rest __assume_sources
  __assume_known=() __assume_absent=() __assume_present=() __assume_links=()
  __assume_list_sources
  __assume_number=0
  {
    IFS= \builtin read -r __assume_line && \builtin test "${__assume_line}" = "${__assume_head}" || \builtin return 1
    __assume_lines=("${__assume_line}")
    IFS= \builtin read -r __assume_line || \builtin return 1
    __assume_lines+=("${__assume_line}")
    __assume_rest="${__assume_line#*"${__assume_mark}"}"
    \builtin set -- "${__assume_line%%"${__assume_mark}"*}" "${__assume_rest%%"${__assume_mark}"*}" "${__assume_rest#*"${__assume_mark}"}"
    [[ "$2" != 0 ]] && __assume_is_number "$2" && __assume_is_number "$3" || \builtin return 1
    while [[ "${__assume_number}" -lt "$3" ]]; do
      IFS= \builtin read -r __assume_line || \builtin return 1
      __assume_lines+=("${__assume_line}")
      __assume_path="${__assume_line%%"${__assume_mark}"*}"
      # Behind those that it has to have come the files of plugins.
      [[ "${__assume_number}" -ge "${#__assume_sources[@]}" ]] ||
        \builtin test "${__assume_path}" = "${__assume_sources[__assume_number]}" || \builtin return 1
      # Behind the time comes what it leads to.
      __assume_rest="${__assume_line#*"${__assume_mark}"}"
      __assume_target="${__assume_rest#*"${__assume_mark}"}"
      __assume_target="${__assume_target%%"${__assume_mark}"*}"
      if [[ "${__assume_rest}" == - ]]; then
        __assume_absent+=("${__assume_path}")
      else
        __assume_present[__assume_number]="${__assume_path}"
        \builtin test "${__assume_path}" = "${__assume_target}" || __assume_links[__assume_number]="${__assume_target}"
      fi
      __assume_number=$((__assume_number + 1))
    done
  } <"${__assume_index}"
  [[ "${__assume_number}" -ge "${#__assume_sources[@]}" ]] || \builtin return 1
  __assume_known=("$1" "$2" "${#__assume_lines[@]}" "${__assume_lines[*]}")
  # An old bash reads them each time.
  [[ "${BASH_VERSINFO[0]}" -lt 4 ]] || __assume_known+=("${__assume_head}")
}

# Whether a file or folder of a cache can be read, is the user's own, and no link, which could lead to any of the user's.
function __assume_is_own {
  [[ -r "$1" && -O "$1" && ! -h "$1" ]]
}

# Fills __assume_sources with the paths that every index begins with: config, credentials, settings and plugins.
function __assume_list_sources {
  \builtin local __assume_home="${HOME%/}" __assume_path
  __assume_sources=()
  for __assume_path in "${AWS_CONFIG_FILE:-~/.aws/config}" "${AWS_SHARED_CREDENTIALS_FILE:-~/.aws/credentials}"; do
    [[ "${__assume_path}" != \~/* ]] || __assume_path="${__assume_home}${__assume_path#\~}"
    __assume_sources+=("${__assume_path}")
  done
  __assume_path="${__assume_home}/.config"
  case "${XDG_CONFIG_HOME-}" in /*) __assume_path="${XDG_CONFIG_HOME%/}" ;; *) ;; esac
  __assume_sources+=("${__assume_path}/assume/config" "${__assume_path}/assume/plugins")
}

# A whole number as the core writes them: bash takes one that begins with 0 for octal, and a long one for any other.
function __assume_is_number {
  case "$1" in
    '' | 0?* | *[!0123456789]* | ????????????????*) \builtin return 1 ;;
    *) \builtin return 0 ;;
  esac
}

# Sets __assume_bucket to the part of the rows that __assume_name is in. Sixteen characters at a time: behind the name there is
# nothing, whose code is 0.
function __assume_choose_bucket {
  \builtin local __assume_at=0 __assume_sum=0 __assume_rest="${__assume_name}" __assume_terms
  __assume_bucket=other
  [[ "${__assume_name}" != *[![:ascii:]]* ]] || \builtin return 0
  while [[ -n "${__assume_rest}" ]]; do
    \builtin printf -v __assume_terms "%d*(${__assume_at}+1)**2+%d*(${__assume_at}+2)**2+%d*(${__assume_at}+3)**2+%d*(${__assume_at}+4)**2+%d*(${__assume_at}+5)**2+%d*(${__assume_at}+6)**2+%d*(${__assume_at}+7)**2+%d*(${__assume_at}+8)**2+%d*(${__assume_at}+9)**2+%d*(${__assume_at}+10)**2+%d*(${__assume_at}+11)**2+%d*(${__assume_at}+12)**2+%d*(${__assume_at}+13)**2+%d*(${__assume_at}+14)**2+%d*(${__assume_at}+15)**2+%d*(${__assume_at}+16)**2" \
      "'${__assume_rest:0:1}" "'${__assume_rest:1:1}" "'${__assume_rest:2:1}" "'${__assume_rest:3:1}" \
      "'${__assume_rest:4:1}" "'${__assume_rest:5:1}" "'${__assume_rest:6:1}" "'${__assume_rest:7:1}" \
      "'${__assume_rest:8:1}" "'${__assume_rest:9:1}" "'${__assume_rest:10:1}" "'${__assume_rest:11:1}" \
      "'${__assume_rest:12:1}" "'${__assume_rest:13:1}" "'${__assume_rest:14:1}" "'${__assume_rest:15:1}"
    __assume_sum=$((__assume_sum + __assume_terms))
    __assume_rest="${__assume_rest:16}" __assume_at=$((__assume_at + 16))
  done
  __assume_bucket=$((__assume_sum % __assume_buckets))
}

# Fills __assume_fields and __assume_common from the bucket of __assume_name.
function __assume_read_row {
  \builtin local __assume_file="${__assume_generation}/rows-${__assume_bucket}" __assume_lines __assume_names __assume_number=0
  \builtin local IFS=' '
  [[ -f "${__assume_file}" && -r "${__assume_file}" && -O "${__assume_file}" && ! -h "${__assume_file}" ]] || \builtin return 1
  \builtin mapfile -t __assume_lines <"${__assume_file}"
  [[ "${#__assume_lines[@]}" -gt 0 && "${__assume_lines[${#__assume_lines[@]} - 1]}" == end ]] || \builtin return 1
  # To expand all lines at once takes longer. The last one ends the search.
  __assume_lines+=("${__assume_name}${__assume_unit}")
  while [[ "${__assume_lines[++__assume_number]}" != "${__assume_name}${__assume_unit}"* ]]; do \builtin :; done
  # `read` splits a line much faster than expansions do.
  {
    IFS="${__assume_unit}" \builtin read -r -a __assume_names
    [[ "${__assume_number}" -eq 1 ]] || \builtin mapfile -t -n "$((__assume_number - 1))" __assume_lines
    IFS="${__assume_unit}" \builtin read -r -a __assume_fields
  } <"${__assume_file}"
  \builtin test "${__assume_fields[4]-}" = "AWS_PROFILE=${__assume_name}" || \builtin return 1
  __assume_common="${__assume_names[*]-}"
}

# Whether more than 15 minutes are left of the session in line $1 of the list, and its token is as it was: older than
# the list. 0 is for no session.
function __assume_is_valid {
  [[ "$1" != 0 ]] || \builtin return 0
  \builtin local __assume_list="${__assume_generation}/sessions" __assume_lines __assume_token __assume_end
  [[ "$1" == [123456789]* && "$1" != *[!0123456789]* && "${#1}" -lt 16 && -f "${__assume_list}" &&
    -r "${__assume_list}" && -O "${__assume_list}" && ! -h "${__assume_list}" ]] || \builtin return 1
  {
    [[ "$1" == 1 ]] || \builtin mapfile -t -n "$(($1 - 1))" __assume_lines
    IFS="${__assume_unit}" \builtin read -r __assume_token __assume_end
  } <"${__assume_list}"
  [[ "${__assume_end}" == [123456789]* && "${__assume_end}" != *[!0123456789]* && "${#__assume_end}" -lt 16 &&
    $((__assume_end - __assume_clock)) -gt 900 && -r "${__assume_token}" && -O "${__assume_token}" && ! -h "${__assume_token}" &&
    "${__assume_token}" -ot "${__assume_list}" ]]
}

# Adds the use of the profile of the row to the history, which gives the picker its order. Without the file there is none.
function __assume_note_use {
  \builtin local __assume_history="${HOME-}/.local/state/assume/history"
  case "${XDG_STATE_HOME-}" in /*) __assume_history="${XDG_STATE_HOME}/assume/history" ;; *) ;; esac
  [[ -f "${__assume_history}" && -w "${__assume_history}" ]] && __assume_is_own "${__assume_history}" || \builtin return 0
  \builtin printf '%s\t%s\n' "${__assume_clock}" "${__assume_fields[0]}" >>"${__assume_history}" || \builtin true
}
