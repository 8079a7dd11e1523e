# The renewal of exported keys by assume for bash, read with switch.bash.
# shellcheck shell=bash disable=SC2154

# __assume_renew_at is from when on the prompt asks for new keys, in seconds since the epoch: not exported, so that only the
# shell that has switched does, and empty where the last switch says nothing of it.

# Takes that moment from what the core says: digits, where this bash can tell the time without a process.
function __assume_plan_renewal {
  __assume_renew_at=
  case "$1" in '' | *[!0123456789]* | ?????????????*) \builtin return 0 ;; *) ;; esac
  [[ $((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1])) -lt 402 ]] || __assume_renew_at="$1"
}

# At a prompt where the keys of the last switch are in force: asks the core for new ones if it is time, and else not again
# for five minutes, also where Ctrl-C ends this.
function __assume_renew {
  \builtin local __assume_clock
  \builtin printf -v __assume_clock '%(%s)T' -1
  [[ "${__assume_clock}" -ge "${__assume_renew_at}" ]] || \builtin return 0
  __assume_renew_at=$((__assume_clock + 300))
  __assume_quietly __assume_request_renewal
}

# What repeats the switch, and what the one before was, stays. The core asks nothing, and ends within three seconds: it knows
# by the key, which no variable of the user's has, what it is called for.
function __assume_request_renewal {
  # shellcheck disable=SC2034
  \builtin local __assume_renews=yes
  # shellcheck disable=SC2034
  \builtin local -x ASSUME_RENEWAL="${__assume_key}"
  __assume_request "${__assume_now[@]}" </dev/null >/dev/null
}
