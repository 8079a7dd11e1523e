# The time that is left, in the prompt segment of assume for zsh; read at the first prompt that shows it.

# Adds to __assume_text how long the keys that a switch set are still good: yellow for a quarter of an hour, red for
# five minutes and when they are over.
function __assume_add_time {
  [[ "${ASSUME_EXPIRES_AT-}" == <0-999999999999> ]] || builtin return 0
  builtin local __assume_clock='%D{%s}'
  builtin local -i __assume_left=$(( 10#${ASSUME_EXPIRES_AT} - ${(%)__assume_clock} ))
  if (( __assume_left <= 0 )); then
    __assume_text+=' expired'
  elif (( __assume_left < 60 )); then
    __assume_text+=' <1m'
  elif (( __assume_left < 3600 )); then
    __assume_text+=" $(( __assume_left / 60 ))m"
  else
    __assume_text+=" $(( __assume_left / 3600 ))h$(( __assume_left / 60 % 60 ))m"
  fi
  if (( __assume_left <= 300 )); then
    __assume_colour=red
  elif (( __assume_left <= 900 )); then
    __assume_colour=yellow
  fi
}
