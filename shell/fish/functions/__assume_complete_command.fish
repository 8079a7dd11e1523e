# Writes what fish would offer if the command that follows `exec PROFILE` were typed alone.
function __assume_complete_command
    set --local line (__assume_read_line)
    set --query line[3]; or return
    set --local words (builtin commandline -opc)
    set --erase words[1..(builtin math $line[3] - 1)]
    set --query words[1]; and set words (string escape -- $words)
    set --local token (builtin commandline -ct)
    builtin complete --do-complete=(string join -- ' ' $words "$token")
end
