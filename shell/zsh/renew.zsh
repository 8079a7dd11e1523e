# The renewal of exported keys by assume for zsh, read with switch.zsh.

# __assume_renew_at is from when on the prompt asks for new keys, in seconds since the epoch: not exported, so that only the
# shell that has switched does, and empty where the last switch says nothing of it.

# At a prompt where the keys of the last switch are in force: asks the core for new ones if it is time, and else not again
# for five minutes, also where Ctrl-C ends this.
function __assume_renew {
  builtin local __assume_clock='%D{%s}'
  __assume_clock="${(%)__assume_clock}"
  (( __assume_clock >= __assume_renew_at )) || builtin return 0
  builtin typeset -g __assume_renew_at=$(( __assume_clock + 300 ))
  __assume_quietly __assume_request_renewal
}

# What repeats the switch, and what the one before was, stays. The core asks nothing, and ends within three seconds: it knows
# by the key, which no variable of the user's has, what it is called for.
function __assume_request_renewal {
  builtin local __assume_renews=yes
  builtin local -x ASSUME_RENEWAL="${__assume_key}"
  __assume_request "${__assume_now[@]}" </dev/null >/dev/null
}
