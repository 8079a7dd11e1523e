# assume exec for zsh, read with switch.zsh.

# An older assume.plugin.zsh may have been loaded, which does not know them.
builtin typeset -gA __assume_lent __assume_kept_how __assume_kept_was

# Starts the command in a subshell, which becomes it, or the core: job control, signals and the terminal are this shell's own
# business, and of what is changed for the command nothing stays.
function __assume_exec {
  builtin local __assume_clock
  builtin local -a __assume_fields
  if ! __assume_is_plain_exec "$@" || ! __assume_find_row "$2" 2>/dev/null; then
    __assume_fields=()
    __assume_look_for_core || builtin return 125
  fi
  # Without it a subshell would give up what is ignored, as under nohup.
  builtin setopt posix_traps
  ( __assume_become "$@" )
}

# Whether the words are: exec NAME [--] COMMAND...
function __assume_is_plain_exec {
  [[ "${3-}" != -- ]] || builtin set -- "$1" "$2" "${(@)argv[4,-1]}"
  (( $# >= 3 )) && [[ "$2" != -* && -n "$3" && "$3" != -* ]]
}

# In the subshell: what was there before the first switch is there again, and the row on top of it.
function __assume_become {
  if (( ${#__assume_fields} > 0 )) && __assume_take_row "$@"; then
    builtin shift 2
    [[ "$1" != -- ]] || builtin shift
    builtin exec command -- "$@"
  fi
  __assume_look_for_core || builtin exit 125
  builtin export ASSUME_CALLER=zsh ASSUME_KEY_ID="${__assume_key-}"
  __assume_prepare_core
  builtin exec command -- "${__assume_core}" "$@"
}

# Changes the environment for the command. Fails, with nothing changed, where the core has to say something.
function __assume_take_row {
  builtin local __assume_command="$3"
  builtin local -a __assume_targets
  [[ "$3" != -- ]] || __assume_command="$4"
  builtin hash -r
  case "${__assume_command}" in
    */*) [[ -f "${__assume_command}" && -x "${__assume_command}" ]] || builtin return 1 ;;
    *) builtin whence -p -- "${__assume_command}" >/dev/null || builtin return 1 ;;
  esac
  __assume_change 2>/dev/null || builtin return 1
  [[ -z "${__assume_fields[4]}" ]] || builtin print -ru2 -- "assume: warning: ${__assume_fields[4]}"
}

# Puts back what a switch in this shell has changed, read-only names excepted. The core sees to an inherited switch.
function __assume_prepare_core {
  (( ${#__assume_how} > 0 )) || builtin return 0
  builtin local __assume_name
  for __assume_name in "${(@k)__assume_how}"; do
    [[ "${(Pt)__assume_name}" != *readonly* ]] || builtin unset "__assume_how[${__assume_name}]"
  done
  __assume_go_back 2>/dev/null
}

# Jobs that a function starts have no name in zsh. So where no command of a line can be a switch or want the function, it is
# out of the way while the line runs, which has its aliases expanded. The next prompt brings it back.
function __assume_step_aside_for {
  # What is run for its output may switch.
  [[ "$1" != *[\`\(]* ]] || builtin return 0
  builtin local __assume_runs=''
  __assume_is_for_programs "${(@z)1}" || builtin return 0
  # What the user has put around it stays.
  [[ "${functions[assume]-}" == *'__assume_quietly __assume_run "$@" || builtin return' ]] || builtin return 0
  # The function says so where there is nothing to run.
  __assume_look_for_core 2>/dev/null || builtin return 0
  [[ -z "${__assume_runs}" ]] || __assume_lend "$1" || builtin return 0
  [[ "${__assume_core}" != /* ]] || builtin hash -- "assume=${__assume_core}"
  builtin local __assume_loaded __assume_directory
  __assume_describe_shell
  builtin typeset -gx ASSUME_CALLER=zsh ASSUME_KEY_ID="${__assume_key-}" ASSUME_LOADED="${__assume_loaded}" ASSUME_DIRECTORY="${__assume_directory}"
  precmd_functions=(__assume_step_back "${(@)precmd_functions:#__assume_step_back}")
  builtin disable -f assume
}

# Whether these words of a line are nothing but calls that are never a switch, at least one of them, programs, and builtins
# that run nothing; sets __assume_runs where one is exec. Quoted words have their quotes here; an assignment to PATH would have
# assume searched for.
function __assume_is_for_programs {
  builtin setopt extended_glob
  builtin local __assume_word __assume_found='' __assume_place=command
  for __assume_word in "$@"; do
    case "${__assume_place}:${__assume_word}" in
      *:(\;|[\|\&][\|\&\!]#)) __assume_place=command ;;
      command:(PATH|path)(|+)=*) builtin return 1 ;;
      command:[[:IDENT:]]##(|+)=*) ;;
      command:assume) __assume_place=verb ;;
      command:(echo|false|print|printf|sleep|true))
        (( ! ${+functions[${__assume_word}]} )) || builtin return 1
        __assume_place=words
        ;;
      command:*)
        (( ${+commands[${__assume_word}]} && ! ${+functions[${__assume_word}]} )) || builtin return 1
        (( ! ${+builtins[${__assume_word}]} && ! ${reswords[(Ie)${__assume_word}]} )) || builtin return 1
        __assume_place=words
        ;;
      # The function looks at the directory again.
      verb:here) builtin return 1 ;;
      verb:*)
        __assume_is_direct "${(Q)__assume_word}" || builtin return 1
        [[ "${(Q)__assume_word}" != exec ]] || __assume_runs=yes
        __assume_found=yes __assume_place=words
        ;;
    esac
  done
  [[ "${__assume_place}" != verb && -n "${__assume_found}" ]]
}

function __assume_step_back {
  __assume_quietly __assume_come_back
}

function __assume_come_back {
  builtin enable -f assume
  builtin unset ASSUME_CALLER ASSUME_KEY_ID ASSUME_LOADED ASSUME_DIRECTORY ASSUME_READY
  __assume_take_back
  precmd_functions=("${(@)precmd_functions:#__assume_step_back}")
  [[ "${__assume_core}" != /* ]] || builtin unhash assume 2>/dev/null || builtin true
}

# Prepares this shell for a line with exec, so that its command starts from what was there before the first switch: where
# the line is one command and what it says is no matter of variables, all is lent to it until the next prompt, with
# the row on top where one will do, unless something of the user's could run meanwhile. bin/assume then has only to become the
# command: ASSUME_READY names this shell and the profile. Fails where only the function can do so.
function __assume_lend {
  builtin local -a __assume_words __assume_fields
  builtin local __assume_clock __assume_lent_profile
  __assume_words=("${(@z)1}")
  if [[ "$1" == *\$* || -n "${functions[precmd]-}${functions[(I)TRAP*]}" || "${(j: :)__assume_words[1,2]}" != 'assume exec' || -n "${(M)__assume_words:#(\;|[\|\&]*)}" ]]; then
    (( ${#__assume_how} == 0 ))
    builtin return
  fi
  __assume_words=("${(@Q)__assume_words[2,-1]}")
  if __assume_is_plain_exec "${__assume_words[@]}" && __assume_find_row "${__assume_words[2]}" 2>/dev/null; then
    __assume_note_lent "${(@)__assume_fields[5,-1]%%=*}" || builtin return 1
    if __assume_take_row "${__assume_words[@]}"; then
      builtin typeset -gx "ASSUME_READY=$$:${__assume_words[2]}"
      builtin return 0
    fi
  fi
  (( ${#__assume_how} > 0 )) || builtin return 0
  __assume_note_lent || builtin return 1
  __assume_prepare_core
}

# Notes what this shell has, of what a switch has changed and of the names. Fails where one has a type that would be lost.
function __assume_note_lent {
  builtin local LC_ALL=C __assume_name
  __assume_lent=() __assume_kept_how=("${(@kv)__assume_how}") __assume_kept_was=("${(@kv)__assume_was}")
  for __assume_name in ASSUME_VARS "${(@k)__assume_how}" "$@"; do
    __assume_is_usable "${__assume_name}" || builtin continue
    if [[ -z "${(Pt)__assume_name}" ]]; then
      __assume_lent[${__assume_name}]=absent
    elif [[ "${(Pt)__assume_name}" != scalar(|-export|-readonly|-readonly-export|-export-readonly) ]]; then
      __assume_lent=() __assume_kept_how=() __assume_kept_was=()
      builtin return 1
    elif [[ "${(Pt)__assume_name}" == *export* ]]; then
      __assume_lent[${__assume_name}]="exported=${(P)__assume_name}"
    else
      __assume_lent[${__assume_name}]="plain=${(P)__assume_name}"
    fi
  done
}

# Takes back what was lent.
function __assume_take_back {
  (( ${#__assume_lent} > 0 )) || builtin return 0
  builtin local __assume_name
  for __assume_name in "${(@k)__assume_lent}"; do
    [[ "${(Pt)__assume_name}" != *readonly* ]] || builtin continue
    builtin unset -- "${__assume_name}"
    case "${__assume_lent[${__assume_name}]}" in
      exported=*) builtin export -- "${__assume_name}=${__assume_lent[${__assume_name}]#exported=}" ;;
      plain=*) builtin typeset -g +x -- "${__assume_name}=${__assume_lent[${__assume_name}]#plain=}" ;;
    esac
  done
  __assume_how=("${(@kv)__assume_kept_how}") __assume_was=("${(@kv)__assume_kept_was}")
  __assume_lent=() __assume_kept_how=() __assume_kept_was=() __assume_settled=
}
