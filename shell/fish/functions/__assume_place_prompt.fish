# Puts the segment in front of the prompt, once. setup calls it unless a prompt theme shows the profile already.
# The prompt is taken over when the first one is due: config.fish may define it, and is read after conf.d.
function __assume_place_prompt --description 'Show the AWS profile in front of the prompt'
    status is-interactive; and not builtin functions --query __assume_inner_prompt; or return 0
    function __assume_wrap_prompt --on-event fish_prompt
        builtin functions --erase __assume_wrap_prompt
        builtin functions --copy fish_prompt __assume_inner_prompt; or return
        function fish_prompt --description 'The prompt with the AWS profile in front'
            # The inner one comes first, so that it meets $status and $pipestatus as they were.
            set --local text (__assume_inner_prompt $argv | string collect --no-trim-newlines)
            assume_prompt
            builtin printf %s "$text"
        end
    end
end
