# The renewal of exported keys, read by __assume_switch.fish at the first switch that wants it. __assume_renew_at is from when
# on the prompt asks for new keys, in seconds since the epoch: not exported, so that only the shell that has switched does,
# and empty where the last switch says nothing of it.

# At a prompt where the keys of the last switch are in force: asks the core for new ones if it is time, and else not again
# for five minutes, also where Ctrl-C ends this.
function __assume_renew --on-event fish_prompt
    test -n "$__assume_renew_at"; or return 0
    set --local --unexport fish_trace
    # The time without a process: when a file was changed, and how long ago that is.
    set --local now (math (path mtime /) + (path mtime --relative /))
    test $now -ge $__assume_renew_at; or return 0
    set --query --export AWS_ACCESS_KEY_ID; and test -n "$ASSUME_PROFILE"; and test "$AWS_ACCESS_KEY_ID" = "$__assume_key"
    and not begin
        set --query --export AWS_PROFILE; and test -n "$AWS_PROFILE"
    end
    or return 0
    set --global --unexport __assume_renew_at (math $now + 300)
    __assume_request_renewal
end

# What repeats the switch, and what the one before was, stays. The core asks nothing, and ends within three seconds: it knows
# by the key, which no variable of the user's has, what it is called for.
function __assume_request_renewal
    set --local --export ASSUME_RENEWAL "$__assume_key"
    set --local __assume_call
    set --local __assume_status 130
    __assume_request $__assume_now </dev/null
    test "$__assume_status" -eq 0; and test "$__assume_call[1]" = __assume_apply; or return 0
    set --local __assume_last $__assume_now
    set --local __assume_former $__assume_back
    __assume_apply $__assume_call[2..]
    set --global --unexport __assume_now $__assume_last
    set --global --unexport __assume_back $__assume_former
    return 0
end
