# What a switch of assume for bash keeps and puts back, read with switch.bash.
# shellcheck shell=bash disable=SC2154

# --- saving and restoring ------------------------------------------------------------------------------------

# The former values stay in unexported variables of this shell: __assume_saved lists the names between spaces, __assume_had
# those that had a value, which is in __assume_was_NAME; __assume_how_NAME is plain, exported, or for one that is no plain
# text, as an array, declared (the value is the statement that makes it again) or reference (to the name that is the value).

# Fails, with a message, when one of the names is read-only. All at once first, which is quick: the list holds nothing but
# names and spaces.
function __assume_check {
  # shellcheck disable=SC2086
  \builtin local __assume_name $1 2>/dev/null || __assume_explain_readonly "$1"
}

function __assume_explain_readonly {
  \builtin local __assume_name
  for __assume_name in $1; do
    __assume_is_readonly "${__assume_name}" || \builtin continue
    \builtin printf 'assume: %s is read-only in this shell, so nothing was changed\n' "${__assume_name}" >&2
    \builtin printf '  exec bash    starts anew; remove the line that says: readonly %s\n' "${__assume_name}" >&2
    \builtin return 1
  done
}

# Whether a name is: bash makes no local variable of it; nothing else tells without a process in every version.
function __assume_is_readonly {
  ! \builtin local "$1" 2>/dev/null
}

# Saves the names that an inherited ASSUME_VARS lists, which were absent before, where they are not saved yet.
function __assume_save_inherited {
  \builtin local __assume_rest="${ASSUME_VARS-} " __assume_name
  while [[ -n "${__assume_rest}" ]]; do
    __assume_name="${__assume_rest%% *}"
    __assume_rest="${__assume_rest#* }"
    [[ "${__assume_saved}" != *" ${__assume_name} "* ]] || \builtin continue
    if __assume_are_usable " ${__assume_name} " && ! __assume_is_readonly "${__assume_name}"; then
      __assume_saved+="${__assume_name} "
    fi
  done
}

# Saves those of __assume_targets that are not saved yet.
function __assume_save_all {
  \builtin local IFS=' ' __assume_name __assume_all __assume_type
  for __assume_name in ${__assume_targets}; do
    [[ "${__assume_saved}ASSUME_VARS " != *" ${__assume_name} "* ]] || \builtin continue
    # An array may have no first element.
    __assume_all="${__assume_name}[@]"
    if [[ -n "${!__assume_name+set}${!__assume_all+set}" ]]; then
      __assume_keep __assume "${__assume_name}"
      # It would make something else of what a switch sets, and an array is never exported.
      case "${__assume_type}" in
        '') ;;
        reference) \builtin unset -n "${__assume_name}" ;;
        *) \builtin unset -v "${__assume_name}" ;;
      esac
    fi
    __assume_saved+="${__assume_name} "
  done
}

# Keeps the value of name $2, and whether it is exported, in variables that begin with $1. Sets __assume_type where it is no
# plain text: to reference or another type.
function __assume_keep {
  \builtin local __assume_found=plain __assume_flags
  __assume_type=
  if [[ $((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1])) -ge 404 ]]; then
    if \builtin test -R "$2"; then
      __assume_type=reference __assume_found=reference
      \builtin eval "$1_was_$2=\${!$2}"
    else
      \builtin eval "__assume_flags=\${$2[@]@a}"
      __assume_flags="${__assume_flags%% *}"
      if [[ -n "${__assume_flags#x}" ]]; then
        __assume_type=declared __assume_found=declared
        \builtin eval "$1_was_$2=\${$2[@]@A}"
      else
        [[ -z "${__assume_flags}" ]] || __assume_found=exported
        \builtin eval "$1_was_$2=\${$2}"
      fi
    fi
  else
    __assume_flags="$(\builtin declare -p "$2")"
    __assume_flags="${__assume_flags#declare -}"
    __assume_flags="${__assume_flags%% *}"
    [[ "${__assume_flags}" != *x* ]] || __assume_found=exported
    # An old bash keeps the first element of an array, and no type.
    __assume_type="${__assume_flags//[x-]/}"
    \builtin eval "$1_was_$2=\${$2}"
  fi
  \builtin eval "$1_how_$2=\${__assume_found} $1_had+=\"$2 \""
}

# Fills __assume_others with the saved names that are not among __assume_targets.
function __assume_choose_others {
  \builtin local IFS=' ' __assume_name
  __assume_others=' '
  for __assume_name in ${__assume_saved}; do
    [[ "${__assume_targets}" == *" ${__assume_name} "* ]] || __assume_others+="${__assume_name} "
  done
}

# Puts back the names $2 from the variables that begin with $1.
function __assume_put_back {
  \builtin local IFS=' ' __assume_name __assume_how __assume_kept="$1_had"
  # shellcheck disable=SC2086
  \builtin unset -v $2
  for __assume_name in ${!__assume_kept}; do
    [[ "$2" == *" ${__assume_name} "* ]] || \builtin continue
    __assume_how="$1_how_${__assume_name}"
    case "${!__assume_how}" in
      exported) \builtin eval "\\builtin export ${__assume_name}=\"\${$1_was_${__assume_name}}\"" ;;
      plain) \builtin eval "${__assume_name}=\${$1_was_${__assume_name}}" ;;
      *) __assume_declare "$1" "${__assume_name}" ;;
    esac
  done
}

# Puts back name $2, which is no plain text.
function __assume_declare {
  \builtin local __assume_was="$1_was_$2" __assume_how="$1_how_$2"
  if [[ "${!__assume_how}" == reference ]]; then
    \builtin declare -gn "$2=${!__assume_was}"
  else
    __assume_how="${!__assume_was#declare }"
    \builtin declare -g "${__assume_how%% *}" "$2"
    \builtin eval "${__assume_how#* }"
  fi
}

# Puts back all that was there before the first switch, and forgets it.
function __assume_go_back {
  \builtin local IFS=' ' __assume_name
  __assume_save_inherited
  [[ "${__assume_saved}" == ' ' ]] || __assume_put_back __assume "${__assume_saved}"
  for __assume_name in ${__assume_had}; do
    \builtin unset -v "__assume_was_${__assume_name}" "__assume_how_${__assume_name}"
  done
  __assume_saved=' ' __assume_had=' '
  \builtin unset -v ASSUME_VARS
}

# --- names ---------------------------------------------------------------------------------------------------

# Whether all names of a list, between single spaces, can be variables that a switch changes: decided by pattern, no name is
# ever expanded before.
function __assume_are_usable {
  case "$1" in
    *[!ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_\ ]* | *' '[0123456789]* | *'  '*) \builtin return 1 ;;
    *' PATH '* | *' HOME '* | *' IFS '* | *' PWD '* | *' OLDPWD '* | *' SHELL '* | *' ENV '* | *' USER '* | *' LOGNAME '* | *' TERM '* | *' LANG '* | *' LC_'* | *' LD_'* | *' DYLD_'*) \builtin return 1 ;;
    *' _ '* | *' UID '* | *' EUID '* | *' PPID '* | *' GROUPS '* | *' BASH'* | *' SHELLOPTS '* | *' FUNC'* | *' DIRSTACK '* | *' PIPESTATUS '* | *' RANDOM '* | *' SRANDOM '* | *' SECONDS '*) \builtin return 1 ;;
    *' HOSTNAME '* | *' HOSTTYPE '* | *' MACHTYPE '* | *' OSTYPE '* | *' SHLVL '* | *' POSIXLY_CORRECT '*) \builtin return 1 ;;
    *' EPOCH'* | *' LINENO '* | *' HIST'* | *' OPT'* | *' PS'[0123456789]' '* | *' PROMPT'* | *' REPLY '* | *' COMP'* | *' READLINE_'* | *' __assume_'*) \builtin return 1 ;;
    *) \builtin return 0 ;;
  esac
}
