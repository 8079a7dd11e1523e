# The time that is left, in the prompt segment of assume for bash; read at the first prompt that shows it.
# shellcheck shell=bash disable=SC2154

# Adds to __assume_text how long the keys that a switch set are still good: yellow for a quarter of an hour, red for
# five minutes and when they are over. Before bash 4.2 nothing tells the time without a process.
function __assume_add_time {
  case "${ASSUME_EXPIRES_AT-}" in '' | *[!0123456789]* | ?????????????*) \builtin return 0 ;; *) ;; esac
  [[ $((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1])) -ge 402 ]] || \builtin return 0
  \builtin local __assume_left
  \builtin printf -v __assume_left '%(%s)T' -1
  __assume_left=$((10#${ASSUME_EXPIRES_AT} - __assume_left))
  if [[ "${__assume_left}" -le 0 ]]; then
    __assume_text+=' expired'
  elif [[ "${__assume_left}" -lt 60 ]]; then
    __assume_text+=' <1m'
  elif [[ "${__assume_left}" -lt 3600 ]]; then
    __assume_text+=" $((__assume_left / 60))m"
  else
    __assume_text+=" $((__assume_left / 3600))h$((__assume_left / 60 % 60))m"
  fi
  if [[ "${__assume_left}" -le 300 ]]; then
    __assume_colour=31
  elif [[ "${__assume_left}" -le 900 ]]; then
    __assume_colour=33
  fi
}
