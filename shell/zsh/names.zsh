# What TAB offers that is in the files of the user, read with _assume. Starts no process.

# --- the names -----------------------------------------------------------------------------------------------

# Fills __assume_names and __assume_texts, each NAME:TEXT, from the profile index, or, when it is stale, the names from the
# section headers of the AWS files.
function __assume_read_names {
  # Without these zsh would look at every word for what it could expand.
  setopt localoptions extendedglob no_glob ignore_braces
  local __assume_index __assume_generation __assume_buckets __assume_names_at special='*[:\\]*'
  local -a lines
  if __assume_find_index; then
    lines=("${(@f)$(<${__assume_index})}")
    shift "${__assume_names_at}" lines
    # No character of UTF-8 has one of these bytes in it.
    unsetopt multibyte
    __assume_names=("${(@M)lines##[^$'\t']#}")
    (( ! ${__assume_names[(I)${~special}]} )) || lines=("${(@)lines//(#m)[:\\]/\\$MATCH}")
    __assume_texts=("${(@)lines/$'\t'/:}")
    return 0
  fi
  __assume_scan "${AWS_CONFIG_FILE:-~/.aws/config}" profile
  __assume_scan "${AWS_SHARED_CREDENTIALS_FILE:-~/.aws/credentials}" ''
  __assume_names=("${(@u)__assume_names}")
}

# Fills __assume_names with the sso-sessions, from beside the profile index or, when it is stale, from the section headers.
function __assume_read_sessions {
  local __assume_index __assume_generation __assume_buckets __assume_names_at file
  if __assume_find_index; then
    file="${__assume_generation}/session-names"
    if [[ -f "${file}" ]] && __assume_is_own "${file}"; then
      __assume_names=(${(f)"$(<${file})"})
      return 0
    fi
  fi
  __assume_scan "${AWS_CONFIG_FILE:-~/.aws/config}" sso-session
}

# Fills __assume_names with the plugins: the built-in ones, those in the plugin folder, those in the settings.
function __assume_read_plugins {
  setopt localoptions extendedglob
  local -a __assume_sources lines
  local file name
  __assume_names=(${(s: :)__assume_plugins})
  # Without a HOME only the core knows where they are.
  [[ "${HOME-}" == /* || "${XDG_CONFIG_HOME-}" == /* ]] || return 0
  __assume_list_sources
  for file in "${__assume_sources[4]}"/*(N); do
    name="${file:t}"
    case "${name}" in
      *.d.ts | node_modules) continue ;;
      *.(|m|c)(ts|js)) name="${name:r}" ;;
      assume-plugin-*) name="${name#assume-plugin-}" ;;
      *) [[ -f "${file}/package.json" ]] || continue ;;
    esac
    __assume_names+=("${name}")
  done
  if [[ -f "${__assume_sources[3]}" && -r "${__assume_sources[3]}" ]]; then
    lines=("${(@f)$(<${__assume_sources[3]})}")
    for name in "${(@M)lines:#\[plugin[[:blank:]]*\]*}"; do
      __assume_names+=("${${${name%%\]*}#\[plugin}##[[:blank:]]#}")
    done
  fi
  __assume_names=(${(@Mu)__assume_names:#[a-z][a-z0-9-]#})
}

# Adds the profiles of file $1 by its section headers, or its sso-sessions; $2 is the word before the name, if there is one.
function __assume_scan {
  local file="$1" name
  local -a lines
  if [[ "$1" == \~/* ]]; then
    # Without a HOME that is a place only the core knows which one that is.
    [[ "${HOME-}" == /* ]] || return 0
    file="${HOME}${1#\~}"
  fi
  [[ -r "${file}" && -f "${file}" ]] || return 0
  setopt localoptions extendedglob
  lines=("${(@f)$(<${file})}")
  for name in "${(@M)lines:#\[*\]*}"; do
    name="${${name#\[}%\]*}"
    name="${${name##[[:blank:]]#}%%[[:blank:]]#}"
    if [[ -n "$2" && "$2 ${name}" != 'profile default' ]]; then
      [[ "${name}" == "$2"[[:blank:]]* ]] || continue
      name="${${name#"$2"}##[[:blank:]]#}"
    fi
    case "${name}" in
      \'*\' | \"*\")
        [[ -n "$2" ]] || continue
        name="${name[2,-2]}"
        ;;
      *[^A-Za-z0-9_./%@:+-]* | '') continue ;;
    esac
    [[ "${name}" == *[[:cntrl:]]* ]] || __assume_names+=("${name}")
  done
}
